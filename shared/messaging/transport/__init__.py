"""Celery and kombu, and everything that is bent in them (docs/celery.md)."""
