"""What is wrong with a mail that we were told to send; none of it goes away by trying again."""


class UnsendableMail(Exception):
    """The message itself is at fault. The text names the fault and never the mail's contents."""


class UnknownTemplate(UnsendableMail):
    """No mail has this name."""


class UnreadableParams(UnsendableMail):
    """The sealed parameters are damaged, or not what the template needs."""


class UnsafeAddress(UnsendableMail):
    """The address cannot stand on an SMTP command line by itself (abuse case 42)."""


class MailNotHeld(Exception):
    """A mail that an operator names is not held back, or not here at all."""


class LeaseLost(Exception):
    """Another process has the mail in hand by now; this one may not send it."""
