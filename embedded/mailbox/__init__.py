"""Receives every mail of the embedded run by SMTP, and shows it on a page and by a REST API."""
