"""What every flow of membership stands on: who acts, locks, the audit log, notices, auth."""
