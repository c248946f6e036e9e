"""Ways in: password, reset, step-up, and the identity that other services believe."""
