"""Messages between services: nothing is lost, nothing is done twice, nothing forged is believed.

Read in this order, ten minutes in all: `envelope` (what travels), `outbox` (what is to be sent),
`relay` (sends it), `inbox` (takes it once), `receipts` (says so to the sender), `settlement` (the
sender closes its rows), `confirmations` (a handler that waits for that), `worker` (one process that
runs all of it). `transport` is Celery.
"""
