"""Tables of members and of their changes of address."""
