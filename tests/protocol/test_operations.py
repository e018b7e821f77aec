import json
from collections.abc import Mapping

import pytest

from cxdesk.domain.changes import Delete, Edit, Insert, Update, insert, remove
from cxdesk.domain.ids import read_hlc
from cxdesk.domain.records import Customer, Feedback, FollowUp, Message, Note, Purchase, Quote, Record, Tag, Ticket
from cxdesk.domain.words import Channel, Language, MessageKind
from cxdesk.protocol.operations import LEDGER, STATE, Draft, drafts_of, numbered
from cxdesk.storage.rows import RECORDS, columns

KEYS = ["op", "n", "t", "ent", "id", "k", "v", "agent", "f", "base", "fence"]
"""The order of SYNC.md 3.4, so that two desks write the same line for the same act."""


def line(edit: Edit, base: Mapping[str, str] | None = None, agent: str | None = "a17") -> str:
    (draft,) = drafts_of(edit)
    made = numbered(draft, n=1042, t=0x0199E3C4A1B20003, agent=agent, mint=lambda: "018f-op", base=base or {})
    return made.to_json()


@pytest.mark.parametrize(
    ("edit", "base", "golden"),
    [
        pytest.param(
            Update("customer", "018f-c", {"name": "김민지"}, {"name": "김민서"}),
            {"name": "018e-op"},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"customer","id":"018f-c","k":"set","v":1,'
            '"agent":"a17","f":{"name":"김민서"},"base":{"name":"018e-op"}}',
            id="set",
        ),
        pytest.param(
            insert(Customer("018f-c", "김민지", Language.KO, created_at=5)),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"customer","id":"018f-c","k":"set","v":1,'
            '"agent":"a17","f":{"name":"김민지","language":"ko","created_at":5}}',
            id="set, a row that begins",
        ),
        pytest.param(
            insert(Message("018f-m", "t1", MessageKind.REPLY, "불편하셨겠어요", 7, "a17")),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"message","id":"018f-m","k":"append","v":1,'
            '"agent":"a17","f":{"ticket_id":"t1","kind":"reply","body":"불편하셨겠어요","at":7,"agent_id":"a17"}}',
            id="append",
        ),
        pytest.param(
            Update("ticket", "t1", {"status": "waiting", "taken_at": None}, {"status": "active", "taken_at": 9}),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"ticket","id":"t1","k":"claim","v":1,'
            '"agent":"a17","f":{"status":"active","taken_at":9},"fence":null}',
            id="claim",
        ),
        pytest.param(
            Update("ticket", "t1", {"status": "active", "resolved_at": None}, {"status": "resolved", "resolved_at": 9}),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"ticket","id":"t1","k":"transition","v":1,'
            '"agent":"a17","f":{"status":"resolved","resolved_at":9},"fence":null}',
            id="transition",
        ),
        pytest.param(
            insert(Tag("018f-g", "ticket", "t1", "재발송", 5)),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"ticket","id":"t1","k":"add","v":1,'
            '"agent":"a17","f":{"tag":"재발송","add":"018f-g","at":5}}',
            id="add",
        ),
        pytest.param(
            remove(Tag("018f-g", "ticket", "t1", "재발송", 5)),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"ticket","id":"t1","k":"rem","v":1,'
            '"agent":"a17","f":{"tag":"재발송","saw":["018f-g"]}}',
            id="rem",
        ),
        pytest.param(
            remove(FollowUp("018f-f", "c1", None, "전화", 9, 5)),
            {},
            '{"op":"018f-op","n":1042,"t":"0199e3c4a1b20003","ent":"follow_up","id":"018f-f","k":"del","v":1,'
            '"agent":"a17","f":{}}',
            id="del",
        ),
    ],
)
def test_an_operation_is_written_exactly_as_the_protocol_says(edit: Edit, base: Mapping[str, str], golden: str) -> None:
    written = line(edit, base)
    assert written == golden
    keys = list(json.loads(written))
    assert keys == [key for key in KEYS if key in keys]


def test_an_act_of_nobody_names_no_agent() -> None:
    assert "agent" not in json.loads(line(insert(Note("n1", "c1", "메모", 5)), agent=None))


def test_the_clock_is_written_so_that_it_sorts() -> None:
    assert read_hlc(json.loads(line(insert(Note("n1", "c1", "메모", 5))))["t"]) == 0x0199E3C4A1B20003


def test_state_and_other_fields_of_a_ticket_go_their_own_ways() -> None:
    edit = Update("ticket", "t1", {"status": "resolved", "rank_at": 5}, {"status": "waiting", "rank_at": 9})
    assert list(drafts_of(edit)) == [
        Draft("ticket", "t1", "transition", {"status": "waiting"}),
        Draft("ticket", "t1", "set", {"rank_at": 9}),
    ]


def test_a_conflict_is_resolved_and_never_written_over() -> None:
    edit = Update("conflict", "x1", {"state": "open"}, {"state": "settled"})
    assert list(drafts_of(edit)) == [Draft("conflict", "x1", "resolve", {"state": "settled"})]


def test_handing_a_ticket_over_is_no_claim() -> None:
    assert [d.k for d in drafts_of(Update("ticket", "t1", {"assignee": None}, {"assignee": "a2"}))] == ["transition"]


@pytest.mark.parametrize(
    "record",
    [
        Note("x", "c", "b", 1),
        Message("x", "t", MessageKind.NOTE, "b", 1),
        Purchase("x", "c", "o", "p", 1, "KRW", 1),
        Feedback("x", None, None, "csat", 5, 1),
        Quote("x", "t", None, 1, 2, 3, "ok", 0, 1, "s"),
    ],
)
def test_what_only_ever_grows_is_appended(record: Record) -> None:
    assert [d.k for d in drafts_of(insert(record))] == ["append"]


def test_a_row_that_begins_leaves_unknown_fields_out() -> None:
    (draft,) = drafts_of(insert(Ticket("t1", 1, Channel.PHONE, 0, 0, 0)))
    assert None not in draft.f.values()
    assert "id" not in draft.f
    assert draft.created


def test_a_field_that_becomes_unknown_is_said() -> None:
    (draft,) = drafts_of(Update("customer", "c1", {"address": "서울"}, {"address": None}))
    assert draft.f == {"address": None}


def test_a_tag_speaks_of_what_it_is_on_and_keeps_no_clock() -> None:
    row = {"id": "g", "ent": "customer", "ent_id": "c1", "tag": "단골", "at": 1}
    for edit in (Insert("tag", row), Delete("tag", row)):
        assert [(d.ent, d.id, d.clocked) for d in drafts_of(edit)] == [("customer", "c1", False)]


def test_the_tables_and_fields_named_here_exist() -> None:
    assert set(RECORDS) >= LEDGER
    assert set(columns("ticket")) >= STATE
