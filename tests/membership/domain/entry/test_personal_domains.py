"""Domains of personal addresses, which say nothing about a company (R3)."""

import pytest

from services.membership.domain.entry.personal_domains import is_personal
from shared.addresses import parse_domain


@pytest.mark.parametrize(
    "domain",
    [
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "a2.ezweb.ne.jp",
        "au.com",
        "softbank.ne.jp",
        "i.softbank.jp",
        "t.vodafone.ne.jp",
        "ymobile.ne.jp",
        "uqmobile.jp",
        "rakumail.jp",
        "aaa.ocn.ne.jp",
        "nifty.com",
        "gmail.com",
        "yahoo.co.jp",
        "icloud.com",
        "outlook.jp",
        "mailinator.com",
    ],
)
def test_carriers_providers_and_free_mail_are_personal(domain: str) -> None:
    assert is_personal(domain)


@pytest.mark.parametrize(
    "domain",
    [
        "yamato.example",
        "xn--wgv71a.example",
        "ne.jp",
        "jp",
        "notgmail.com",
        "gmail.com.example",
        "docomo.co.jp",
        "g.softbank.co.jp",
        "kddi.com",
        "mail.rakuten.com",
        "sub.example.test",
    ],
)
def test_domains_of_companies_are_not_personal(domain: str) -> None:
    assert not is_personal(domain)


def test_the_list_is_written_in_the_form_that_is_compared() -> None:
    from services.membership.domain.entry.personal_domains import _listed

    assert [line for line in _listed() if parse_domain(line.lstrip(".")) != line.lstrip(".")] == []
