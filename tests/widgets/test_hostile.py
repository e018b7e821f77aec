"""Hostile text is shown as text: in every panel, in every dialog, in what is said at the foot of the screen."""

from dataclasses import replace
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cxdesk.domain.changes import Change, insert
from cxdesk.domain.memory import Memory
from cxdesk.domain.records import (
    Agent,
    Customer,
    FollowUp,
    Identity,
    Message,
    Note,
    Preference,
    Purchase,
    Quote,
    Tag,
    Ticket,
)
from cxdesk.domain.segments import Rules
from cxdesk.domain.suggesting import Suggestion
from cxdesk.domain.views import QueueRow, Thread
from cxdesk.domain.words import Channel, Language, MessageKind, PurchaseState, Status
from cxdesk.storage import people
from cxdesk.widgets.conversation import event_text, thread_lines
from cxdesk.widgets.head import head_lines
from cxdesk.widgets.lines import Line, column, fit, wrap
from cxdesk.widgets.memory import memory_lines
from cxdesk.widgets.merging import side_by_side
from cxdesk.widgets.rows import queue_line
from cxdesk.widgets.scripts import script_lines
from tests.screens.hands import NOW, SEOUL, Hands, Shop, at_desk, open_shop
from tests.widgets.hostile import HOSTILE, hostile_text, is_inert


def _records(text: str) -> tuple[Ticket, Customer, tuple[Message, ...], tuple[Tag, ...]]:
    """A customer all of whose words are ``text``."""
    customer = Customer("c", text, Language.KO)
    ticket = Ticket("t", 1001, Channel.PHONE, NOW, NOW, NOW, "c", subject=text, assignee="a", status=Status.ACTIVE)
    messages = tuple(Message(str(i), "t", kind, text, NOW + i, "a") for i, kind in enumerate(MessageKind))
    return ticket, customer, messages, (Tag("g", "ticket", "t", text, NOW),)


