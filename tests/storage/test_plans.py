"""What a key press reads is found by an index, never by going through a table."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from cxdesk.domain import evidence
from cxdesk.domain.afterwards import IncidentReach
from cxdesk.domain.filters import Filters
from cxdesk.domain.merging import HOLDERS
from cxdesk.domain.records import Customer, Identity, Merge, Note
from cxdesk.domain.roster import Sort
from cxdesk.domain.segments import Rules
from cxdesk.domain.words import Language, Segment, Status
from cxdesk.storage import (
    access,
    baskets,
    duplicates,
    incidents,
    merges,
    morning,
    pages,
    people,
    promises,
    queue,
    search,
    tickets,
    timeline,
    touched,
)
from cxdesk.storage.store import Store

NOW = 1_790_000_000_000
MINJI = Customer("c1", "김민지", Language.KO, "서울 마포구 연남동 12-3")
REACH = IncidentReach("r1", "i1", "린넨 셔츠", 0, option="M")
MERGE = Merge("m1", "c1", "c1", 0)
FEW = {"agent", "shift"}
"""Tables as long as the list of staff."""

READINGS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "sections": lambda db: queue.sections(db, "a1", NOW),
    "rows": lambda db: queue.rows(db, ["t1", "t2"]),
    "next": lambda db: queue.first_waiting(db, "a1"),
    "held": lambda db: queue.on_hold_until(db, NOW),
    "counts": queue.open_counts,
    "number": queue.next_number,
    "thread": lambda db: tickets.thread(db, "t1"),
    "by number": lambda db: tickets.by_number(db, 1042),
    "last quote": lambda db: tickets.last_quote(db, "t1"),
    "draft": lambda db: tickets.draft(db, "t1"),
    "lines said": lambda db: tickets.lines_said(db, "c1", NOW),
    "promises": promises.board,
    "promises around": lambda db: promises.around(db, "t1", "c1"),
    "promises kept": lambda db: promises.figures(db, 0, NOW),
    "promises untold": lambda db: promises.untold(db, NOW, 300_000, "a1"),
    "promises next": lambda db: promises.next_at(db, NOW, 300_000),
    "morning, promised": lambda db: list(morning.promised(db, NOW, NOW)),
    "morning, deliveries": lambda db: list(morning.late_deliveries(db, NOW, evidence.Morning())),
    "morning, unanswered": lambda db: list(morning.unanswered(db, NOW, evidence.Morning())),
    "morning, cooling": lambda db: list(morning.cooling(db, NOW, Rules())),
    "morning, due again": lambda db: morning.due_again(db, NOW, 80),
    "morning, days": lambda db: list(morning.special_days(db, date(2027, 2, 26), NOW, evidence.Morning())),
    "morning, incidents": lambda db: list(morning.incidents_over(db, NOW)),
    "morning, choices": lambda db: morning.choices(db, 0),
    "morning, in contact": lambda db: morning.in_contact(db, "c1", NOW),
    "promises due": lambda db: tickets.promises_due(db, NOW),
    "memory": lambda db: people.memory(db, "c1", NOW, Rules()),
    "memory but one": lambda db: people.memory(db, "c1", NOW, Rules(), but="t1"),
    "standing": lambda db: people.standing(db, "c1", NOW, Rules()),
    "customers": lambda db: people.customers(db, ["c1"]),
    "duties": people.duties,
    "open shift": lambda db: people.open_shift(db, "a1"),
    "history": lambda db: people.history(db, "c1"),
    "wordings": lambda db: people.wordings(db, Note("n1", "c1", "", 0, amends="n0")),
    "preferences": lambda db: people.preferences(db, "c1", bool),
    "heir": lambda db: merges.heir(db, "c1"),
    "chain": lambda db: merges.chain(db, "c1"),
    "merged into": lambda db: merges.into(db, "c1"),
    "belongings": lambda db: merges.belongings(db, "c1"),
    "naming": lambda db: merges.naming(db, [(kind, "x") for kind in (*HOLDERS, "tag")]),
    "parting": lambda db: merges.parting(db, MERGE),
    "alike": lambda db: duplicates.of(db, MINJI, [Identity("i1", "c1", "phone", "01012345678", "")]),
    "goes with": lambda db: baskets.with_products(db, ["린넨 셔츠"]),
    "find by name": lambda db: search.find_customers(db, "김민"),
    "find by initials": lambda db: search.find_customers(db, "ㄱㅁ"),
    "find by number": lambda db: search.find_customers(db, "5678"),
    "find by address": lambda db: search.find_customers(db, "emma@"),
    "find mixed": lambda db: search.find_customers(db, "김ㅁㅈ"),
    "find in latin": lambda db: search.find_customers(db, "kim"),
    "find by tag": lambda db: search.find_customers(db, "#선물"),
    "find among many": lambda db: search.find_customers(db, "c"),
    "find a segment": lambda db: search.find_customers(db, "", only=Filters(segment=Segment.VIP), now=NOW),
    "find a contact": lambda db: search.find_customers(db, "", only=Filters(status=Status.WAITING, after=1)),
    "find somebody with a contact": lambda db: search.find_customers(db, "김", only=Filters(tag="선물", before=NOW)),
    "find by words": lambda db: search.said_by(db, "환불", 20),
    "find buyers": lambda db: search.find_products(db, "린넨", 20),
    "find words": lambda db: search.find_text(db, "환불"),
    "list, top": lambda db: [pages.block(db, sort, None, NOW, Rules()) for sort in Sort],
    "list, by name": lambda db: pages.block(db, Sort.NAME, ("0김", 1), NOW, Rules()),
    "list, by contact": lambda db: pages.block(db, Sort.SEEN, (NOW, 1), NOW, Rules()),
    "list, by spend": lambda db: pages.block(db, Sort.SPENT, (1, 1), NOW, Rules()),
    "lines": lambda db: pages.lines_at(db, [1], NOW, Rules()),
    "timeline": lambda db: timeline.timeline(db, "c1", None, 60),
    "timeline, further": lambda db: timeline.timeline(db, "c1", (NOW, "t1"), 60),
    "looks": lambda db: access.looks(db, "c1", 10),
    "incident of a ticket": lambda db: incidents.of_ticket(db, "t1"),
    "open incidents": incidents.open_ones,
    "incidents": lambda db: incidents.every(db, 100),
    "timeline of an incident": lambda db: (incidents.entries(db, "i1"), incidents.words(db, "i1")),
    "tickets of an incident": lambda db: (incidents.tickets(db, "i1", only_open=True), incidents.statuses(db, "i1")),
    "who heard": lambda db: (incidents.heard(db, "i1", 0), incidents.first_heard(db, "i1")),
    "who came": lambda db: touched.came_by_themselves(db, "i1", "", 50),
    "whom a rule finds": lambda db: touched.reached(db, "i1", [REACH, REACH], (1, 0, 0), 50),
    "whether a rule finds": lambda db: touched.finds(db, REACH, "c1"),
    "how many are touched": lambda db: touched.touched(db, "i1", [REACH]),
    "what was done for somebody": lambda db: (touched.done_for(db, "i1", "c1"), touched.told_at(db, "i1", "c1")),
    "arrivals of an hour": lambda db: incidents.arrivals(db, 0, NOW, unlinked=True),
}


def plans(db: sqlite3.Connection, read: Callable[[sqlite3.Connection], object]) -> dict[str, list[str]]:
    """Statement → the steps of its plan, for every statement a reading runs."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    read(db)
    db.set_trace_callback(None)
    return {
        sql: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        for sql in statements
        if sql.startswith("SELECT") and "'main'." not in sql  # FTS5 looks into its own tables
    }


