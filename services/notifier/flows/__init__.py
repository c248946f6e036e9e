"""What the notifier does, one module per flow."""