def _memory(text: str, empty: Memory) -> Memory:
    return replace(
        empty,
        customer=Customer("c", text, Language.KO),
        identities=(Identity("i", "c", "phone", text, text), Identity("j", "c", "email", text, text)),
        purchases=(
            Purchase("p", "c", text, text, 1, "KRW", NOW, option=text, state=PurchaseState.SHIPPING),
            Purchase("q", "c", text, text, -1, text[:3] or "X", NOW, option=text),
        ),
        preferences=(Preference("f", "c", text, text, text, NOW),),
        notes=(Note("n", "c", text, NOW),),
        promises=(FollowUp("u", "c", "t", text, NOW + 1, NOW),),
        tags=(Tag("g", "customer", "c", text, NOW),),
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    with open_shop(tmp_path_factory.mktemp("hostile") / "desk") as shop:
        customer = shop.know("김민지")
        memory = people.memory(shop.store.db, customer.id, NOW, Rules())
        assert memory is not None
        return memory


def _panels(text: str, empty: Memory, width: int) -> dict[str, list[Line]]:
    """Every panel's lines for a customer all of whose words are ``text``."""
    ticket, customer, messages, tags = _records(text)
    promises = (FollowUp("u", "c", "t", text, NOW + 1, NOW),)
    quotes = (Quote("q", "t", "c", 1, 2, 3, text, 1, NOW, text),)
    thread = Thread(ticket, customer, messages, tags, promises, quotes, {"a": text})
    suggested = (Suggestion("goes_with", text, text),)
    return {
        "queue": [queue_line(QueueRow(ticket, text, text), None, NOW, width)],
        "head": head_lines(thread, None, NOW, SEOUL, width),
        "thread": thread_lines(thread, width, SEOUL, NOW),
        "memory": memory_lines(_memory(text, empty), text, NOW, SEOUL, width, suggested, 1),
        "merging": side_by_side(_memory(text, empty), empty, frozenset({"name"}), "name", NOW, width),
        "scripts": script_lines([SimpleNamespace(text=text, why=())], width),
    }


@settings(max_examples=250, deadline=None)
@given(text=hostile_text | st.sampled_from(HOSTILE), width=st.integers(1, 120))
def test_no_panel_fails_on_any_text_in_any_width(text: str, width: int, empty: Memory) -> None:
    for name, lines in _panels(text, empty, width).items():
        assert lines, name


async def test_what_is_painted_is_inert_and_as_wide_as_its_panel(shop: Shop, empty: Memory) -> None:
    """The strips of the real widget, for a few hundred texts; a terminal gets nothing else."""
    dice = Random(7)
    made = ["".join(dice.choices(HOSTILE[:19], k=dice.randint(1, 4))) for _ in range(200)]
    async with at_desk(shop) as hands:
        panel = hands.desk.memory
        width = panel.size.width
        for text in (*HOSTILE, *made):
            for name, lines in _panels(text, empty, width).items():
                for line in lines[:60]:
                    strip = panel.strip(line)
                    assert is_inert(strip.text), (name, strip.text)
                    assert strip.cell_length == width


async def test_every_screen_shows_hostile_records_inert(shop: Shop) -> None:
    """Rows that came into the file by another door than ours, seen on every screen that shows them."""
    agent = Agent("agent", HOSTILE[0] + "[/]" + HOSTILE[7])
    shop.store.commit(Change("x", (insert(agent),)), shop.desk.stamp(), undoable=False)
    shop.desk.agent = agent
    for i, text in enumerate(HOSTILE):
        ticket, customer, messages, tags = _records(text)
        owner, key = f"c{i}", f"t{i}"
        rows = [
            replace(customer, id=owner),
            replace(ticket, id=key, number=2000 + i, customer_id=owner, status=Status.WAITING, assignee=None),
            *(replace(message, id=f"m{i}{n}", ticket_id=key, agent_id="agent") for n, message in enumerate(messages)),
            *(replace(tag, id=f"g{i}", ent_id=key) for tag in tags),
            Note(f"n{i}", owner, text, NOW),
            Preference(f"f{i}", owner, text, text, text, NOW),
            Purchase(f"p{i}", owner, text[:50], text, 100, "KRW", NOW, option=text, external_id=str(i)),
            Identity(f"i{i}", owner, "phone", f"010{i}", text),
            FollowUp(f"u{i}", owner, key, text, NOW - 1, NOW, "agent"),
        ]
        shop.store.commit(Change("x", tuple(insert(row) for row in rows)), shop.desk.stamp(), undoable=False)
    async with at_desk(shop) as hands:
        _all_inert(hands)
        for i in range(len(HOSTILE)):
            hands.desk.open_ticket(f"t{i}")
            await hands.settle()
            _all_inert(hands)
        for keys in ("a", "gf", "/x", "c0", "o0", "?", "t", "f"):
            await hands.press(*keys)
            assert hands.on_top != "DeskScreen", keys
            _all_inert(hands)
            await hands.press("escape")
        for text in HOSTILE[:10]:
            hands.desk.say("did.tag", tag=text)
            await hands.settle()
            _all_inert(hands)
        hands.desk.scripts.border_title = "공감 문구"
        await hands.press("y", "w")
        _all_inert(hands)


def _all_inert(hands: Hands) -> None:
    for strip in hands.strips():
        assert is_inert(strip.text), strip.text
        assert strip.cell_length == hands.app.size.width
    assert not hands.app._exit


@settings(max_examples=400, deadline=None)
@given(text=hostile_text, width=st.integers(0, 60))
def test_a_column_is_exactly_as_wide_as_it_should_be(text: str, width: int) -> None:
    for right in (False, True):
        cell = column(text, width, right=right)
        assert cell_len(cell) == width
        assert is_inert(cell)
    assert (
        sum(cell_len(part) for part, _ in fit(((column(text, 40), "text"), (column(text, 9), "dim")), width)) <= width
    )


@settings(max_examples=300, deadline=None)
@given(text=hostile_text, width=st.integers(2, 60))
def test_wrapped_lines_fit_and_are_inert(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert is_inert(line)
        assert cell_len(line) <= width


@given(
    hostile_text | st.sampled_from(['{"code": 3}', '{"code": "held", "until": "x"}', "[]", "null", '{"code": "held"}'])
)
def test_an_event_nobody_knows_is_shown_and_never_fails(body: str) -> None:
    assert isinstance(event_text(body, body, SEOUL, NOW), str)
