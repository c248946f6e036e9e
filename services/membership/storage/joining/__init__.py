"""Tables of registrations and invitations."""
