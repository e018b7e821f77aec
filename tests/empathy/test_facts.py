from typing import Any

import pytest

from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.words import PurchaseState, Topic
from cxdesk.empathy.check import KNOWN
from cxdesk.empathy.facts import facts_of, purchase_about
from tests.empathy.records import bought, memory, prefers, promised, spoke, ticket
from tests.empathy.shipped import NOW

PAID, SHIPPING, DELIVERED, RETURNED, CANCELLED = PurchaseState
LABELS = {"topic.delivery": "배송", "topic.refund": "Refund", "purchase_state.shipping": "배송 중"}


def known(about: Any = None, on: Any = None, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "agent_name": "이서준",
        "shop_name": "달빛상회",
        "now": NOW,
        "wait": None,
        "commit": None,
    } | more
    return dict(facts_of(about, on or ticket(), label=lambda key: LABELS.get(key, key), **given))


def test_of_a_walk_in_only_the_desks_own_facts_are_known() -> None:
    assert known() == {
        "agent": {"name": "이서준"},
        "shop": {"name": "달빛상회"},
        "ticket": {"number": 1042, "topic": "배송"},
    }


def test_everything_that_is_known_is_there_under_the_names_lines_use() -> None:
    facts = known(
        memory(
            purchases=[bought("[무료배송] 울 니트 (그레이)", 9.5, SHIPPING, option="M", order_no="A-1")],
            contacts=[spoke(3, Topic.REFUND)],
            preferences=[prefers("사이즈", "M")],
        ),
        ticket(arrived_at=NOW - 40 * MINUTE, waiting_since=NOW - 40 * MINUTE, quoted_until=NOW - 12 * MINUTE),
        wait=(350, 500, 661),
        commit=promised("교환 상품 발송", 25),
    )
    assert facts == {
        "customer": {"name": "김민지"},
        "agent": {"name": "이서준"},
        "shop": {"name": "달빛상회"},
        "ticket": {"number": 1042, "minutes": 40, "topic": "배송"},
        "purchase": {
            "product": "울 니트",
            "option": "M",
            "order_no": "A-1",
            "ordered": NOW - int(9.5 * DAY),
            "days_ago": 9,
            "state": "배송 중",
        },
        "last_contact": {"when": NOW - 3 * DAY, "days_ago": 3, "topic": "refund"},
        "waited": {"minutes": 40, "over": 12},
        "wait": {"low": 5, "expected": 8, "high": 12},
        "commit": {"due": NOW + 25 * DAY // 24, "what": "교환 상품 발송"},
        "preference": {"사이즈": "M", "size": "M"},
    }
    for group, values in facts.items():
        names = KNOWN[group]
        assert names is None or set(values) <= names


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("김민지(선물)", "김민지"),
        ("김민지 님", "김민지"),
        ("김민지고객님", "김민지"),
        ("Kim Minji", "Kim Minji"),
        ("김*지", None),
        ("minji@example.com", None),
        ("010-1234-5678", None),
        ("NULL", None),
        ("비회원", None),
        ("", None),
        ("***", None),
    ],
)
def test_a_name_is_used_only_when_it_can_be_said(raw: str, said: str | None) -> None:
    assert known(memory(raw)).get("customer") == ({"name": said} if said else None)


def test_the_wait_ended_when_the_ticket_was_taken() -> None:
    facts = known(
        on=ticket(waiting_since=NOW - 60 * MINUTE, taken_at=NOW - 50 * MINUTE, quoted_until=NOW - 55 * MINUTE)
    )
    assert facts["waited"] == {"minutes": 10, "over": 5}
    in_time = known(on=ticket(waiting_since=NOW - 60 * MINUTE, taken_at=NOW - 50 * MINUTE, quoted_until=NOW))
    assert in_time["waited"] == {"minutes": 10}


def test_a_promise_whose_time_is_past_is_not_promised_again() -> None:
    assert "commit" not in known(commit=promised("발송", -1))
    assert known(commit=promised("가" * 41, 1))["commit"].keys() == {"due"}


def test_the_contact_going_on_now_is_not_the_last_one() -> None:
    assert "last_contact" not in known(memory(contacts=[spoke(0, ticket_id="t1")]))


def test_an_unsorted_topic_and_an_unknown_label_say_nothing() -> None:
    assert "topic" not in known(on=ticket(Topic.OTHER))["ticket"]
    assert "topic" not in known(on=ticket(Topic.STAFF))["ticket"]


def test_a_product_name_too_long_to_say_is_left_out_and_the_rest_stays() -> None:
    facts = known(memory(purchases=[bought("아주 " * 20 + "긴 이름", 3, SHIPPING)]))
    assert "product" not in facts["purchase"]
    assert facts["purchase"]["days_ago"] == 3


KNIT, OLD_KNIT = bought("울 니트", 8, SHIPPING), bought("면 니트", 12, SHIPPING)
SHIRT, NEW_SHIRT = bought("린넨 셔츠", 30), bought("면 셔츠", 2)
SOCKS = bought("양말", 1, PAID)
SENT_BACK = bought("모자", 20, RETURNED)
GIFT = bought("목도리", 10, gift=True)


@pytest.mark.parametrize(
    ("topic", "purchases", "expected"),
    [
        (Topic.DELIVERY, [SOCKS, KNIT, OLD_KNIT, SHIRT], OLD_KNIT),
        (Topic.DELIVERY, [SOCKS, SHIRT], SOCKS),
        (Topic.DELIVERY, [SHIRT], None),
        (Topic.DELIVERY, [NEW_SHIRT, SHIRT], NEW_SHIRT),
        (Topic.DEFECT, [SOCKS, KNIT, SENT_BACK, SHIRT], SHIRT),
        (Topic.DEFECT, [SOCKS, KNIT], None),
        (Topic.REFUND, [SOCKS, SENT_BACK, SHIRT], SHIRT),
        (Topic.REFUND, [SOCKS, SENT_BACK], SENT_BACK),
        (Topic.REFUND, [SOCKS], SOCKS),
        (Topic.PAYMENT, [SOCKS, SHIRT], SOCKS),
        (Topic.PRODUCT, [NEW_SHIRT, SOCKS, GIFT, SENT_BACK, SHIRT], SHIRT),
        (Topic.OTHER, [GIFT, KNIT], None),
        (Topic.PRAISE, [bought("오래된 셔츠", 300)], None),
        (Topic.DELIVERY, [bought("오래된 니트", 90, SHIPPING)], None),
        (Topic.DEFECT, [bought("셔츠", 3, quantity=-1)], None),
    ],
)
def test_the_purchase_a_topic_is_about(topic: Topic, purchases: list[Any], expected: Any) -> None:
    assert purchase_about(purchases, topic, NOW) == expected


def test_a_line_of_the_past_fits_the_mocked_desk() -> None:
    assert known(memory(purchases=[SHIRT, KNIT]), ticket(Topic.DELIVERY))["purchase"]["product"] == "울 니트"
    assert known(memory(purchases=[SHIRT, KNIT]), ticket(Topic.PRODUCT))["purchase"]["product"] == "린넨 셔츠"
