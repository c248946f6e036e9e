"""What membership can say went wrong."""

from shared.errors import Invalid, Unauthenticated


class RegistrationLinkInvalid(Invalid):
    """The link's token is unknown, expired, or was replaced by another registration's."""


class AccountNotActive(Unauthenticated):
    """The account of whoever calls is suspended or closed; sessions end, only later."""
