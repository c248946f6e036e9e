"""The one way in which a process or a command says no to whoever started it."""


class Refusal(Exception):
    """It does not start or does not go on; the message says why in sentences, without secrets."""
