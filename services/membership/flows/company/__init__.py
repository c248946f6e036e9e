"""The company as a whole: master data, seats, their limit, the audit log."""
