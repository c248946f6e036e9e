"""The presence check (R9): its start, the answers by code or link, and its outcomes."""
