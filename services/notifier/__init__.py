"""Mails and their fate (R2, R7, R9).

Owns the tables `mails` and `attempts`; reads the queue `notifier`; sends no messages yet. Whatever
a mail says stays sealed until the moment it is sent.
"""
