"""The command `zaiseki`: a composition root; it calls resources and flows, never storage."""
