"""Who runs the site, as the pages of a trial learn it through the gateway."""

from embedded.environment import MAIL_FROM, TRIAL_VENDOR
from tests.product import Product


async def test_pages_of_a_trial_name_its_vendor_and_caches_may_keep_it(product: Product) -> None:
    reply = await product.browser().get("/api/membership/site")
    assert (reply.status, reply.body) == (
        200,
        {
            "vendor_name": TRIAL_VENDOR["VENDOR_NAME"],
            "service_name": "Zaiseki",
            "contact_phone": TRIAL_VENDOR["CONTACT_PHONE"],
            "contact_url": TRIAL_VENDOR["CONTACT_URL"],
            "contact_hours": TRIAL_VENDOR["CONTACT_HOURS"],
            "terms_url": "",
            "privacy_url": "",
            "accent": "",
            "mail_from": MAIL_FROM,
        },
    )
    assert reply.headers["Cache-Control"] == "public, max-age=300"
    assert reply.headers["Vary"] == "Accept-Language"
