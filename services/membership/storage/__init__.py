"""The tables of membership, one module each."""
