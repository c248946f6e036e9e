"""What every flow of auth stands on: context, locks, hashing, audit, mails."""
