"""What every flow of auth stands on: its context, the order of locks, the audit log, mails."""
