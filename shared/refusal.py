"""The startup error of a process or a command, for the administrator."""


class Refusal(Exception):
    """A process cannot start, or a command failed; the message has the reason, without secrets."""
