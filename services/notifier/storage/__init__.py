"""The notifier's tables, one module each."""
