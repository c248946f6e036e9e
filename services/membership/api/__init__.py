"""Membership over HTTP: `routes` is the table, the other modules hold shapes and handlers."""
