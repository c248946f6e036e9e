"""The notifier over HTTP."""
