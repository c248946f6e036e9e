"""The state after an attempt, and the pauses between attempts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.notifier.domain import Mail, Outcome, OutcomeKind, State, pause, state_after
from shared.crypto import new_id

MAIL = Mail(
    id=new_id(),
    template="password_reset",
    subject_id=new_id(),
    customer_id=None,
    to_address="Taro@Example.JP",
    locale="ja",
    key_id="k",
    sealed_params="s",
    attempt=1,
    first_attempt_at=datetime(2026, 11, 24, tzinfo=UTC),
    request_id="r",
    traceparent=None,
)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("accepted", "accepted"),
        ("gone", "refused"),
        ("unsendable", "refused"),
        ("full", "queued"),
        ("later", "queued"),
        ("ours", "queued"),
        ("unreachable", "queued"),
        ("unknown", "queued"),
        ("key_missing", "key_missing"),
    ],
)
def test_the_state_after_an_attempt(kind: OutcomeKind, state: State) -> None:
    assert state_after(MAIL, Outcome(kind)) == state


def test_a_mail_without_an_answer_is_tried_twice_more() -> None:
    states = [state_after(replace(MAIL, unknown=before), Outcome("unknown")) for before in range(3)]
    assert states == ["queued", "queued", "unknown"]
    assert state_after(replace(MAIL, unknown=2), Outcome("later")) == "queued"


def test_domains_are_compared_without_regard_to_case() -> None:
    assert MAIL.domain == "example.jp"


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("later", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("ours", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("unknown", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("unreachable", [1, 2, 4, 8, 16, 30, 30, 30, 30, 30]),
    ],
)
def test_pauses_grow_to_a_maximum(kind: OutcomeKind, seconds: list[int]) -> None:
    pauses = [pause(Outcome(kind), attempt) for attempt in range(1, 11)]
    assert pauses == [timedelta(seconds=number) for number in seconds]
    assert pause(Outcome(kind), 10_000) == pauses[-1]
