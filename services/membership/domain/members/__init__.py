"""Members, the sessions that act for them, and lists of them."""
