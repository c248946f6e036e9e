"""The HTTP interface of membership; `routes` is its table."""
