"""One machine, one command: the same processes as in production, with all they need beside them."""
