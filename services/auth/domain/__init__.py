"""Auth's values and pure rules; nothing here reads a clock, a database or the environment."""
