from dataclasses import replace

import pytest

from cxdesk.domain.outcomes import FEW, Contact, Tally, tallied, went_well
from cxdesk.domain.words import Emotion

ANGER, CALM, GLAD = Emotion.ANGER, Emotion.NEUTRAL, Emotion.GRATITUDE


@pytest.mark.parametrize(
    ("contact", "verdict"),
    [
        (Contact("a"), None),
        (Contact("a", (("csat", 5),)), True),
        (Contact("a", (("csat", 1),)), False),
        (Contact("a", (("csat", 3),)), None),
        (Contact("a", (("nps", 9),)), True),
        (Contact("a", (("nps", 7),)), None),
        (Contact("a", (("nps", 6),)), False),
        (Contact("a", (("ces", 5),)), True),
        (Contact("a", (("csat", 5), ("csat", 2))), False),
        (Contact("a", (("stars", 1),)), None),
        (Contact("a", before=ANGER, after=CALM), True),
        (Contact("a", before=ANGER, after=ANGER), False),
        (Contact("a", before=CALM, after=ANGER), False),
        (Contact("a", before=CALM, after=GLAD), True),
        (Contact("a", before=CALM, after=CALM), None),
        (Contact("a", before=None, after=CALM), None),
        (Contact("a", again=True), False),
        (Contact("a", again=False), True),
        (Contact("a", (("csat", 5),), ANGER, ANGER, True), True),
        (Contact("a", (("csat", 3),), ANGER, CALM, True), True),
        (Contact("a", (), CALM, CALM, True), False),
    ],
)
def test_an_answer_outranks_the_feeling_at_the_end_which_outranks_a_second_contact(
    contact: Contact, verdict: bool | None
) -> None:
    assert went_well(contact) is verdict


def test_contacts_are_counted_by_line() -> None:
    good = Contact("a", again=False)
    assert tallied([good, replace(good, again=True), replace(good, again=None), Contact("b")]) == {
        "a": Tally(said=3, known=2, good=1),
        "b": Tally(said=1),
    }


def test_below_five_outcomes_there_are_too_few_to_say() -> None:
    assert Tally(9, FEW - 1, FEW - 1).share is None
    assert Tally(9, FEW, 4).share == 0.8
