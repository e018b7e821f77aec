import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import Channel, MessageKind, Stage, Status
from cxdesk.empathy.flow import next_stage

STAGES = list(Stage)


def ticket(stage: Stage, status: Status = Status.ACTIVE) -> Ticket:
    return Ticket("t", 1, Channel.PHONE, 0, 0, 0, status=status, stage=stage)


def talk(*words: str) -> list[Message]:
    """``?`` is the customer; a stage is a line of that stage; anything else a reply in the agent's own words."""
    kinds = [MessageKind.CUSTOMER if word == "?" else MessageKind.REPLY for word in words]
    lines = [word if word in STAGES else None for word in words]
    return [Message(str(n), "t", kinds[n], "…", n, None, lines[n]) for n in range(len(words))]


def suggested(stage: Stage, *words: str, promised: bool = False) -> Stage | None:
    return next_stage(ticket(stage), talk(*words), lambda line: Stage(line), promised=promised)


def test_who_has_said_what_is_wrong_is_acknowledged_first() -> None:
    assert suggested(Stage.GREET, "?") is Stage.ACKNOWLEDGE


def test_each_line_said_leads_to_the_next_stage() -> None:
    assert suggested(Stage.ACKNOWLEDGE, "?", "acknowledge") is Stage.OPTIONS
    assert suggested(Stage.OPTIONS, "?", "acknowledge", "options") is Stage.COMMIT
    assert suggested(Stage.COMMIT, "?", "options", "?", "commit") is Stage.CLOSE


def test_a_customer_who_chooses_among_options_does_not_lead_back() -> None:
    assert suggested(Stage.COMMIT, "?", "acknowledge", "options", "?") is None


def test_who_speaks_again_once_it_was_settled_is_acknowledged_again() -> None:
    assert suggested(Stage.CLOSE, "?", "commit", "?") is Stage.ACKNOWLEDGE


def test_a_promise_leads_to_the_close() -> None:
    assert suggested(Stage.OPTIONS, "?", "acknowledge", promised=True) is Stage.CLOSE


def test_words_of_ones_own_lead_nowhere() -> None:
    assert suggested(Stage.ACKNOWLEDGE, "?", "in my own words") is None


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_nothing_is_suggested_for_a_contact_that_is_not_in_hand(status: Status) -> None:
    assert next_stage(ticket(Stage.GREET, status), talk("?"), lambda _: None, promised=False) is None


@given(st.sampled_from(STAGES), st.lists(st.sampled_from(["?", "own words", *STAGES])), st.booleans())
def test_it_never_suggests_to_stay(stage: Stage, words: list[str], promised: bool) -> None:
    assert suggested(stage, *words, promised=promised) is not stage
