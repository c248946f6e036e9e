"""The notifier's URL table. What operators see of mails and their fate will stand here."""

from collections.abc import Sequence

from shared.web.routing import Route

ROUTES: Sequence[Route] = ()
