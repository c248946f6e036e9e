"""Customers, their members, seats, registrations, invitations, and the audit log.

Owns the tables `customers`, `customer_domains`, `members`, `registrations`, `invitations`,
`email_changes`, `seat_movements`, `audit_log` and what belongs to them. Reads the queues
`membership.now` and `membership`. Sends `auth.sync_account` and `notifier.send_mail`.
"""
