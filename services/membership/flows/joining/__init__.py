"""Joining a company: registration, invitation, approval, and a move to a new account."""
