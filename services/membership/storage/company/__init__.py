"""Tables of customers: master data, seats, mail budgets, the audit log."""
