"""Released migrations do not change; each version has a heading in the changelog."""

import re

import pytest

from tests.releases import Digests, faults, headings, present, released, version


def test_released_migrations_are_as_they_were_released() -> None:
    assert faults(released(), present()) == []


@pytest.mark.parametrize("name", [name for added in released().values() for name in added])
def test_an_edit_of_a_released_migration_is_found(name: str) -> None:
    assert faults(released(), {**present(), name: "0" * 64}) == [
        f"{name} was edited after its release"
    ]


def test_a_removed_released_migration_is_found() -> None:
    without = {name: digest for name, digest in present().items() if name != "auth/0002_presence"}
    assert faults(released(), without) == ["auth/0002_presence was released and is gone"]


def test_a_renamed_released_migration_is_found_twice() -> None:
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
def test_a_new_migration_before_a_released_one_is_found(name: str) -> None:
    assert faults(released(), {**present(), name: ""}) == [
        f"{name} stands before a released one: give it the next number"
    ]


def test_a_new_migration_after_released_ones_is_allowed() -> None:
    new = {"shared/9999_more": "", "auth/9999_more": ""}
    assert faults(released(), {**present(), **new}) == []


def test_each_version_has_its_migrations_and_its_heading() -> None:
    versions = list(released())
    assert versions[-1] == version()
    assert [heading.partition(" ")[0] for heading in headings()] == versions[::-1]
    assert [one for one in headings() if not re.fullmatch(r"\S+ \(\d{4}-\d{2}-\d{2}\)", one)] == []
