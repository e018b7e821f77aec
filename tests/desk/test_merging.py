"""Two entries of one person are put together and parted again, and nobody loses anything by it.

The proof of parting is a twin: the same acts on a file where nothing was ever merged must leave the same rows.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.correcting import Field
from cxdesk.domain.likeness import Likeness
from cxdesk.domain.merging import FIELDS, HOLDERS
from cxdesk.domain.order import Credits
from cxdesk.domain.records import Consent, Customer, Identity, Note, Purchase, Tag
from cxdesk.domain.words import Channel, Language
from cxdesk.settings import Settings
from cxdesk.storage import check, people
from cxdesk.storage.faults import Stale
from cxdesk.storage.rows import RECORDS, columns
from cxdesk.storage.store import Store
from tests.conftest import Clock, Mint
from tests.desk.test_undo import TEXTS, VERBS, Act, Hands
from tests.looking import derived, shared

MINJI = Customer("c1", "김민지", Language.KO, "서울 마포구 연남동 12-3")
MINJI_TOO = Customer("c2", "Minji Kim", Language.EN, "서울 마포구 망원동 4-5")

# Parting cannot know that a name or number was corrected for the one who was merged, that a contact of theirs was given
# to the survivor on purpose, or whose preference it was that was confirmed or forgotten. One person is asked once, and
# told once, where two would have been. Merging has tests of its own.
UNCLEAR = {"rename", "correct", "attach", "confirm", "forget", "merge", "part", "keep_apart", "ask_feedback", "tell"}
UNCLEAR |= {"care_after_incident"}  # as with asking and telling: one person is cared for once where two would be
acts = st.lists(
    st.tuples(
        st.sampled_from([*(verb for verb in VERBS if verb not in UNCLEAR), "undo"]),
        st.integers(0, 11),
        st.integers(0, 30),
    ),
    max_size=14,
)


@contextmanager
def hands(blank: Path) -> Iterator[Hands]:
    """An agent at a desk where four have come, and nobody is served before others for who they are."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(blank, Path(folder) / "desk.db")
        clock = Clock()
        with Store.open(Path(folder)) as store:
            store.db.execute("PRAGMA synchronous = OFF")
            desk = Desk(store, Settings(queue=Credits(segment={})), clock=clock, mint=Mint())
            desk.sign_in("이서준")
            for text in ("김민지 010-1234-5678", "박서준", "Minji Kim 010-1234-5678", "Emma, emma@example.com"):
                customer, also = desk.people.newcomer(text, Language.KO)
                desk.arrive(Channel.PHONE, customer=customer, also=also, said=TEXTS[0])
            desk.waits.start(store.db, clock())
            yield Hands(desk, clock)


def play(agent: Hands, acts: list[Act]) -> None:
    """Do the acts; taking back goes no further than they do."""
    done = len(agent.changes)
    for act in acts:
        if act[0] != "undo":
            agent.do(act)
        elif len(agent.changes) > done:
            agent.undo()
            agent.changes.pop()


