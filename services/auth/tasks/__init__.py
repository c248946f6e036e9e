"""Messages to auth, each handed to its flow in the transaction of its inbox row."""
