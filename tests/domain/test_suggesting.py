from dataclasses import replace

import pytest

from cxdesk.domain.evidence import Rules
from cxdesk.domain.memory import Contact
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Purchase
from cxdesk.domain.suggesting import Together, bought_lately, suggest
from cxdesk.domain.words import Channel, Emotion, PurchaseState, Status, Topic

NOW = 1_790_000_000_000
RULES = Rules()
TEA, CUPS = "첫물 녹차", "찻잔 두 개 세트"
PAIR = Together(TEA, CUPS, 12, 40, 30, 500)


def bought(product: str, *days_ago: float) -> list[Purchase]:
    return [
        Purchase(f"{product}{ago}", "c1", f"o{ago}", product, 28_000, "KRW", NOW - int(ago * DAY)) for ago in days_ago
    ]


def contact(days_ago: int, **fields: object) -> Contact:
    made = Contact(
        "t1", 1042, NOW - days_ago * DAY, Channel.PHONE, Topic.DEFECT, Status.RESOLVED, Emotion.ANGER, 2, None
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def kinds(*suggestions: object) -> list[str]:
    return [getattr(one, "kind", "") for one in suggestions]


def test_without_evidence_it_is_quiet() -> None:
    assert suggest((), (), (), frozenset(), NOW, RULES) == ()
    assert suggest(bought(TEA, 3), (), (), frozenset(), NOW, RULES) == ()


def test_what_is_bought_again_and_again_is_due_when_its_own_interval_is_about_over() -> None:
    (due,) = suggest(bought(TEA, 30, 62, 92), (), (), frozenset(), NOW, RULES)
    assert (due.kind, due.product, due.usual, due.since, due.n) == ("reorder", TEA, 30, 30, 3)


@pytest.mark.parametrize("last", [1, 20, 60, 300])
def test_it_is_not_due_too_early_nor_long_after_the_habit_has_ended(last: int) -> None:
    assert suggest(bought(TEA, last, last + 30, last + 60), (), (), frozenset(), NOW, RULES) == ()


def test_two_orders_are_no_habit_and_two_lines_of_a_day_are_one() -> None:
    assert suggest(bought(TEA, 30, 60), (), (), frozenset(), NOW, RULES) == ()
    assert suggest(bought(TEA, 30, 30.001, 60), (), (), frozenset(), NOW, RULES) == ()


@pytest.mark.parametrize(
    "spoilt", [{"gift": True}, {"state": PurchaseState.RETURNED}, {"state": PurchaseState.CANCELLED}, {"quantity": -1}]
)
def test_a_gift_or_what_came_back_is_no_habit(spoilt: dict[str, object]) -> None:
    first, *rest = bought(TEA, 30, 60, 90)
    assert suggest([replace(first, **spoilt), *rest], (), (), frozenset(), NOW, RULES) == ()  # type: ignore[arg-type]


def test_what_others_took_along_is_mentioned_with_its_figures() -> None:
    (with_tea,) = suggest(bought(TEA, 3), (), (PAIR,), frozenset(), NOW, RULES)
    assert (with_tea.kind, with_tea.product, with_tea.other) == ("goes_with", TEA, CUPS)
    assert (with_tea.n, with_tea.of, with_tea.lift) == (12, 40, 5.0)


def test_what_the_customer_has_or_chance_would_do_is_not_mentioned() -> None:
    assert suggest([*bought(TEA, 3), *bought(CUPS, 400)], (), (PAIR,), frozenset(), NOW, RULES) == ()
    rare, likely = replace(PAIR, together=4), replace(PAIR, other_orders=200)
    assert suggest(bought(TEA, 3), (), (rare, likely), frozenset(), NOW, RULES) == ()


def test_only_what_was_bought_lately_is_complemented() -> None:
    assert bought_lately([*bought(TEA, 3, 10), *bought(CUPS, 61)], NOW) == (TEA,)


def test_a_sore_contact_that_ended_without_cheer_is_asked_after() -> None:
    (ask,) = suggest((), (contact(5),), (), frozenset(), NOW, RULES)
    assert (ask.kind, ask.number, ask.topic, ask.since) == ("ask", 1042, Topic.DEFECT, 5)


@pytest.mark.parametrize(
    "last",
    [
        contact(1),
        contact(31),
        contact(5, topic=Topic.PRAISE),
        contact(5, emotion=None),
        contact(5, feeling_after=Emotion.GRATITUDE),
        contact(5, status=Status.PENDING),
    ],
)
def test_a_contact_that_is_fresh_old_easy_happy_or_open_is_not(last: Contact) -> None:
    assert suggest((), (last,), (), frozenset(), NOW, RULES) == ()


def test_who_wants_no_offers_is_still_asked_how_it_was_and_who_wants_no_contact_is_left_in_peace() -> None:
    history, contacts = bought(TEA, 30, 60, 90), (contact(5),)
    assert kinds(*suggest(history, contacts, (PAIR,), frozenset({"marketing"}), NOW, RULES)) == ["ask"]
    assert suggest(history, contacts, (PAIR,), frozenset({"marketing", "contact"}), NOW, RULES) == ()


def test_there_are_never_more_than_a_person_would_say() -> None:
    history = bought(TEA, 30, 60, 90)
    everything = suggest(history, (contact(5),), (PAIR,), frozenset(), NOW, replace(RULES, most=9))
    assert kinds(*everything) == ["ask", "reorder", "goes_with"]
    assert kinds(*suggest(history, (contact(5),), (PAIR,), frozenset(), NOW, RULES)) == ["ask", "reorder"]
