"""Messages to membership, each passed to its flow."""
