"""A row of the queue carries the wait still to come, and how late it is, where there is room for them."""

from dataclasses import replace

import pytest

from cxdesk import i18n
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Estimate, QueueRow
from cxdesk.domain.words import Channel, Language, Status
from cxdesk.widgets.lines import width_of
from cxdesk.widgets.rows import queue_line

NOW = 1_790_000_000_000
TICKET = Ticket("t1", 1, Channel.PHONE, NOW - 600_000, NOW - 600_000, NOW)
LATE = replace(TICKET, quoted_from=NOW - 900_000, quoted_until=NOW - 300_000)
WAIT = Estimate(60, 540, 1140, "ok", 3)
AT_120, AT_80, AT_200 = 42, 77, 53
"""Cells of a row on screens of these widths."""


def row(ticket: Ticket, width: int, wait: Estimate | None = WAIT) -> str:
    line = queue_line(QueueRow(ticket, "김민지", "이서준"), wait, NOW, width)
    assert width_of(line) <= width
    return "".join(text for text, _ in line)


@pytest.mark.parametrize("width", [AT_120, AT_80, AT_200])
def test_who_waits_has_the_wait_still_to_come(width: int) -> None:
    assert "+9~19" in row(TICKET, width)
    assert "+9~19" in row(LATE, width)


def test_without_room_there_is_no_range() -> None:
    assert "~" not in row(TICKET, 36)


@pytest.mark.parametrize("width", [AT_80, AT_200])
@pytest.mark.parametrize(("lang", "words"), [(Language.KO, "늦음 5분"), (Language.EN, "late 5m")])
def test_who_is_late_against_what_was_told_has_it_written_where_there_is_room(
    width: int, lang: Language, words: str
) -> None:
    i18n.use(lang)
    assert words in row(LATE, width)
    assert words.split()[0] not in row(TICKET, width)


def test_who_is_late_is_marked_everywhere() -> None:
    assert "!!" in row(LATE, 36)


def test_a_wait_that_is_still_being_learned_is_marked_and_an_unknown_one_is_not_shown() -> None:
    assert "?9~19" in row(TICKET, AT_80, replace(WAIT, state="cold"))
    assert "~" not in row(TICKET, AT_80, replace(WAIT, state="no_agents"))
    assert "~" not in row(TICKET, AT_80, None)


def test_a_wait_of_hours_is_written_in_hours() -> None:
    assert "+1~3시간" in row(TICKET, AT_80, Estimate(60, 5400, 9000, "ok", 3))
    assert "+10~28시간" in row(TICKET, AT_80, Estimate(60, 36_000, 100_000, "ok", 3))
    for width in (AT_120, AT_200):
        assert "~" not in row(TICKET, width, Estimate(60, 5400, 9000, "ok", 3)), "half a range would mislead"


@pytest.mark.parametrize("width", [AT_120, AT_80, AT_200])
@pytest.mark.parametrize(("low", "high"), [(11, 25), (1, 99), (60, 99)])
def test_no_range_of_minutes_is_cut(width: int, low: int, high: int) -> None:
    wait = Estimate(60, 60 * low, 60 * high, "ok", 3)
    assert f"+{low}~{high}" in row(TICKET, width, wait)
    assert f"+{low}~{high}" in row(LATE, width, wait)


def test_who_is_served_has_the_name_of_who_serves_instead() -> None:
    served = replace(TICKET, status=Status.ACTIVE, taken_at=NOW - 60_000)
    assert "이서준" in row(served, AT_80)
    assert "~" not in row(served, AT_80)
