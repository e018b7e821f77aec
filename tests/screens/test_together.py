"""The shared queue on the screen. The thread that speaks to a server is left out; ``terminal`` has the whole of it."""

import json
from unittest.mock import patch

import pytest

from cxdesk.desk import Refused
from cxdesk.desk.syncing import Syncing
from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.together import OtherDesk
from cxdesk.protocol.ops import Op
from cxdesk.storage import sync_inbox
from tests.screens.hands import Hands, Shop, at_desk

MEMBER = {"url": "https://desk.example.com", "server": "s1", "epoch": "e1", "device": "here", "shop_name": "숲속 가게"}


@pytest.fixture(autouse=True)
def joined(shop: Shop) -> None:
    for name, value in MEMBER.items():
        shop.store.remember(f"sync.{name}", value)


def differ(shop: Shop, customer: Customer, loser: str) -> Conflict:
    """Somebody at another desk wrote another name at about the same time."""
    now = shop.clock()
    conflict = Conflict(
        *(shop.desk.mint(), "customer", customer.id, "name"),
        *("op1", "here", now),
        *("op2", "there", now - 60_000),
        now,
        "open",
        winner=json.dumps(customer.name),
        loser=json.dumps(loser),
    )
    shop.store.commit(Change("sync", (insert(conflict),)), shop.desk.stamp(), undoable=False)
    return conflict


def refuse(shop: Shop, ticket: Ticket, problem: str = "claimed", k: str = "claim", **f: object) -> None:
    op = Op("op9", 9, shop.clock() << 16, "ticket", ticket.id, k, agent="a1", f=f)
    with shop.store.transaction() as db:
        sync_inbox.refused(db, op, problem, shop.clock())


async def looking(hands: Hands) -> None:
    await hands.press("g", "s")


async def with_others(shop: Shop) -> Customer:
    customer = shop.know("김민지 010-1234-5678")
    shop.arrive(customer)
    return customer


async def test_the_value_of_another_desk_is_taken_and_given_back_by_undo(shop: Shop) -> None:
    customer = await with_others(shop)
    differ(shop, customer, "김민지 (민지네)")
    with patch.object(Syncing, "start"):
        async with at_desk(shop) as hands:
            await looking(hands)
            assert "김민지  ↔  김민지 (민지네)" in hands.dialog
            await hands.press("enter")
            assert "지금 쓰이는 값" in hands.dialog
            await hands.press("b", "escape")
            assert shop.desk.read.customer(customer.id).name == "김민지 (민지네)"  # type: ignore[union-attr]
            assert not shop.desk.syncing.conflicts()
            await hands.press("z")
            assert shop.desk.read.customer(customer.id).name == "김민지"  # type: ignore[union-attr]
            assert len(shop.desk.syncing.conflicts()) == 1


@pytest.mark.parametrize(("key", "text", "stands"), [("ㅁ", "", "김민지"), ("n", "김민지 대표", "김민지 대표")])
async def test_what_stands_is_kept_or_a_third_value_written(shop: Shop, key: str, text: str, stands: str) -> None:
    customer = await with_others(shop)
    differ(shop, customer, "민지")
    with patch.object(Syncing, "start"):
        async with at_desk(shop) as hands:
            await looking(hands)
            await hands.press("enter", key)
            if text:
                await hands.type(text)
                await hands.press("enter")
            assert shop.desk.read.customer(customer.id).name == stands  # type: ignore[union-attr]
            assert "다르게 적은 것도, 받아지지 않은 것도 없습니다" in hands.dialog


