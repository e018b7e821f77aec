import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.moments import from_iso
from cxdesk.domain.words import PromiseState, PurchaseState, Status, Topic
from cxdesk.empathy.kinds import Kind, kind_of
from cxdesk.empathy.remember import sayable
from tests.empathy.records import bought, memory, prefers, promised, spoke
from tests.empathy.shipped import NOW, SEOUL

PAID, SHIPPING, DELIVERED, RETURNED, CANCELLED = PurchaseState


def ko(name: str = "김민지", first_at: int | None = None, **records: Any) -> str | None:
    return sayable(memory(name, first_at, **records), NOW, SEOUL, "ko")


def en(**records: Any) -> str | None:
    return sayable(memory("Emma Brown", **records), NOW, SEOUL, "en")


def test_no_record_no_sentence() -> None:
    assert ko() is None
    assert en() is None


@pytest.mark.parametrize(
    ("product", "ko_says", "en_says"),
    [
        ("린넨 셔츠", "린넨 셔츠는 (?:잘 맞으셨어요|마음에 드셨어요)", None),
        ("제주 감귤 5kg", "감귤 5kg은 (?:입에 맞으셨어요|맛있게 드셨어요)", None),
        ("무선 청소기", "무선 청소기는 (?:잘 쓰고 계세요|써 보시니 어떠세요)", None),
        ("강아지 옷", "강아지 옷은 (?:어떠셨어요|괜찮으셨어요)", None),
        ("linen shirt", None, "linen shirt (?:fit well|turn out)"),
        ("orange juice", None, "(?:enjoy|like) the orange juice"),
        ("desk lamp", None, "the desk lamp"),
        ("cat tree", None, "(?:How did|Did) the cat tree"),
    ],
)
def test_a_purchase_is_asked_after_as_what_it_is(product: str, ko_says: str | None, en_says: str | None) -> None:
    for number in range(6):  # whichever variant its id brings
        purchases = [bought(product, 20, id=f"p{number}")]
        if ko_says:
            assert re.search(ko_says, ko(purchases=purchases) or "")
        if en_says:
            assert re.search(en_says, en(purchases=purchases) or "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("린넨 셔츠 M", Kind.WEAR),
        ("셔츠 다리미", Kind.USE),
        ("신발 끈", Kind.USE),
        ("스니커즈(화이트)", Kind.WEAR),
        ("사진 액자", Kind.USE),
        ("원두 200g", Kind.EAT),
        ("커피 머신", Kind.USE),
        ("와인잔 세트", Kind.USE),
        ("고양이 간식", Kind.OTHER),
        ("아동 원피스", Kind.OTHER),
        ("사과 선물세트", Kind.OTHER),
        ("Wool sweater", Kind.WEAR),
        ("Suitcase", Kind.USE),
        ("Apple charger", Kind.USE),
        ("orange scarf", Kind.USE),
        ("coffee grinder", Kind.USE),
        ("dark chocolate", Kind.EAT),
        ("", Kind.USE),
    ],
)
def test_what_sort_of_thing_a_product_is(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "purchase",
    [
        bought("린넨 셔츠", 20, gift=True),
        bought("린넨 셔츠", 20, RETURNED),
        bought("린넨 셔츠", 20, CANCELLED),
        bought("린넨 셔츠", 20, SHIPPING),
        bought("린넨 셔츠", 2, PAID),
        bought("린넨 셔츠", 201),
        bought("린넨 셔츠", -1),
        bought("린넨 셔츠", 20, quantity=-1, amount=-39_000),
        bought("가" * 31, 20),
    ],
)
def test_gifts_returns_parcels_under_way_and_old_things_are_not_mentioned(purchase: Any) -> None:
    assert ko(purchases=[purchase]) is None
    assert en(purchases=[purchase]) is None


def test_what_was_sent_back_as_a_line_of_its_own_is_not_asked_after() -> None:
    shirt = bought("린넨 셔츠", 20, order_no="A-1")
    back = bought("린넨 셔츠", 10, order_no="A-1", quantity=-1, amount=-39_000)
    assert ko(purchases=[shirt, back]) is None


def test_the_parcel_under_way_is_passed_over_for_the_one_in_use() -> None:
    purchases = [bought("울 니트", 8, SHIPPING), bought("린넨 셔츠", 40)]
    assert "린넨 셔츠는" in (ko(purchases=purchases) or "")


@pytest.mark.parametrize("purchase", [bought("린넨 셔츠", 3), bought("린넨 셔츠", 9, PAID)])
def test_what_has_just_come_or_may_have_come_is_only_asked_whether_it_came(purchase: Any) -> None:
    assert re.search("잘 받으셨어요|받아 보시니", ko(purchases=[purchase]) or "")
    assert re.search("reach you|get to you", en(purchases=[purchase]) or "")


def test_what_was_bought_before_something_broke_is_not_asked_after() -> None:
    purchases = [bought("린넨 셔츠", 40)]
    said = ko(purchases=purchases, contacts=[spoke(10, Topic.DEFECT)])
    assert re.search("지난번 상품 이상 건, 그 뒤로", said or "")
    assert ko(purchases=purchases, contacts=[spoke(35, Topic.DEFECT)]) is None
    assert ko(purchases=[bought("울 니트", 20), *purchases], contacts=[spoke(35, Topic.DEFECT)]) is not None


