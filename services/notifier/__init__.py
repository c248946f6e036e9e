"""Mails and their fate (R2, R7, R9).

Owns the tables `mails`, `attempts` and `forgotten`; reads the queue `notifier`; sends
`membership.record_audit`. Whatever a mail says stays sealed until the moment it is sent.
"""
