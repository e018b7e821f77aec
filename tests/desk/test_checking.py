"""What the reply check knows of a ticket, and of a line of ``cxdesk check``."""

from pathlib import Path
from typing import Any

import pytest

from cxdesk.desk.checking import BadContext, Rulebook, known_from, known_of
from cxdesk.desk.look import look
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.records import Purchase
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Language, PromiseState, PurchaseState, Topic
from cxdesk.empathy.reply.findings import FindingId
from cxdesk.empathy.reply.known import Known
from tests.screens.hands import NOW, SEOUL, Shop, open_shop


def known(shop: Shop, ticket_id: str, phrases: Phrases | None = None) -> Known:
    found = look(shop.desk, phrases, ticket_id)
    assert found is not None
    return known_of(shop.desk, found, phrases)


def test_everything_the_desk_knows_of_a_ticket_is_known_to_the_check(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        minji = shop.know("김민지 010-1234-5678")
        bought = Purchase(
            "p1", minji.id, "2026-7", "린넨 셔츠", 39_000, "KRW", NOW - 3 * DAY, state=PurchaseState.SHIPPING
        )
        shop.store.commit(Change("buy", (insert(bought),)), shop.desk.stamp())
        ticket = shop.arrive(minji, "언제 와요?")
        made, _ = shop.desk.promises.make("내일 오후 3시 전화", ticket.id)
        found = known(shop, ticket.id, Phrases(SEOUL))
    assert (found.name, found.phone, found.order_no, found.product) == (
        "김민지",
        "010-1234-5678",
        "2026-7",
        "린넨 셔츠",
    )
    assert found.said == "언제 와요?"
    assert found.promises == (made.due_at,)
    assert "②" in found.options
    assert found.acknowledge
    assert found.lang is Language.KO


def test_a_promise_that_was_kept_is_no_time_to_give(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        ticket = shop.arrive("김민지")
        made, _ = shop.desk.promises.make("내일 오후 3시 전화", ticket.id)
        shop.desk.promises.settle(made, PromiseState.KEPT)
        assert known(shop, ticket.id).promises == ()


def test_of_somebody_unknown_nothing_is_known(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        found = known(shop, shop.arrive().id)
    assert (found.name, found.phone, found.order_no, found.options, found.promises) == ("", "", "", "", ())
    assert found.wait is None


def test_a_wait_is_known_while_the_customer_waits_and_not_afterwards(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        ticket = shop.arrive("김민지")
        waits: Any = shop.desk.waits.outlook.waits
        waits[ticket.id] = Estimate(300, 900, 2_000, "ok")
        assert known(shop, ticket.id).wait == "15~40분"
        shop.desk.take([ticket.id])
        assert known(shop, ticket.id).wait is None


def test_a_wait_nobody_can_tell_is_not_known(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        ticket = shop.arrive("김민지")
        waits: Any = shop.desk.waits.outlook.waits
        waits[ticket.id] = Estimate(0, 0, 0, "no_agents")
        assert known(shop, ticket.id).high_minutes is None


def test_a_name_that_cannot_be_said_is_not_used(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        assert known(shop, shop.arrive("김*지").id).name == ""


def test_a_shops_own_words_stand_over_the_shipped_ones_and_its_mistakes_are_named(tmp_path: Path) -> None:
    own = tmp_path / "ko.toml"
    own.write_text(
        '[[rule]]\nfinding = "jargon"\nwords = ["쪽배"]\nbetter = ["작은 배"]\n\n'
        '[[rule]]\nfinding = "jargon"\nwords = 3\n'
    )
    book = Rulebook(tmp_path)
    (found,) = book.checker(Known(Language.KO, NOW, SEOUL)).check("쪽배를 보냈어요.")
    assert (found.id, found.better) == (FindingId.JARGON, "작은 배")
    assert [(problem.file, problem.row, problem.code) for problem in book.problems] == [(str(own), 6, "bad_type")]
    assert book.checker(Known(Language.KO, NOW, SEOUL)).check("익일 발송됩니다.")


def test_a_context_is_read_with_the_shops_own_time() -> None:
    found = known_from(
        {
            "customer": {"name": "김민지 님", "phone": "010-1234-5678"},
            "order_no": "A-1",
            "high_minutes": 40,
            "promises": ["2026-11-22T15:00", "2026-11-22T06:00:00Z"],
        },
        Language.KO,
        NOW,
        SEOUL,
    )
    assert found.name == "김민지"
    assert found.promises[0] == found.promises[1] == NOW + DAY + 57 * MINUTE
    assert found.wait == "40분"


def test_lines_for_a_context_come_from_the_library() -> None:
    context = {"customer": {"name": "김민지"}, "topic": str(Topic.DELIVERY), "emotion": "anger"}
    found = known_from(context, Language.KO, NOW, SEOUL, Phrases(SEOUL))
    assert "②" in found.options
    assert found.acknowledge
    assert known_from({}, Language.EN, NOW, SEOUL, Phrases(SEOUL)).acknowledge


@pytest.mark.parametrize(
    ("context", "field"),
    [
        ({"customer": "김민지"}, "customer"),
        ({"customer": {"name": 3}}, "name"),
        ({"order_no": []}, "order_no"),
        ({"high_minutes": "40"}, "high_minutes"),
        ({"high_minutes": True}, "high_minutes"),
        ({"low_minutes": -1}, "low_minutes"),
        ({"high_minutes": float("nan")}, "high_minutes"),
        ({"promises": "2026-11-22"}, "promises"),
        ({"promises": ["tomorrow"]}, "promises"),
        ({"promises": [5]}, "promises"),
        ({"topic": "weather"}, "topic"),
        ({"emotion": ["anger"]}, "emotion"),
    ],
)
def test_a_context_that_cannot_be_read_names_the_field(context: dict[str, object], field: str) -> None:
    with pytest.raises(BadContext, match=field):
        known_from(context, Language.KO, NOW, SEOUL, Phrases(SEOUL))
