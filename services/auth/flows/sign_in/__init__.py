"""Sign-in: password, reset, step-up, and the identity for other services."""
