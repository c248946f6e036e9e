"""What periodic jobs do, and what follows a restore."""
