"""Plumbing and contracts that every service stands on. It never imports a service."""
