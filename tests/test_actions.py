import re
import string
from dataclasses import replace

import pytest

from cxdesk import i18n
from cxdesk.actions import ACTIONS, BY_ID, FEELINGS, Group, Situation, why_not
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Emotion, Language, Status
from cxdesk.hangul.keyboard import jamo_twin

TICKET = Ticket("t1", 1, Channel.PHONE, 0, 0, 0, customer_id="c1")
EVERYTHING = Situation(TICKET, waiting=1, lines=9, sayable=True, writing=True, findings=1)
KEYS = [(key, action.id) for action in ACTIONS for key in action.keys]


def test_every_action_has_its_own_id() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_no_key_means_two_things() -> None:
    keys = [key for key, _ in KEYS] + list(FEELINGS)
    assert len(keys) == len(set(keys))


def test_no_key_also_begins_a_sequence() -> None:
    begins = {key.split(" ")[0] for key, _ in KEYS if " " in key}
    assert not begins & {key for key, _ in KEYS}


@pytest.mark.parametrize(("key", "action"), KEYS)
def test_a_key_can_be_pressed_in_a_terminal_and_belongs_to_nobody_else(key: str, action: str) -> None:
    taken = {"ctrl+b", "ctrl+a", "ctrl+j", "ctrl+o", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+[", "ctrl+c", "ctrl+z"}
    assert key not in taken, "tmux, zellij, VS Code or the terminal itself take it"
    for part in key.split(" "):
        plain = len(part) == 1 and part in string.ascii_lowercase + string.digits + string.punctuation
        assert plain or re.fullmatch(r"(ctrl|shift|alt)\+\w+|f([1-9]|1[0-2])|[a-z]{2,}", part), part


def test_only_letters_with_a_shifted_jamo_could_mean_something_of_their_own_with_shift() -> None:
    capitals = {key for key, _ in KEYS if key in string.ascii_uppercase}
    assert all(jamo_twin(key) for key in capitals)


def test_what_is_vital_has_a_twin_that_no_input_method_keeps() -> None:
    for name in ("resolve", "hold", "reply", "note", "scripts", "promise", "memory", "search", "help", "send"):
        assert any(re.fullmatch(r"f\d+", key) for key in BY_ID[name].keys), name


@pytest.mark.parametrize("language", list(Language))
def test_every_action_has_a_label_and_a_line_of_help(language: Language) -> None:
    words = i18n.catalogue(language)
    for action in ACTIONS:
        assert words[f"action.{action.id}"]
        assert words[f"action.{action.id}.help"]
        assert f"group.{action.group}" in words
        if action.bar is not None:
            assert f"action.{action.id}.short" in words
    named = {key.split(".")[1] for key in words if key.startswith("action.")}
    assert named == set(BY_ID), "words for an action that is gone"


@pytest.mark.parametrize("language", list(Language))
def test_labels_tell_actions_apart_within_their_group(language: Language) -> None:
    for group in Group:
        labels = [i18n.t_in(language, f"action.{action.id}") for action in ACTIONS if action.group is group]
        assert len(labels) == len(set(labels)), group


def test_every_action_can_be_carried_out() -> None:
    from cxdesk.screens.acts import ACTS
    from cxdesk.screens.hints import key_name

    assert set(BY_ID) <= set(ACTS)
    assert all(key_name(action.keys) for action in ACTIONS if action.keys)


def test_feelings_are_the_emotions_in_their_order() -> None:
    assert [FEELINGS[f"alt+{number}"] for number in range(1, 7)] == list(range(len(Emotion)))
    assert set(FEELINGS.values()) == set(range(len(Emotion)))


# -- why not now


@pytest.mark.parametrize("action", list(BY_ID))
def test_with_everything_at_hand_everything_can_be_done(action: str) -> None:
    assert why_not(action, EVERYTHING) is None


@pytest.mark.parametrize("action", list(BY_ID))
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("known", [True, False])
def test_every_reason_has_words_in_both_languages(action: str, status: Status, known: bool) -> None:
    ticket = replace(TICKET, status=status, customer_id="c1" if known else None)
    for now in (Situation(), Situation(ticket), replace(EVERYTHING, ticket=ticket), replace(EVERYTHING, ticket=None)):
        if code := why_not(action, now):
            assert all(i18n.catalogue(language)[f"cannot.{code}"] for language in Language)


@pytest.mark.parametrize(
    ("action", "now", "why"),
    [
        ("next", Situation(), "nobody_waits"),
        ("reply", Situation(), "no_ticket"),
        ("remember", Situation(replace(TICKET, customer_id=None)), "no_customer"),
        ("left", Situation(replace(TICKET, status=Status.ACTIVE)), "is_active"),
        ("wait", Situation(replace(TICKET, status=Status.RESOLVED)), "is_resolved"),
        ("resolve", Situation(replace(TICKET, status=Status.ABANDONED)), "is_abandoned"),
        ("line", Situation(TICKET), "no_lines"),
        ("copy", Situation(TICKET), "nothing_to_say"),
        ("send", Situation(TICKET), "nothing_written"),
        ("undo", Situation(), None),
        ("no such action", Situation(), None),
    ],
)
def test_the_reason_is_the_one_an_agent_can_act_on(action: str, now: Situation, why: str | None) -> None:
    assert why_not(action, now) == why