def test_an_open_promise_comes_before_everything() -> None:
    everything: dict[str, Any] = {
        "promises": [promised("교환 상품 발송", 25)],
        "contacts": [spoke(3, status=Status.PENDING)],
        "purchases": [bought("린넨 셔츠", 20)],
        "preferences": [prefers("사이즈", "M")],
    }
    assert "교환 상품 발송" in (ko(**everything) or "")
    assert "내일 오후 3:03까지" in (ko(**everything) or "")
    assert "tomorrow 3:03 pm" in (en(**everything) or "")
    order = ["promises", "contacts", "purchases", "preferences"]
    seen = []
    for _ in order:
        seen.append(ko(**everything))
        del everything[order[len(seen) - 1]]
    assert re.search("배송 건", seen[1] or "")
    assert "린넨 셔츠" in (seen[2] or "")
    assert "사이즈는" in (seen[3] or "")
    assert "‘M’으로" in (seen[3] or "")


def test_a_promise_past_due_is_owned_and_a_kept_one_is_not_mentioned() -> None:
    late = promised("확인 전화", -3)
    assert re.search("시간을 넘겼습니다|못 지켜", ko(promises=[late]) or "")
    assert re.search("late|haven't kept", en(promises=[late]) or "")
    assert ko(promises=[promised("확인 전화", 3, state=PromiseState.KEPT)]) is None


@pytest.mark.parametrize("what", ["환불 39,000원 입금", "₩39,000 입금", "refund $30", "", "가" * 41, "생일 11/21 선물"])
def test_a_promise_with_money_or_a_date_in_it_is_kept_in_mind_unnamed(what: str) -> None:
    said = ko(promises=[promised(what, 3)])
    assert said is not None
    assert not what or what not in said
    assert "39,000" not in said


@pytest.mark.parametrize(
    ("contact", "says"),
    [
        (spoke(0.01, status=Status.ABANDONED), "받지 못했지요|돌아서셨지요"),
        (spoke(2, status=Status.PENDING), "마무리해 드리지 못했지요|답을 다 못 드렸습니다"),
        (spoke(1, status=Status.WAITING), "마무리해 드리지 못했지요|답을 다 못 드렸습니다"),
    ],
)
def test_a_contact_that_came_to_no_end_is_taken_up(contact: Any, says: str) -> None:
    assert re.search(says, ko(contacts=[contact]) or "")
    assert en(contacts=[contact]) is not None


@pytest.mark.parametrize(
    "contact", [spoke(0.1, status=Status.WAITING), spoke(2), spoke(61, status=Status.PENDING), spoke(31, Topic.REFUND)]
)
def test_a_contact_going_on_now_or_long_done_is_not(contact: Any) -> None:
    assert ko(contacts=[contact]) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("생일", "봄"), ("birthday", "spring"), ("예산", "넉넉"), ("연락", "010-1234-5678"), ("적립금", "3,000원"),
     ("사이즈", ""), ("메모", "가" * 40), ("알레르기", "땅콩"), ("기념일", "11월 21일"), ("주문", "2026-11")],
)  # fmt: skip
def test_private_preferences_are_never_said_aloud(key: str, value: str) -> None:
    assert ko(preferences=[prefers(key, value)]) is None
    assert en(preferences=[prefers(key, value)]) is None


def test_a_very_old_preference_is_not_brought_up() -> None:
    assert ko(preferences=[prefers("사이즈", "M", 800)]) is None


def test_in_the_week_of_the_first_order_the_years_are_thanked() -> None:
    assert "3년" in (ko(first_at=from_iso("2023-11-19T10:00:00+09:00")) or "")
    assert ko(first_at=from_iso("2023-11-10T10:00:00+09:00")) is None
    assert ko(first_at=from_iso("2026-11-21T10:00:00+09:00")) is None
    leap = from_iso("2027-03-01T10:00:00+09:00")
    said = sayable(memory(first_at=from_iso("2024-02-29T10:00:00+09:00")), leap, SEOUL, "en")
    assert "3 years" in (said or "")


def test_the_same_records_give_the_same_sentence_and_other_records_other_words() -> None:
    said = {ko(purchases=[bought("린넨 셔츠", 20, id=f"p{number}")]) for number in range(12)}
    assert len(said) == 2
    assert ko(purchases=[bought("린넨 셔츠", 20)]) == ko(purchases=[bought("린넨 셔츠", 20)])


words = st.text(max_size=20) | st.sampled_from(
    ["{name}", "{0.__class__}", "\x1b[2J", "{{ x }}", "[/]", "%s", "\x9b", "‘’"]
)


@given(words, words, words)
def test_whatever_the_records_hold_the_sentence_is_one_inert_line(product: str, what: str, value: str) -> None:
    for lang in ("ko", "en"):
        for records in (
            {"purchases": [bought(product, 20)]},
            {"promises": [promised(what, 3)]},
            {"preferences": [prefers("사이즈", value)]},
        ):
            said = sayable(memory(**records), NOW, SEOUL, lang)
            assert said is None or not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in said)


@given(st.integers(-500, 500), st.sampled_from(PurchaseState), st.booleans(), st.integers(-2, 3))
def test_nothing_is_said_of_a_gift_a_return_or_an_amount(
    days: int, state: PurchaseState, gift: bool, quantity: int
) -> None:
    said = ko(purchases=[bought("린넨 셔츠", days, state, gift=gift, quantity=quantity, amount=1_284_000)])
    if gift or quantity <= 0 or state in (RETURNED, CANCELLED, SHIPPING):
        assert said is None
    assert said is None or ("284" not in said and 0 <= days <= 200)
