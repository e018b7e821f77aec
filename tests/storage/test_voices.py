"""What the board, a theme's page and the question how it was read is found by an index."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.domain.afterwards import ThemeStage
from cxdesk.domain.impact import Weight
from cxdesk.domain.records import Ticket
from cxdesk.domain.tallies import tallied
from cxdesk.domain.words import Channel, Topic
from cxdesk.storage import feedback, voices
from tests.storage.test_plans import plans

NOW = 1_790_000_000_000
DAY = 86_400_000
TICKET = Ticket("t1", 1, Channel.PHONE, NOW, NOW, NOW, customer_id="c1")

READINGS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "theme": lambda db: voices.theme(db, "th0"),
    "candidates": lambda db: voices.candidates(db, Topic.DELIVERY),
    "others": lambda db: voices.themes_like(db, Topic.DELIVERY, "th0"),
    "column": lambda db: voices.on_board(db, ThemeStage.COLLECT, 200),
    "heard": lambda db: voices.heard(db, NOW - 365 * DAY),
    "heard of one": lambda db: voices.heard_of(db, "th0", NOW - 365 * DAY),
    "spent": lambda db: voices.spent(db, ["c1"], "KRW"),
    "counted": lambda db: voices.counted(db, "th0"),
    "speakers": lambda db: voices.speakers(db, "th0", (), 200),
    "voice of": lambda db: voices.voice_of(db, "th0", "c1"),
    "all weeks": lambda db: voices.all_weeks(db, NOW, NOW - 5 * 365 * DAY),
    "first": voices.first_at,
    "voices": lambda db: voices.voices(db, "th0", 200),
    "whys": lambda db: voices.whys(db, "th0"),
    "improvements": lambda db: voices.improvements(db, "th0"),
    "overdue": lambda db: voices.overdue(db, NOW),
    "tellings": lambda db: voices.tellings(db, "th0"),
    "counts": lambda db: feedback.counts(db, NOW - 30 * DAY, NOW),
    "comments": lambda db: feedback.comments(db, NOW - 30 * DAY, 20),
    "asked": lambda db: feedback.asked_of_ticket(db, TICKET, None),
    "just resolved": lambda db: feedback.just_resolved(db, "a1", NOW),
    "by order": lambda db: feedback.by_order(db, "77"),
    "by telephone": lambda db: feedback.by_identity(db, "phone", "01012345678"),
}


@pytest.fixture(scope="module")
def full(blank: Path) -> sqlite3.Connection:
    """A file with a theme of two voices."""
    db = sqlite3.connect(f"file:{blank}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    db.close()
    copy.execute("INSERT INTO customer VALUES ('c1', '김민지', 'ko', NULL, NULL, NULL, NULL, 0)")
    copy.execute(
        "INSERT INTO customer_summary (customer_id, orders, spent, currency, own_orders)"
        " VALUES ('c1', 3, 90000, 'KRW', 3)"
    )
    copy.execute("INSERT INTO theme VALUES ('th0', '조회', 'delivery', '', 'collect', 0, 0, ?, NULL)", (NOW,))
    for key, who, at, severity in (("v1", "c1", NOW - DAY, 3), ("v2", "c1", NOW - 9 * DAY, 1)):
        row = (key, who, None, "조회가 멈췄어요", "delivery", "", severity, at, None, "th0")
        copy.execute("INSERT INTO voice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    copy.commit()
    return copy


@pytest.mark.parametrize("name", READINGS)
def test_what_is_read_is_found_by_an_index(full: sqlite3.Connection, name: str) -> None:
    found = plans(full, READINGS[name])
    assert found
    for sql, steps in found.items():
        scans = [step for step in steps if step.startswith("SCAN") and step not in ("SCAN v", "SCAN CONSTANT ROW")]
        scans = [step for step in scans if not step.startswith(("SCAN (subquery", "SCAN (join"))]
        assert not [step for step in scans if "COVERING INDEX" not in step or " LIMIT 1" not in sql], f"{sql}\n{steps}"


def test_the_figures_of_a_theme_count_each_customer_and_their_money_once(full: sqlite3.Connection) -> None:
    tally = tallied(voices.heard(full, NOW - 365 * DAY), NOW)["th0"]
    assert tally.weeks == {0: 1, 1: 1}
    assert tally.weight(voices.spent(full, tally.people, "KRW")) == Weight(2, 1, 4, 90_000)
    assert tally.weight(voices.spent(full, tally.people, "USD")) == Weight(2, 1, 4, 0)
    assert voices.heard_of(full, "th0", NOW - 2 * DAY) == [("th0", NOW - DAY, "c1", 3)]
    assert voices.speakers(full, "th0", (), 10) == ("c1",)
    assert voices.speakers(full, "th0", {"c1"}, 10) == ()
    assert voices.all_weeks(full, NOW, NOW - 5 * DAY) == {0: 1}
