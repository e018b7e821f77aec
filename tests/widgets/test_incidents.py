"""How incidents look: a sign beside every colour, and text from people that stays text."""

from zoneinfo import ZoneInfo

import pytest

from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentReach, IncidentWord
from cxdesk.domain.bursts import Burst
from cxdesk.domain.candour import Check
from cxdesk.domain.incident_report import View, report
from cxdesk.domain.incidents import Alert, EntryKind
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.words import Language, Topic
from cxdesk.widgets.incidents import alert_line, burst_text, page_lines, report_lines
from cxdesk.widgets.lines import Line, width_of
from tests.widgets.hostile import HOSTILE

SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000
GOING_ON = Incident("i", "오배송", NOW - 20 * MINUTE, Topic.DELIVERY, "린넨 셔츠", next_word_at=NOW)


def said(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lines)


@pytest.mark.parametrize(
    ("left", "sign", "role"),
    [(12, "다음 안내 12분 안", "good"), (4, "! 다음 안내 4분 안", "warn"), (-3, "!! 안내가 3분 늦음", "bad")],
)
def test_how_pressing_a_word_is_shows_without_its_colour(left: int, sign: str, role: str) -> None:
    line = alert_line(Alert(GOING_ON, 1), NOW + left * MINUTE, NOW)
    assert line == ((sign, role),)
    assert "외 2건" in said([alert_line(Alert(GOING_ON, 3), NOW, NOW)])


def test_a_burst_says_its_reason() -> None:
    assert burst_text(Burst(Topic.DELIVERY, "린넨 셔츠", 9, 1.2, ())) == "배송 · 린넨 셔츠 문의 9건 / 1시간, 보통 1.2건"
    assert said([alert_line(Alert(burst=(Topic.DELIVERY, "", 9)), None, NOW)]) == "! 배송 9건 몰림"


def view(text: str) -> View:
    """An incident in which every word of people is ``text``."""
    entries = (
        IncidentEntry("e1", "i", EntryKind.NOTE, text, NOW),
        IncidentEntry("e2", "i", EntryKind.CHECK, text, NOW, "known.ko"),
        IncidentEntry("e3", "i", EntryKind.STEP, text, NOW, "told"),
        IncidentEntry("e4", "i", EntryKind.STEP, "", NOW, text),
        IncidentEntry("e5", "i", EntryKind.WORD, text, NOW, f"write.{text}", due_at=NOW - MINUTE),
    )
    words = (IncidentWord("w", "i", "write", Language.KO, text, NOW),)
    reaches = (IncidentReach("r", "i", text, NOW, NOW - DAY, NOW, text, NOW),)
    incident = Incident("i", text, NOW, Topic.DELIVERY, text, text, "a")
    figures = report(incident, entries, {"waiting": 1}, 1, (), (), 0, None, NOW)
    return View(incident, words, entries, reaches, {"waiting": 1}, 1, 1, figures, {"a": text})


@pytest.mark.parametrize("width", [20, 75])
@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) <= 1000])  # no more comes through the door
def test_a_page_and_a_report_stay_in_their_width_whatever_is_written_in_them(text: str, width: int) -> None:
    shown = view(text)
    given = {"known.ko": shown.entries[1]}
    page = page_lines(shown, [Check("known", text, text), Check("doing", text)], given, NOW, NOW, SEOUL, width)
    for line in (*page, *report_lines(shown, NOW, SEOUL, width)):
        assert width_of(line) <= width
