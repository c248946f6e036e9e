"""Messages between services: never lost, applied only once, and rejected if forged.

Read in this order, ten minutes in all: `envelope` (the format), `outbox` (messages to send),
`relay` (publishes them), `inbox` (accepts each once), `receipts` (confirms to the sender),
`settlement` (the sender closes its rows), `confirmations` (a handler waits for that), `worker` (the
process that runs all of it). `transport` is Celery.
"""
