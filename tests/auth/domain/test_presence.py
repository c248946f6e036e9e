"""The distribution of the hidden moment, and the secrets derived from a check's id (R9)."""

import math
from datetime import UTC, datetime
from uuid import UUID

from services.auth.domain.presence import Schedule, Secrets

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CHECK = UUID("01900000-0000-7000-8000-000000000001")
KEYS = (b"k" * 32, b"p" * 32)


def gaps(schedule: Schedule, count: int) -> list[float]:
    return [(schedule.draw(NOW) - NOW).total_seconds() for _ in range(count)]


def test_r9_gaps_follow_the_distribution() -> None:
    """Kolmogorov-Smirnov: P(D > c/sqrt(n)) < 2 exp(-2 c^2), which is 1e-6 for c = 2.694.

    It fails once in a million runs.
    """
    schedule, count = Schedule(12 * 3600, 7 * 86400, 30 * 86400), 20_000
    drawn = sorted(gaps(schedule, count))

    def cumulative(gap: float) -> float:
        if gap >= schedule.max_gap:
            return 1.0
        return 1 - math.exp(-(gap - schedule.min_gap) / schedule.mean_gap)

    below_cap = [gap for gap in drawn if gap < schedule.max_gap]
    distance = max(
        abs(cumulative(gap) - (index + step) / count)
        for index, gap in enumerate(below_cap)
        for step in (0, 1)
    )
    assert distance < 2.694 / math.sqrt(count)
    assert drawn[0] >= schedule.min_gap
    assert drawn[-1] == schedule.max_gap


def test_the_test_above_detects_a_missing_cap_or_minimum() -> None:
    assert max(gaps(Schedule(0, 7 * 86400, 10**9), 20_000)) > 30 * 86400
    assert min(gaps(Schedule(0, 7 * 86400, 30 * 86400), 20_000)) < 12 * 3600


def test_r9_with_all_three_gaps_0_the_moment_is_now() -> None:
    assert gaps(Schedule(0, 0, 0), 100) == [0.0] * 100


def test_code_number_and_token_are_stable_per_check_and_differ_between_checks() -> None:
    secrets = Secrets(KEYS)
    key = secrets.current_key_id
    assert secrets.code(CHECK, key) == Secrets(KEYS).code(CHECK, key)
    other = UUID(int=CHECK.int + 1)
    assert secrets.token(CHECK, key) != secrets.token(other, key)
    assert not secrets.is_token(secrets.token(other, key), CHECK, key)
    assert secrets.code(CHECK, key) != Secrets(KEYS[1:]).code(
        CHECK, Secrets(KEYS[1:]).current_key_id
    )


def test_a_check_made_with_an_older_key_can_be_answered_after_a_rotation() -> None:
    old = Secrets(KEYS[:1])
    code = old.code(CHECK, old.current_key_id)
    rotated = Secrets((b"n" * 32, *KEYS))
    assert rotated.is_code(code, CHECK, old.current_key_id)
    assert not Secrets((b"n" * 32,)).is_code(code, CHECK, old.current_key_id)


def test_codes_use_all_six_digits_evenly() -> None:
    secrets = Secrets(KEYS)
    codes = {secrets.code(UUID(int=n), secrets.current_key_id) for n in range(2000)}
    assert len(codes) > 1990
    assert {len(code) for code in codes} == {6}
    assert len({code[0] for code in codes}) == 10