async def test_a_number_that_is_chosen_is_kept_in_both_its_forms(shop: Shop) -> None:
    customer = shop.know("김민지 010-1234-5678")
    [(key,)] = shop.store.db.execute("SELECT id FROM identity").fetchall()
    now = shop.clock()
    conflict = Conflict(
        *(shop.desk.mint(), "identity", key, "value"),
        *("op1", "here", now),
        *("op2", "there", now),
        now,
        "open",
        winner='"01012345678"',
        loser='"01099998888"',
    )
    shop.store.commit(Change("sync", (insert(conflict),)), shop.desk.stamp(), undoable=False)
    shop.desk.syncing.resolve(conflict.id, "loser")
    assert shop.store.db.execute("SELECT value, shown FROM identity").fetchall() == [("01099998888", "010-9999-8888")]
    assert [hit.customer for hit in shop.desk.read.find("8888").hits] == [customer]


async def test_a_refused_claim_says_why_and_opens_its_ticket(shop: Shop) -> None:
    await with_others(shop)
    ticket = shop.arrive("박서준")
    refuse(shop, ticket, status="active")
    with patch.object(Syncing, "start"):
        async with at_desk(shop) as hands:
            await looking(hands)
            assert "박서준 · 받기" in hands.dialog
            assert "동료가 먼저 받아서" in hands.dialog
            await hands.press("enter")
            assert hands.open_ticket is not None
            assert hands.open_ticket.id == ticket.id
            await hands.press("g", "s", "e")
            assert shop.desk.syncing.attention_count() == 0


async def test_the_words_of_what_was_refused_are_there_to_be_copied(shop: Shop) -> None:
    ticket = shop.arrive("박서준")
    refuse(shop, ticket, "not-allowed", "set", subject="[/] 환불 문의 [@click=app.bell]")
    with patch.object(Syncing, "start"), patch("cxdesk.screens.clipboard.local_tool", lambda environ: None):
        async with at_desk(shop) as hands:
            await looking(hands)
            assert "“[/] 환불 문의 [@click=app.bell]”" in hands.dialog
            await hands.press("y")
            assert "터미널에 복사를 부탁했습니다" in hands.dialog


async def test_who_belongs_to_nobody_is_told_how_to_connect_and_leaving_asks_first(shop: Shop) -> None:
    with patch.object(Syncing, "start"):
        async with at_desk(shop) as hands:
            await looking(hands)
            assert "x 혼자 쓰기" in hands.dialog
            await hands.press("x", "1", "escape")
            assert shop.store.recall("sync.server") == "s1"
            await hands.press("g", "s", "x", "2")
            assert shop.store.recall("sync.server") is None
            assert hands.notice == "이제 이 책상 혼자 씁니다."
            await looking(hands)
            assert "c 를 누르면" in hands.dialog
            await hands.press("c")
            await hands.type("http://desk.example.com")
            await hands.press("enter")
            await hands.type("ABCDE-FGHJK")
            await hands.press("enter", "enter")
            if "암호" in hands.text:
                await hands.type("긴 암호")
                await hands.press("enter")
            assert "https 주소만 쓸 수 있습니다" in hands.dialog
            assert shop.store.recall("sync.server") is None


async def test_a_lost_desk_is_shut_out_after_asking_and_why_it_could_not_be_is_said(shop: Shop) -> None:
    desks = [OtherDesk("here", "계산대", "active", shop.clock(), "s"), OtherDesk("lost", "창고", "active", None, "s")]
    out: list[str] = []

    def shut_out(syncing: Syncing, device: str) -> None:
        if out:
            raise Refused("not_connected", why="서버에 닿지 않습니다.")
        out.append(device)

    with (
        patch.object(Syncing, "start"),
        patch.object(Syncing, "desks", lambda syncing: desks),
        patch.object(Syncing, "shut_out", shut_out),
    ):
        async with at_desk(shop) as hands:
            await hands.press("g", "s", "d")
            assert "계산대" in hands.dialog
            assert "아직 이어진 적 없음" in hands.dialog
            await hands.press("j", "x", "1")
            assert not out
            await hands.press("x", "2")
            assert out == ["lost"]
            assert "창고를 내보냈습니다" in hands.dialog
            await hands.press("x", "2")
            assert "서버에 닿지 않습니다" in hands.dialog
