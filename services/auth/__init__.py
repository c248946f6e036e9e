"""Authentication: credentials, sessions, password resets, presence checks, signed identities.

Owns the tables accounts, closed_accounts, sessions, devices, password_reset_links, failures,
presence_checks, presence_mails. Reads the queues auth.now and auth. Sends
auth.start_password_reset, membership.distrust, membership.record_activity, membership.record_audit
and notifier.send_mail.
"""
