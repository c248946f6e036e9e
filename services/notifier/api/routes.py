"""The notifier's URL table. What operators see of mails and their fate will stand here."""

from shared.web.operators import HEALTH_ROUTE

ROUTES = (HEALTH_ROUTE,)
