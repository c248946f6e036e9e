"""What an attempt comes to, and the pauses between attempts."""

from datetime import timedelta

import pytest

from services.notifier.domain import Outcome, OutcomeKind, State, pause


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("accepted", "accepted"),
        ("permanent", "refused"),
        ("temporary", "queued"),
        ("unreachable", "queued"),
        ("unknown", "queued"),
        ("key_missing", "key_missing"),
    ],
)
def test_the_state_after_an_attempt(kind: OutcomeKind, state: State) -> None:
    assert Outcome(kind).state == state


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("temporary", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("unknown", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("unreachable", [1, 2, 4, 8, 16, 30, 30, 30, 30, 30]),
    ],
)
def test_pauses_grow_up_to_a_limit(kind: OutcomeKind, seconds: list[int]) -> None:
    pauses = [pause(Outcome(kind), attempt) for attempt in range(1, 11)]
    assert pauses == [timedelta(seconds=number) for number in seconds]
    assert pause(Outcome(kind), 10_000) == pauses[-1]
