import pytest

from cxdesk.domain.consents import CONTACT, MARKETING, forbidden, stands_against, stricter
from cxdesk.domain.records import Consent


def said(purpose: str, at: int, *, allowed: bool, key: str = "") -> Consent:
    return Consent(key or f"{purpose}{at}{allowed}", "c1", purpose, allowed, at, "contact")


def test_nobody_has_to_allow_anything_first() -> None:
    assert forbidden(()) == frozenset()


def test_the_latest_word_holds_and_of_two_at_once_the_no() -> None:
    assert forbidden((said(MARKETING, 1, allowed=False), said(MARKETING, 2, allowed=True))) == frozenset()
    assert forbidden((said(MARKETING, 2, allowed=True), said(MARKETING, 2, allowed=False))) == {MARKETING}


def test_no_contact_means_no_marketing_either() -> None:
    assert forbidden((said(CONTACT, 1, allowed=False),)) == {CONTACT, MARKETING}


@pytest.mark.parametrize(
    ("text", "against_offers", "against_all"),
    [
        ("내일 오후 3시 전화", None, CONTACT),
        ("내일 오후 3시 할인 쿠폰 문자", MARKETING, CONTACT),
        ("금요일 신상품 안내", MARKETING, CONTACT),
        ("tomorrow 3 pm send the promo code", MARKETING, CONTACT),
        ("tomorrow 3 pm call about the wholesale order", None, CONTACT),
    ],
)
def test_what_a_promise_is_for_decides_whether_it_may_be_made(
    text: str, against_offers: str | None, against_all: str | None
) -> None:
    assert stands_against(text, frozenset()) is None
    assert stands_against(text, frozenset({MARKETING})) == against_offers
    assert stands_against(text, frozenset({MARKETING, CONTACT})) == against_all


def test_a_merge_says_no_again_only_where_the_two_together_would_have_said_yes() -> None:
    no, yes = said(MARKETING, 1, allowed=False), said(MARKETING, 2, allowed=True)
    assert stricter((yes,), (no,)) == {MARKETING: False}
    assert stricter((no,), (yes,)) == {MARKETING: False}
    assert stricter((no,), ()) == stricter((yes,), ()) == {}
