"""HTTP, once for all services: a route is a row of a table, and the table decides who may.

Read in this order: `routing` (the row), `access` and `caller` (who), `application` (how a request
walks), `problem` (how it fails), `openapi` (how clients are told).
"""
