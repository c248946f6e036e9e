"""The basis of every flow of auth: context, locks, hashing, audit, mails."""
