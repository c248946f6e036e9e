"""From message to flow."""
