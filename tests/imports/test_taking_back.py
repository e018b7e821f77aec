"""Undoing a whole import: nothing of it is left, nothing that people did is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.domain.changes import Change, Insert, Stamp, Update, insert
from cxdesk.domain.evidence import Rules
from cxdesk.domain.records import Merge, Ticket
from cxdesk.domain.words import Channel
from cxdesk.imports.ids import RunIds
from cxdesk.imports.run import Outcome
from cxdesk.storage import baskets, check, search
from cxdesk.storage.bulk import Importing
from cxdesk.storage.faults import Fault
from cxdesk.storage.taking_back import TakenBack
from tests.imports.conftest import NOW, Desk
from tests.imports.test_files import workbook
from tests.imports.test_run import ORDER, SMART, UCI, UCI_ROWS, orders, people

Write = Callable[..., Path]
HEAD = "이름,전화,메일,번호,주소,메모\n"
MINJI = "김민지,010-1234-5678,mj@example.com,7,서울,포장이 예쁘다\n"
SEOJUN = "박서준,010-2345-6789,,8,,\n"

SHARED = ("customer", "identity", "purchase", "note", "customer_summary")


def take_back(desk: Desk, outcome: Outcome, at: int = NOW + 500) -> TakenBack:
    ids = RunIds.again(at, outcome.run_id)
    return Importing(desk.store).take_back(outcome.run_id, Stamp(at, "agent-1", ids.mint))


def rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """What people see; numbers of derived rows are not part of it."""
    found = {name: desk.rows(f"SELECT * FROM {name} ORDER BY 1") for name in SHARED}  # noqa: S608
    found["roster"] = desk.rows("SELECT customer_id, name, phone, spent FROM roster ORDER BY 1")
    found["search_key"] = desk.rows("SELECT key, customer_id FROM search_key JOIN roster USING (n) ORDER BY 1, 2")
    found["text_row"] = desk.rows("SELECT ent, ent_id, parent_id FROM text_row ORDER BY 1, 2")
    found["product"] = desk.rows("SELECT name FROM product ORDER BY 1")
    return found


def commit(desk: Desk, *edits: Insert | Update, agent: str = "agent-1") -> None:
    ops = iter(f"op-{n}" for n in range(1000))
    desk.store.commit(Change("edit", edits), Stamp(NOW + 100, agent, lambda: next(ops)))


def ticket(customer_id: str) -> Insert:
    return insert(Ticket("ticket-1", 1, Channel.PHONE, NOW, NOW, NOW, customer_id=customer_id))


def the(desk: Desk, sql: str) -> str:
    ((found,),) = desk.rows(sql)
    return str(found)


def test_an_import_that_is_taken_back_leaves_nothing(desk: Desk, write: Write) -> None:
    desk.bring_in(write(HEAD + SEOJUN, "first.csv"), people())
    before = rows(desk)
    outcome = desk.bring_in(write(UCI + UCI_ROWS))
    again = desk.bring_in(write(HEAD + MINJI, "second.csv"), people())
    taken = [take_back(desk, run) for run in (again, outcome)]
    assert rows(desk) == before
    assert [(t.kept, t.names) for t in taken] == [(0, ()), (0, ())]
    assert sum(t.removed for t in taken) == sum((*outcome.added.values(), *again.added.values()))
    assert check.faults(desk.store.db) == []


def test_what_an_import_changed_goes_back_to_what_it_was(desk: Desk, write: Write) -> None:
    desk.bring_in(write(workbook([SMART, ORDER])))
    desk.bring_in(write(HEAD + "김*수,010-9999-8888,,,,\n", "masked.csv"), people())
    before = rows(desk)
    moved = desk.bring_in(write(workbook([SMART, [*ORDER[:5], "구매확정", *ORDER[6:]]])))
    named = desk.bring_in(write(HEAD + "김철수,010-9999-8888,cs@example.com,,부산,\n", "named.csv"), people())
    assert desk.rows("SELECT state FROM purchase") == [("delivered",)]
    assert take_back(desk, named).restored == 1
    assert take_back(desk, moved).restored == 1
    assert rows(desk) == before
    assert search.find_customers(desk.store.db, "김철수") == []


def test_imports_can_be_taken_back_in_any_order(desk: Desk, write: Write) -> None:
    empty = rows(desk)
    first = desk.bring_in(write(workbook([SMART, ORDER])))
    second = desk.bring_in(write(workbook([SMART, [*ORDER[:5], "구매확정", *ORDER[6:]]])))
    assert take_back(desk, first).kept, "the second import worked with the order"
    take_back(desk, second)
    assert desk.rows("SELECT state FROM purchase") == [("shipping",)]
    third = desk.bring_in(write(workbook([SMART, ORDER, ["9", *ORDER[1:]]])))
    take_back(desk, third)
    assert len(desk.rows("SELECT id FROM purchase")) == 1
    assert empty["purchase"] == []


def test_the_latest_first_leaves_nothing_of_either(desk: Desk, write: Write) -> None:
    before = rows(desk)
    first = desk.bring_in(write(workbook([SMART, ORDER])))
    second = desk.bring_in(write(workbook([SMART, [*ORDER[:5], "구매확정", *ORDER[6:]]])))
    take_back(desk, second)
    assert take_back(desk, first).kept == 0
    assert rows(desk) == before


def test_a_file_taken_back_can_be_brought_in_again(desk: Desk, write: Write) -> None:
    path = write(UCI + UCI_ROWS)
    take_back(desk, desk.bring_in(path))
    assert desk.bring_in(path).new == 4


def test_somebody_a_contact_was_opened_for_stays_with_their_telephone(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(HEAD + MINJI + SEOJUN), people())
    customer = the(desk, "SELECT id FROM customer WHERE name = '김민지'")
    commit(desk, ticket(customer))
    taken = take_back(desk, outcome)
    assert taken.names == ("김민지",)
    assert taken.kept == 3
    assert desk.rows("SELECT name FROM customer") == [("김민지",)]
    assert sorted(desk.rows("SELECT kind FROM identity")) == [("email",), ("phone",)]
    assert desk.rows("SELECT count(*) FROM note") == [(0,)]
    assert search.find_customers(desk.store.db, "5678") == [customer]
    assert search.find_text(desk.store.db, "예쁘") == []
    assert check.faults(desk.store.db) == []


def test_a_name_somebody_mended_since_stays(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(HEAD + MINJI), people())
    customer = the(desk, "SELECT id FROM customer")
    commit(desk, Update("customer", customer, {"name": "김민지"}, {"name": "김민지 (단골)"}))
    assert take_back(desk, outcome).names == ("김민지 (단골)",)


def test_a_note_that_was_corrected_stays_with_its_customer(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(HEAD + MINJI), people())
    note, customer = desk.rows("SELECT id, customer_id FROM note")[0]
    row = {"id": "note-2", "customer_id": customer, "body": "리본", "created_at": NOW, "amends": note}
    commit(desk, Insert("note", row | {"agent_id": None, "ticket_id": None}))
    take_back(desk, outcome)
    assert sorted(desk.rows("SELECT body FROM note")) == [("리본",), ("포장이 예쁘다",)]
    assert desk.rows("SELECT id FROM customer") == [(customer,)]


def test_a_value_written_over_since_stays(desk: Desk, write: Write) -> None:
    desk.bring_in(write(HEAD + "김*지,010-1234-5678,,,,\n"), people())
    customer = the(desk, "SELECT id FROM customer")
    outcome = desk.bring_in(write(HEAD + "김민지,010-1234-5678,,,서울,\n"), people())
    commit(desk, Update("customer", customer, {"name": "김민지"}, {"name": "김민지 (단골)"}))
    taken = take_back(desk, outcome)
    assert (taken.restored, taken.kept) == (1, 1)
    assert desk.rows("SELECT name, address FROM customer") == [("김민지 (단골)", None)]


def test_a_buyer_learnt_from_a_file_is_forgotten_with_it(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액", "전화")
    desk.bring_in(write(header + "1,2026-01-02,5000,\n"), map_)
    before = rows(desk)
    outcome = desk.bring_in(write(header + "1,2026-01-02,5000,010-1234-5678\n"), map_)
    take_back(desk, outcome)
    assert rows(desk) == before


def test_taking_back_is_one_line_of_operations_however_many_rows(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(UCI + UCI_ROWS))
    taken = take_back(desk, outcome)
    ((kind, body, span),) = desk.rows("SELECT k, body, span FROM outbox ORDER BY n DESC LIMIT 1")
    counted = sum(last - first + 1 for spans in json.loads(body)["gone"].values() for first, last in spans)
    assert (kind, span, counted) == ("bulk", taken.removed, taken.removed)
    numbers = desk.rows("SELECT n, span FROM outbox ORDER BY n")
    assert [n for n, _ in numbers] == [1, 1 + numbers[0][1]]


def test_taking_back_is_whole_or_not_at_all(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(UCI + UCI_ROWS))
    before = rows(desk)
    desk.store.db.execute("CREATE TRIGGER stop BEFORE UPDATE ON import_run BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Fault):
        take_back(desk, outcome)
    assert rows(desk) == before
    assert desk.rows("SELECT count(*) FROM temp.sqlite_master WHERE name = 'going'") == [(0,)]


def test_imports_are_listed_the_latest_first(desk: Desk, write: Write) -> None:
    one = desk.bring_in(write(UCI + UCI_ROWS, "one.csv"))
    two = desk.bring_in(write(HEAD + MINJI, "two.csv"), people())
    take_back(desk, one)
    listed = Importing(desk.store).runs()
    assert [(run.number, run.id, run.file_name, run.added, run.undone_at) for run in listed] == [
        (2, two.run_id, "two.csv", 1, None),
        (1, one.run_id, "one.csv", 4, NOW + 500),
    ]


def test_undo_comes_to_an_import_when_nothing_done_since_stands(desk: Desk, write: Write) -> None:
    importing = Importing(desk.store)
    assert importing.latest("agent-1") is None
    outcome = desk.bring_in(write(HEAD + MINJI), people())
    assert importing.latest("agent-2") is None
    latest = importing.latest("agent-1")
    assert latest is not None
    assert latest.id == outcome.run_id
    customer = the(desk, "SELECT id FROM customer")
    commit(desk, Update("customer", customer, {"name": "김민지"}, {"name": "민지"}))
    assert importing.latest("agent-1") is None
    ops = iter(["op-x"])
    desk.store.undo(Stamp(NOW + 200, "agent-1", lambda: next(ops)))
    assert importing.latest("agent-1") == latest


def test_what_came_for_somebody_merged_goes_with_its_note_of_the_merge(desk: Desk, write: Write) -> None:
    desk.bring_in(write(HEAD + "김민지,,,1,,\n김민지,,,2,,\n"), people())
    first, second = [row[0] for row in desk.rows("SELECT id FROM customer ORDER BY external_id")]
    commit(
        desk,
        Update("customer", first, {"merged_into": None}, {"merged_into": second}),
        insert(Merge("merge-1", second, first, NOW)),
    )
    before = rows(desk)
    merge = desk.rows("SELECT * FROM merge")
    outcome = desk.bring_in(write(HEAD + "김민지,010-1234-5678,,1,,\n", "later.csv"), people())
    assert desk.rows("SELECT customer_id FROM identity") == [(second,)]
    assert desk.rows("SELECT ent FROM merge_row") == [("identity",)]
    assert desk.rows("SELECT later FROM merge") == [(1,)]
    take_back(desk, outcome)
    assert rows(desk) == before
    assert desk.rows("SELECT * FROM merge_row") == []
    assert desk.rows("SELECT * FROM merge") == merge


def test_a_merge_counts_on_what_came_for_the_merged_person_and_stays(desk: Desk, write: Write) -> None:
    desk.bring_in(write(HEAD + "김민지,,,1,,\n김민지,,,2,,\n"), people())
    first, second = [row[0] for row in desk.rows("SELECT id FROM customer ORDER BY external_id")]
    commit(
        desk,
        Update("customer", first, {"merged_into": None}, {"merged_into": second}),
        insert(Merge("merge-1", second, first, NOW)),
    )
    phone = desk.bring_in(write(HEAD + "김민지,010-1234-5678,,1,,\n", "phone.csv"), people())
    desk.bring_in(write(HEAD + "김민지,,minji@example.com,1,,\n", "mail.csv"), people())
    take_back(desk, phone)
    assert desk.rows("SELECT later FROM merge") == [(1,)]
    assert desk.rows("SELECT value FROM identity") == [("minji@example.com",)]


def test_what_goes_together_is_counted_anew_without_the_orders_that_were_taken_back(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(UCI + UCI_ROWS))
    with desk.store.transaction() as db:
        baskets.rebuild(db, Rules(together_orders=1, lift=0.0))
    assert baskets.latest(desk.store.db) == (4, 4)
    take_back(desk, outcome)
    assert desk.rows("SELECT * FROM goes_with") == []
    assert baskets.latest(desk.store.db) == (0, -1), "nothing was counted yet"
