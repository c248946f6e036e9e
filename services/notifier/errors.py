"""Errors of a message that requests a mail, which another attempt cannot solve."""


class UnsendableMail(Exception):
    """The message itself is faulty. The text names the error and never the mail's contents."""


class UnknownTemplate(UnsendableMail):
    """No mail has this name."""


class UnreadableParams(UnsendableMail):
    """The sealed parameters are damaged, or do not fit the template."""


class UnsafeAddress(UnsendableMail):
    """The address cannot stand on an SMTP command line by itself (abuse case 42)."""


class MailNotHeld(Exception):
    """A mail that an administrator names is not held back, or does not exist."""


class LeaseLost(Exception):
    """Another process has leased the mail by now; this one may not send it."""
