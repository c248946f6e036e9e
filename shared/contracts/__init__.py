"""What the services say to each other: one frozen class per message, one per mail's parameters."""
