"""Joining a company: registrations, invitations, and who decides on them."""
