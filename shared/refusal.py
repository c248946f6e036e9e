"""An error that a process or a command tells its operator in one sentence."""


class Refusal(Exception):
    """It does not start or does not go on; the message says why in sentences, without secrets."""
