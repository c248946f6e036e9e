"""The notifier's URL table."""

from shared.web.operators import HEALTH_ROUTE

ROUTES = (HEALTH_ROUTE,)
