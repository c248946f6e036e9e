"""The command `zaiseki`: a composition root that calls resources and flows, never storage."""
