"""A customer: its master data, seats, mail budgets and audit log."""
