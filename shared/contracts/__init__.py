"""The contracts between services: one frozen class per message and per mail's parameters."""