@pytest.fixture(scope="module")
def full(blank: str) -> sqlite3.Connection:
    """A file with statistics of a shop where every table is long, so that a plan without an index shows."""
    db = sqlite3.connect(f"file:{blank}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    db.close()
    copy.execute("INSERT INTO customer VALUES ('c1', '김민지', 'ko', NULL, NULL, NULL, NULL, 0)")
    copy.execute(
        "INSERT INTO ticket (id, number, channel, arrived_at, waiting_since, rank_at, customer_id, topic, subject,"
        " priority, status, stage, intensity, hold_for_reply)"
        " VALUES ('t1', 1042, 'phone', 0, 0, 0, 'c1', 'other', '', 'normal', 'waiting', 'greet', 0, 0)"
    )
    copy.commit()
    return copy


@pytest.mark.parametrize("name", READINGS)
def test_what_a_key_press_reads_is_found_by_an_index(full: sqlite3.Connection, name: str) -> None:
    found = plans(full, READINGS[name])
    assert found
    for sql, steps in found.items():
        scans = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
        scans = [step for step in scans if step not in ("SCAN CONSTANT ROW", "SCAN json_each")]
        # A part of the statement whose own steps are listed too; ``top`` is the list's first lines.
        scans = [step for step in scans if not step.startswith(("SCAN (subquery", "SCAN top"))]
        # The list of people from its top, along the index it is ordered by, as far as LIMIT says.
        scans = [step for step in scans if not (step.startswith("SCAN roster USING") and " LIMIT " in sql)]
        assert not [step for step in scans if step.split()[1] not in FEW], f"{sql}\n{steps}"


def test_the_waiting_are_read_in_their_order_without_sorting(full: sqlite3.Connection) -> None:
    steps = [step for sql, plan in plans(full, READINGS["next"]).items() for step in plan if "waiting" in sql]
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_a_table_read_from_end_to_end_would_be_noticed(store: Store) -> None:
    found = plans(store.db, lambda db: db.execute("SELECT * FROM ticket WHERE subject = 'x'").fetchall())
    assert [step for steps in found.values() for step in steps if step.startswith("SCAN ticket")]


def test_all_who_are_in_the_file_twice_are_found_in_the_order_of_indexes(full: sqlite3.Connection) -> None:
    steps = [step for plan in plans(full, lambda db: duplicates.pairs(db, 10)).values() for step in plan]
    scans = [step for step in steps if step.startswith("SCAN")]
    assert all("COVERING INDEX" in step for step in scans), scans
    assert not [step for step in steps if "TEMP B-TREE FOR GROUP BY" in step]
