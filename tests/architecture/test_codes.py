"""The golden file lists every wire code once, under its status."""

import importlib
import json
import pkgutil
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path

import pytest

import services
import shared
from shared import errors
from shared.errors import Conflict, NotFound, Problem

GOLDEN = json.loads((Path(__file__).parent / "problem_codes.json").read_text())
ROOTS = (
    errors.Unauthenticated,
    errors.Forbidden,
    errors.NotFound,
    errors.Conflict,
    errors.Invalid,
    errors.TooManyRequests,
    errors.Unavailable,
)
OF_HTTP = {400, 403, 404, 405, 408, 413, 415, 500}
"""Statuses that shared.web gives besides the seven roots."""


def facts(problem: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Each class of the product that is a problem for callers."""
    for fact in problem.__subclasses__():
        if fact.__module__.startswith(("shared.", "services.")):
            yield from () if fact in ROOTS else (fact,)
            yield from facts(fact)


def faults(found: Sequence[type[Problem]], golden: dict[str, int]) -> list[str]:
    """The differences between the classes and the golden file."""
    codes: dict[str, type[Problem]] = {}
    told = []
    for fact in found:
        if fact.code in codes:
            told.append(f"{fact.code} is the code of two classes")
        codes[fact.code] = fact
        if not issubclass(fact, ROOTS) and not fact.__module__.startswith("shared.web."):
            told.append(f"{fact.code} is below none of the seven roots")
    statuses = {code: int(fact.status) for code, fact in codes.items()}
    differ = {*statuses.items()} ^ {*golden.items()}
    return told + [f"{code} {status} stands on one side only" for code, status in sorted(differ)]


@pytest.fixture(scope="module")
def everything() -> list[type[Problem]]:
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return list(facts())


def test_the_golden_file_lists_all_wire_codes(everything: list[type[Problem]]) -> None:
    assert faults(everything, GOLDEN) == []
    assert list(GOLDEN) == sorted(GOLDEN)


def test_only_shared_web_defines_other_statuses(everything: list[type[Problem]]) -> None:
    own = {int(fact.status) for fact in everything if not issubclass(fact, ROOTS)}
    assert own == OF_HTTP
    assert [root.status for root in ROOTS] == [401, 403, 404, 409, 422, 429, 503]


class SeatsFull(Conflict):
    """A planted fact."""


class SEATSFull(NotFound):
    """Another planted fact, with the same code."""


class Teapot(Problem):
    """A planted fact with its own status."""

    status = HTTPStatus.IM_A_TEAPOT


@pytest.mark.parametrize(
    ("planted", "golden", "found"),
    [
        ([SeatsFull], {}, ["seats_full 409 stands on one side only"]),
        ([], {"seats_full": 409}, ["seats_full 409 stands on one side only"]),
        ([SeatsFull, SeatsFull], {"seats_full": 409}, ["seats_full is the code of two classes"]),
        ([Teapot], {"teapot": 418}, ["teapot is below none of the seven roots"]),
        (
            [SeatsFull],
            {"seats_full": 422},
            ["seats_full 409 stands on one side only", "seats_full 422 stands on one side only"],
        ),
    ],
)
def test_a_planted_difference_is_found(
    planted: list[type[Problem]], golden: dict[str, int], found: list[str]
) -> None:
    assert faults(planted, golden) == found
