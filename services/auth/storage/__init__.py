"""Auth's tables, one module each; the only place in this service with SQL."""
