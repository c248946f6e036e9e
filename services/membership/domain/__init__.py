"""Values and pure rules of membership; nothing here reads the environment or a database."""