def told_apart(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Every row but what merging writes down, each id replaced by its table and its place in it.

    What kind of customer somebody was when they came depends on who they were then, so it is left out.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for (kind, _), row in sorted(shared(desk.db).items()):
        if kind not in ("merge", "merge_row", "apart"):
            rows.setdefault(kind, []).append({name: value for name, value in row.items() if name != "segment"})
    names = {row["id"]: f"{kind} {place}" for kind, found in rows.items() for place, row in enumerate(found)}
    return {
        kind: [{name: names.get(str(value), value) for name, value in row.items()} for row in found]
        for kind, found in rows.items()
    }


def two_of(agent: Hands, one: int, other: int) -> tuple[str, str]:
    ids = [str(row[0]) for row in agent.desk.db.execute("SELECT id FROM customer ORDER BY id")]
    return ids[one % len(ids)], ids[other % len(ids)]


@settings(max_examples=60, deadline=None)
@given(
    before=acts,
    between=acts,
    who=st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] != pair[1]),
    take=st.sets(st.sampled_from(FIELDS)),
)
def test_parting_leaves_what_would_be_there_had_nobody_been_merged(
    blank: Path, before: list[Act], between: list[Act], who: tuple[int, int], take: set[str]
) -> None:
    with hands(blank) as twin, hands(blank) as agent:
        for one in (twin, agent):
            play(one, before)
        survivor, merged = two_of(agent, *who)
        done = agent.desk.merging.merge(survivor, merged, take)
        play(twin, between)
        play(agent, between)
        assert agent.desk.read.memory(merged) == agent.desk.read.memory(survivor), "there is one person now"
        (merge,) = done.change.touched("merge")
        agent.desk.merging.part(merge)
        assert told_apart(agent.desk) == told_apart(twin.desk)
        kept = derived(agent.desk.db)
        with agent.desk.store.transaction() as db:
            check.rebuild(db)
        assert derived(agent.desk.db) == kept


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["merge", "part", "remember", "buy", "arrive", "promise"]), st.integers(0, 11)),
        min_size=2,
        max_size=16,
    )
)
def test_whatever_is_merged_into_whatever_everybody_comes_out_again_with_their_own(
    blank: Path, steps: list[tuple[str, int]]
) -> None:
    """Merges of merged people, parted in any order: what each had before the first of them is theirs in the end."""
    with hands(blank) as agent:
        desk = agent.desk
        before = told_apart(desk)
        rows = shared(desk.db)
        for verb, choice in steps:
            agent.do((verb, choice, choice // 2))
        while found := desk.db.execute("SELECT id FROM merge WHERE undone_at IS NULL ORDER BY id").fetchall():
            desk.merging.part(found[len(steps) % len(found)][0])
        after = shared(desk.db)
        assert desk.db.execute("SELECT count(*) FROM merge_row").fetchone() == (0,)
        for (kind, key), row in rows.items():
            owner = "customer_id" if "customer_id" in row else "merged_into" if kind == "customer" else "id"
            assert after[kind, key][owner] == row[owner], f"{kind} {key} is whose it was"
        assert [row["name"] for row in before["customer"]] == [
            after["customer", key]["name"] for kind, key in sorted(rows) if kind == "customer"
        ]


# -- what a person at the desk sees


@pytest.fixture
def twice(desk: Desk) -> Desk:
    """김민지 is in the file twice, with something of every kind on both sides."""
    for who in (MINJI, MINJI_TOO):
        key = who.id
        rows = (
            who,
            Identity(f"i{key}", key, "phone", "01012345678", "010-1234-5678"),
            Purchase(f"p{key}", key, f"o{key}", "린넨 셔츠", 39_000, "KRW", 10, external_id=key),
            Note(f"n{key}", key, f"{key} 의 메모", 5),
            Tag(f"g{key}", "customer", key, f"꼬리표{key}", 5),
        )
        desk.store.commit(Change("new", tuple(insert(row) for row in rows)), desk.stamp(), undoable=False)
        desk.arrive(Channel.PHONE, customer=who, said="배송이 안 와요", undoable=False)
    return desk


def merged(desk: Desk, take: tuple[str, ...] = ()) -> str:
    (merge,) = desk.merging.merge("c1", "c2", take).change.touched("merge")
    return merge


def alike(desk: Desk, customer_id: str) -> tuple[Likeness, ...]:
    memory = desk.read.memory(customer_id)
    assert memory is not None
    return desk.merging.alike(memory)


def test_everything_is_with_the_survivor_and_the_other_entry_leads_there(twice: Desk) -> None:
    merged(twice)
    memory = twice.read.memory("c2")
    assert memory is not None
    assert memory.customer.id == "c1"
    assert {note.body for note in memory.notes} == {"c1 의 메모", "c2 의 메모"}
    assert {tag.tag for tag in memory.tags} == {"꼬리표c1", "꼬리표c2"}
    assert (len(memory.purchases), len(memory.contacts), memory.standing.summary.orders) == (2, 2, 2)
    assert [hit.customer.id for hit in twice.read.find_people("김민지").hits if hit.customer] == ["c1"]


def test_undo_right_after_is_as_if_nothing_had_been(twice: Desk) -> None:
    rows, found = shared(twice.db), derived(twice.db)
    merged(twice, ("name", "address"))
    twice.undo()
    assert (shared(twice.db), derived(twice.db)) == (rows, found)


def test_the_fields_that_are_right_on_the_other_side_are_taken_from_there(twice: Desk) -> None:
    merge = merged(twice, ("name", "address"))
    person = people.customer(twice.db, "c1")
    assert person is not None
    assert (person.name, person.address, person.language) == (MINJI_TOO.name, MINJI_TOO.address, Language.KO)
    twice.merging.part(merge)
    assert people.customer(twice.db, "c1") == MINJI
    assert people.customer(twice.db, "c2") == MINJI_TOO


def test_a_name_corrected_since_stays_corrected(twice: Desk) -> None:
    merge = merged(twice, ("name", "address"))
    twice.people.rename("c2", "김민지 (민지네)")
    twice.merging.part(merge)
    person = people.customer(twice.db, "c1")
    assert person is not None
    assert (person.name, person.address) == ("김민지 (민지네)", MINJI.address)


def test_what_comes_later_for_the_merged_person_follows_and_is_theirs_again(twice: Desk) -> None:
    merge = merged(twice)
    ticket, _ = twice.arrive(Channel.PHONE, customer=MINJI_TOO, said="환불해 주세요")
    own, _ = twice.arrive(Channel.PHONE, customer=MINJI, said="교환해 주세요")
    twice.promises.make("내일 오후 3시 전화", ticket.id)
    twice.people.remember("c2", "size: M")
    assert {t.customer_id for t in map(twice.ticket, (ticket.id, own.id))} == {"c1"}
    twice.merging.part(merge)
    assert (twice.ticket(ticket.id).customer_id, twice.ticket(own.id).customer_id) == ("c2", "c1")
    one, other = twice.read.memory("c1"), twice.read.memory("c2")
    assert one is not None
    assert other is not None
    assert (len(one.promises), len(other.promises)) == (0, 1)
    assert (len(one.preferences), len(other.preferences)) == (0, 1)


def test_a_further_line_of_their_order_goes_with_it(twice: Desk) -> None:
    merge = merged(twice)
    back = Purchase(twice.mint(), "c1", "oc2", "린넨 셔츠", -39_000, "KRW", 30, external_id="c2-R")
    twice.commit("buy", (insert(back),))
    twice.merging.part(merge)
    assert twice.read.standing("c2").summary.spent == 0
    assert twice.read.standing("c1").summary.spent == 39_000


def test_undoing_a_merge_for_which_something_came_since_says_so_and_parting_still_works(
    twice: Desk, clock: Clock
) -> None:
    merge = merged(twice)
    other = Desk(twice.store, Settings(), clock=clock, mint=twice.mint)
    other.sign_in("박하늘")
    ticket, _ = other.arrive(Channel.PHONE, customer=MINJI_TOO)
    with pytest.raises(Stale):
        twice.undo()
    twice.merging.part(merge)
    assert twice.ticket(ticket.id).customer_id == "c2"


def test_an_old_act_taken_back_by_somebody_else_follows_too(twice: Desk, clock: Clock) -> None:
    memory = twice.read.memory("c2")
    assert memory is not None
    ticket_id = memory.contacts[0].ticket_id
    third, also = twice.people.newcomer("박서준", Language.KO)
    twice.attach(ticket_id, third, also)
    other = Desk(twice.store, Settings(), clock=clock, mint=twice.mint)
    other.sign_in("박하늘")
    (merge,) = other.merging.merge("c1", "c2").change.touched("merge")
    twice.undo()
    assert twice.ticket(ticket_id).customer_id == "c1"
    other.merging.part(merge)
    assert twice.ticket(ticket_id).customer_id == "c2"


def test_whoever_others_were_merged_into_cannot_be_taken_away_by_an_old_undo(twice: Desk, clock: Clock) -> None:
    third, also = twice.people.newcomer("김민지", Language.KO)
    twice.commit("new", also)
    other = Desk(twice.store, Settings(), clock=clock, mint=twice.mint)
    other.sign_in("박하늘")
    other.merging.merge(third.id, "c2")
    with pytest.raises(Stale):
        twice.undo()
    assert twice.read.memory("c2") is not None


def test_a_no_of_either_stays_a_no_and_is_theirs_alone_again(twice: Desk, clock: Clock) -> None:
    no = Consent("k2", "c2", "marketing", False, 1, "contact")
    yes = Consent("k1", "c1", "marketing", True, 2, "contact")
    twice.store.commit(Change("new", (insert(no), insert(yes))), twice.stamp(), undoable=False)
    merge = merged(twice)
    rows = [row for (kind, _), row in shared(twice.db).items() if kind == "consent"]
    assert [row["allowed"] for row in sorted(rows, key=lambda row: row["at"])] == [0, 1, 0]
    assert {row["customer_id"] for row in rows} == {"c1"}
    twice.merging.part(merge)
    rows = [row for (kind, _), row in shared(twice.db).items() if kind == "consent"]
    assert {(row["id"], row["customer_id"]) for row in rows} == {("k1", "c1"), ("k2", "c2")}


def test_nobody_is_merged_with_themselves_or_twice(twice: Desk) -> None:
    with pytest.raises(Refused, match="same_person"):
        twice.merging.merge("c1", "c1")
    merge = merged(twice)
    with pytest.raises(Refused, match="same_person"):
        twice.merging.merge("c2", "c1")
    with pytest.raises(Refused, match="no_customer"):
        twice.merging.merge("c1", "nobody")
    twice.merging.part(merge)
    with pytest.raises(Refused, match="no_merge"):
        twice.merging.part(merge)


def test_two_who_look_alike_are_offered_until_somebody_says_that_they_are_two(twice: Desk) -> None:
    (likeness,) = alike(twice, "c1")
    assert (likeness.other.id, [reason.kind for reason in likeness.reasons]) == ("c2", ["phone"])
    assert [(pair.one.id, pair.likeness.other.id) for pair in twice.merging.pairs()] == [("c1", "c2")]
    twice.merging.keep_apart("c2", "c1")
    assert not alike(twice, "c1")
    assert not twice.merging.pairs()
    twice.undo()
    assert len(alike(twice, "c2")) == 1


def test_merged_people_are_not_offered_and_parted_ones_are_known_to_be_two(twice: Desk) -> None:
    merge = merged(twice)
    assert not alike(twice, "c1")
    assert not twice.merging.pairs()
    assert [(step.id, person.id) for step, person in twice.merging.into("c1")] == [(merge, "c2")]
    twice.merging.part(merge)
    assert not alike(twice, "c1")
    assert not twice.merging.into("c1")


def test_every_table_that_names_a_customer_moves_with_them() -> None:
    naming = {kind for kind in RECORDS if "customer_id" in columns(kind)}
    assert naming == set(HOLDERS)


def test_a_page_of_somebody_who_was_merged_corrects_who_they_are_now(desk: Desk) -> None:
    for text in ("김민지", "Minji Kim 010-1234-5678"):
        _, also = desk.people.newcomer(text, Language.KO)
        desk.store.commit(Change("new", also), desk.stamp(), undoable=False)
    one, other = (str(row[0]) for row in desk.db.execute("SELECT id FROM customer ORDER BY id"))
    desk.merging.merge(one, other, set())
    desk.card.correct(other, Field.PHONE, "010-9999-8888")
    assert desk.card.present(one, Field.PHONE) == desk.card.present(other, Field.PHONE) == "010-9999-8888"
    assert [row[0] for row in desk.db.execute("SELECT value FROM identity")] == ["01099998888"]
