"""The use cases of the notifier, one module per flow."""
