import pytest

from cxdesk.domain.care import SPELL, Care, break_due, hard, is_angry, spare
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Emotion

NOW = 1_790_000_000_000
RULES = Care(break_after=3, spread_after=2)


def ticket(emotion: Emotion | None = None, intensity: int = 0, heard: Emotion | None = None) -> Ticket:
    return Ticket("t", 1, Channel.PHONE, 0, 0, 0, emotion=emotion, intensity=intensity, heard=heard)


def ends(*minutes: int, abuse: bool = False) -> list[tuple[int, bool]]:
    return [(NOW - 60_000 * ago, abuse) for ago in minutes]


def test_anger_at_its_strongest_and_abuse_are_hard() -> None:
    assert hard(ticket(Emotion.ANGER, 3), abuse=False)
    assert hard(ticket(Emotion.NEUTRAL), abuse=True)
    assert not hard(ticket(Emotion.ANGER, 2), abuse=False)
    assert not hard(ticket(Emotion.ANXIETY, 3), abuse=False)


def test_the_agents_own_word_counts_before_what_was_heard() -> None:
    assert is_angry(ticket(heard=Emotion.ANGER))
    assert not is_angry(ticket(Emotion.NEUTRAL, heard=Emotion.ANGER))


def test_a_break_is_offered_after_several_hard_contacts() -> None:
    assert not break_due(ends(1, 2), NOW, RULES)
    assert break_due(ends(1, 2, 3), NOW, RULES)


def test_a_break_is_offered_at_once_after_abuse() -> None:
    assert break_due(ends(0, abuse=True), NOW, RULES)


@pytest.mark.parametrize("rule", [break_due, spare])
def test_what_is_long_past_weighs_no_more(rule: object) -> None:
    past = [(NOW - SPELL - n, True) for n in range(5)]
    assert not (break_due if rule is break_due else spare)(past, NOW, RULES)


def test_a_rule_of_nought_never_holds() -> None:
    never = Care(break_after=0, spread_after=0)
    assert not break_due(ends(1, 2, 3), NOW, never)
    assert not spare(ends(1, 2, 3), NOW, never)


def test_an_angry_customer_goes_to_a_colleague_after_two() -> None:
    assert not spare(ends(5), NOW, RULES)
    assert spare(ends(5, 9), NOW, RULES)
