"""Whom an incident touches, read from a line: the days of their orders and a part of the option."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.moments import DAY, local
from cxdesk.domain.reaching import Stretch, read_stretch

SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000
"""21 November 2026, 14:03 in Seoul."""


def days(text: str) -> tuple[str, str, str] | None:
    """The first and the last day that a line means, and the rest of it."""
    found = read_stretch(text, NOW, SEOUL)
    if found is None:
        return None
    first = f"{local(found.since, SEOUL):%Y-%m-%d}" if found.since is not None else ""
    last = f"{local(found.until - DAY, SEOUL):%Y-%m-%d}" if found.until is not None else ""
    return first, last, found.option


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ("", "", "")),
        ("11/1~11/5", ("2026-11-01", "2026-11-05", "")),
        ("11/1 ~ 11/5 LOT-3", ("2026-11-01", "2026-11-05", "LOT-3")),
        ("11/3", ("2026-11-03", "2026-11-03", "")),
        ("11/3~", ("2026-11-03", "", "")),
        ("~11/5", ("", "2026-11-05", "")),
        ("2026-11-01~2026-11-05", ("2026-11-01", "2026-11-05", "")),
        ("11월 1일부터 11월 5일까지", ("2026-11-01", "2026-11-05", "")),
        ("from 11/3", ("2026-11-03", "", "")),
        ("어제~오늘 M", ("2026-11-20", "2026-11-21", "M")),
        ("yesterday", ("2026-11-20", "2026-11-20", "")),
        ("LOT-3", ("", "", "LOT-3")),
        ("12/24", ("2025-12-24", "2025-12-24", "")),
        ("13/1", None),
        ("2/30", None),
        ("11/5~11/1", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, meant: tuple[str, str, str] | None) -> None:
    assert days(text) == meant


@given(st.text(max_size=30))
def test_whatever_is_typed_is_days_or_a_part_of_the_option_or_nothing(text: str) -> None:
    found = read_stretch(text, NOW, SEOUL)
    assert found is None or isinstance(found, Stretch)
    if found is not None and found.since is not None and found.until is not None:
        assert found.since < found.until
