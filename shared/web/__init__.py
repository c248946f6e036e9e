"""HTTP for all services: a route is a row of a table, which also says who may use it.

Read in this order: `routing` (the row), `access` and `caller` (permissions), `application` (the
steps of a request), `problem` (failures), `openapi` (the description for clients).
"""
