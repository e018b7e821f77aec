"""The clock of an incident, the wording that holds, the answers that count, and the report."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentPerson, IncidentWord
from cxdesk.domain.incident_report import report
from cxdesk.domain.incidents import EntryKind, Form, Pace, Rhythm, answers, due_at, next_by, pace, wording
from cxdesk.domain.moments import HOUR, MINUTE
from cxdesk.domain.words import Language

NOW = 1_790_000_000_000
KO, EN = Language.KO, Language.EN
GOING_ON = Incident("i", "오배송", NOW, next_word_at=NOW + 15 * MINUTE)
RHYTHM = Rhythm()


def word(n: int, form: Form, language: Language) -> IncidentWord:
    return IncidentWord(f"w{n}", "i", form, language, f"안내 {n}", NOW + n)


def said(minute: int, due: int | None = None) -> IncidentEntry:
    at, by = NOW + minute * MINUTE, NOW + due * MINUTE if due is not None else None
    return IncidentEntry(f"{at}", "i", EntryKind.WORD, "안내", at, due_at=by)


def answered(n: int, item: str, body: str) -> IncidentEntry:
    return IncidentEntry(f"e{n}", "i", EntryKind.CHECK, body, NOW + n, item)


def test_a_word_is_calm_then_soon_then_late() -> None:
    due = due_at(GOING_ON, NOW, RHYTHM)
    assert due == NOW + 15 * MINUTE
    assert [pace(due, NOW + n * MINUTE) for n in (0, 9, 10, 14, 15)] == [
        *(Pace.CALM, Pace.CALM, Pace.SOON, Pace.SOON, Pace.LATE)
    ]


@given(st.integers(0, 10 * HOUR))
def test_a_clock_set_back_never_grants_more_than_a_whole_interval(back: int) -> None:
    told = replace(GOING_ON, last_word_at=NOW, next_word_at=NOW + 30 * MINUTE)
    due = due_at(told, NOW - back, RHYTHM)
    assert due is not None
    assert due - (NOW - back) <= 30 * MINUTE


def test_what_is_over_is_due_no_more() -> None:
    assert due_at(replace(GOING_ON, closed_at=NOW), NOW, RHYTHM) is None


@given(st.integers(0, 2**41), st.integers(10, 240))
def test_the_next_word_is_promised_for_a_time_people_say_and_never_too_late(now: int, minutes: int) -> None:
    by = next_by(Rhythm(15, minutes), now)
    assert by % (5 * MINUTE) == 0
    assert now + (minutes - 5) * MINUTE < by <= now + minutes * MINUTE


def test_the_latest_wording_of_a_language_holds_in_its_form_else_in_the_other() -> None:
    words = [word(1, Form.WRITE, KO), word(2, Form.SPEAK, KO), word(3, Form.WRITE, KO), word(4, Form.WRITE, EN)]
    assert wording(words, Form.WRITE, KO) == words[2]
    assert wording(words, Form.SPEAK, KO) == words[1]
    assert wording(words, Form.SPEAK, EN) == words[3]
    assert wording(words[:3], Form.WRITE, EN) is None, "never in another language"


def test_the_latest_answer_counts_and_an_empty_one_takes_the_tick_off() -> None:
    given = answers([answered(1, "known.ko", "하나"), answered(3, "known.ko", "둘"), answered(2, "doing.ko", "셋")])
    assert {item: entry.body for item, entry in given.items()} == {"known.ko": "둘", "doing.ko": "셋"}
    assert answers([answered(1, "known.ko", "하나"), answered(2, "known.ko", "")]) == {}


def test_the_report_counts_updates_that_came_by_their_time() -> None:
    entries = [said(14, 15), said(15, 45), said(50, 44), said(70, 80)]
    told = replace(GOING_ON, first_word_at=NOW + 14 * MINUTE, next_word_at=NOW + 100 * MINUTE)
    persons = [
        IncidentPerson("p1", "i", "c1", "ticket", told_at=NOW + 25 * MINUTE, cared_at=NOW),
        IncidentPerson("p2", "i", "c1", "ticket", told_at=NOW + 30 * MINUTE),
        IncidentPerson("p3", "i", "c2", "reach"),
    ]
    tickets = {"waiting": 2, "resolved": 3}
    found = report(told, entries, tickets, 9, persons, {"c1", "c3"}, 4, NOW + 20 * MINUTE, NOW + 90 * MINUTE)
    assert (found.kept, found.updates) == (2, 3), "a minute apart is one update"
    assert (found.first_word, found.first_told, found.lasted) == (14 * MINUTE, 20 * MINUTE, 90 * MINUTE)
    assert (found.tickets, found.still_open, found.people) == (5, 2, 9)
    assert (found.told, found.cared, found.asked) == (6, 1, 0)
    late = report(told, entries, tickets, 9, [], (), 0, None, NOW + 100 * MINUTE)
    assert (late.kept, late.updates, late.first_told) == (2, 4, None), "one that is overdue was not kept"
