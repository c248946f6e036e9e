"""Who belongs: customers, their members and registrations (R1 to R5).

Owns the tables `customers`, `customer_domains`, `members` and `registrations`. Reads the queue
`membership`. Sends `auth.sync_account` and `notifier.send_mail`.
"""
