"""Periodic jobs, and the steps after a restore."""
