"""Mails and their delivery (R2, R7, R9).

Owns the tables `mails`, `attempts` and `forgotten`; reads the queue `notifier`; sends
`membership.record_audit`. The contents of a mail stay sealed until it is sent.
"""
