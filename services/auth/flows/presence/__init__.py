"""The presence check (R9): asked, answered in the browser or by link, and what follows."""
