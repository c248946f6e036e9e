"""What membership does with each message: hand it to a flow."""
