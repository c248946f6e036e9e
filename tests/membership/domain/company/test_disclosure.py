"""The part of a person's name that operators see before they have called back (B6)."""

import pytest

from services.membership.domain.company.disclosure import masked_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("山田 太郎", "山* 太*"),
        ("山田\u3000太郎", "山* 太*"),
        ("山田太郎", "山*"),
        ("林", "林*"),
        ("Ann  Lee", "A* L*"),
        ("", ""),
    ],
)
def test_b6_only_the_first_character_of_each_part_of_a_name_is_shown(name: str, shown: str) -> None:
    assert masked_name(name) == shown
