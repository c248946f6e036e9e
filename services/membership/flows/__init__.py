"""The use cases of membership: modules are nouns, their functions verbs."""
