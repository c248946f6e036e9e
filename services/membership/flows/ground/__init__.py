"""The basis of every flow of membership: the actor, locks, the audit log, notices, auth."""
