"""Released migrations stay as they were released; a version has a heading in the changelog."""

import re

import pytest

from tests.releases import Digests, faults, headings, present, released, version


def test_released_migrations_are_as_they_were_released() -> None:
    assert faults(released(), present()) == []


@pytest.mark.parametrize("name", [name for added in released().values() for name in added])
def test_an_edit_of_a_released_migration_is_noticed(name: str) -> None:
    assert faults(released(), {**present(), name: "0" * 64}) == [
        f"{name} was edited after its release"
    ]


def test_a_released_migration_that_is_removed_is_noticed() -> None:
    without = {name: digest for name, digest in present().items() if name != "auth/0002_presence"}
    assert faults(released(), without) == ["auth/0002_presence was released and is gone"]


def test_a_renamed_one_is_noticed_twice() -> None:
    renamed: Digests = {
        name.replace("membership/0004_seats", "membership/0004_places"): digest
        for name, digest in present().items()
    }
    assert faults(released(), renamed) == [
        "membership/0004_places stands before a released one: give it the next number",
        "membership/0004_seats was released and is gone",
    ]


@pytest.mark.parametrize(
    "name", ["shared/0000_first", "auth/0002_other", "notifier/0004_other", "shared/0004_more"]
)
def test_a_new_one_before_a_released_one_is_noticed(name: str) -> None:
    assert faults(released(), {**present(), name: ""}) == [
        f"{name} stands before a released one: give it the next number"
    ]


def test_a_new_one_after_them_is_fine() -> None:
    new = {"shared/9999_more": "", "auth/9999_more": ""}
    assert faults(released(), {**present(), **new}) == []


def test_the_version_has_its_migrations_and_its_heading_and_so_has_each_before_it() -> None:
    versions = list(released())
    assert versions[-1] == version()
    assert [heading.partition(" ")[0] for heading in headings()] == versions[::-1]
    assert [one for one in headings() if not re.fullmatch(r"\S+ \(\d{4}-\d{2}-\d{2}\)", one)] == []
