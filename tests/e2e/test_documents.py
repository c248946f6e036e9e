"""A running product serves the OpenAPI documents to developers of clients."""

import pytest

from tests.openapi.documents import document
from tests.product import Product


@pytest.mark.parametrize("service", ["auth", "membership"])
async def test_the_customers_site_serves_the_documents_of_its_services(
    product: Product, service: str
) -> None:
    reply = await product.browser().get(f"/api/{service}/openapi.json")
    assert (reply.status, reply.body) == (200, document(service))


async def test_the_operators_site_serves_notifiers_document(product: Product) -> None:
    reply = await product.browser(site="operator_origin").get("/api/notifier/openapi.json")
    assert (reply.status, reply.body) == (200, document("notifier"))
    assert (await product.browser().get("/api/notifier/openapi.json")).status == 404
