"""What is written is read back by the rules of RFC 5545: unfolded, unescaped, line by line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain.ical import Event, calendar
from cxdesk.domain.inert import inert

NOW = 1_795_237_380_000
AT = NOW + 3_600_000


def lines(text: str) -> list[tuple[str, str]]:
    """Name and value of every line, unfolded."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return [
        (name, value) for line in re.sub("\r\n[ \t]", "", text).splitlines() for name, value in [line.split(":", 1)]
    ]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)


def test_an_event_has_an_end_an_alarm_and_a_name_that_stays() -> None:
    text = calendar([Event("f1@cxdesk", AT, "전화 · 김민지", "#1042", sequence=2)], NOW, "약속", 5)
    found = lines(text)
    assert found[0] == ("BEGIN", "VCALENDAR")
    assert found[-1] == ("END", "VCALENDAR")
    assert ("VERSION", "2.0") in found
    event = found[found.index(("BEGIN", "VEVENT")) + 1 : found.index(("END", "VEVENT"))]
    assert dict(event[: event.index(("BEGIN", "VALARM"))]) == {
        "UID": "f1@cxdesk",
        "DTSTAMP": "20261121T050300Z",
        "SEQUENCE": "2",
        "DTSTART": "20261121T060300Z",
        "DTEND": "20261121T061800Z",
        "SUMMARY": "전화 · 김민지",
        "DESCRIPTION": "#1042",
    }
    assert ("TRIGGER", "-PT5M") in event


@pytest.mark.parametrize(
    "text", ["환불; 교환, 둘 다\\아님", "첫 줄\n둘째 줄", "BEGIN:VEVENT\r\nUID:x", "가" * 200, "😀" * 60]
)
def test_what_people_wrote_comes_back_as_it_was_and_begins_no_line_of_its_own(text: str) -> None:
    written = calendar([Event("f1", AT, text)], NOW, "", 5)
    found = lines(written)
    assert unescaped(dict(found)["SUMMARY"]) == inert(text)
    assert sum(line == ("BEGIN", "VEVENT") for line in found) == 1
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))


@settings(max_examples=60)
@given(st.text(max_size=120), st.integers(0, 600))
def test_any_text_is_folded_between_characters(text: str, remind: int) -> None:
    written = calendar([Event("f1", AT, text)], NOW, text, remind)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert unescaped(dict(lines(written))["SUMMARY"]) == inert(text)


def test_a_calendar_without_events_is_still_one() -> None:
    assert [line for line in lines(calendar([], NOW, "약속", 5)) if line[0] in ("BEGIN", "END")] == [
        ("BEGIN", "VCALENDAR"),
        ("END", "VCALENDAR"),
    ]
