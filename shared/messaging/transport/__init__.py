"""Celery and kombu, and our changes to them (docs/celery.md)."""
