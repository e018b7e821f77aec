"""The customers to practise with, as they are shipped, and files that are broken."""

from collections import Counter
from pathlib import Path

import pytest

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.practice.scenarios import Scenario, read_scenarios

PRACTICE = Path(__file__).parents[3] / "config" / "practice"
SAID = ("opening", "unheard", "unasked", "reveals", "unoffered", "untimed", "unpromised", "content")


def shipped(lang: Language) -> tuple[Scenario, ...]:
    files = ((path.name, path.read_text("utf-8")) for path in sorted((PRACTICE / lang).glob("*.toml")))
    scenarios, problems = read_scenarios(files, lang)
    assert problems == ()
    return scenarios


ALL = [(lang, scenario) for lang in Language for scenario in shipped(lang)]


@pytest.mark.parametrize("lang", Language)
def test_there_are_thirty_customers_of_every_temper_and_most_topics(lang: Language) -> None:
    scenarios = shipped(lang)
    assert len(scenarios) >= 30
    assert {scenario.temper for scenario in scenarios} == set(Emotion)
    assert len({scenario.topic for scenario in scenarios}) >= len(Topic) - 1
    assert Counter(scenario.temper for scenario in scenarios)[Emotion.ANGER] >= 5


@pytest.mark.parametrize("lang", Language)
def test_nobody_says_the_same_as_somebody_else(lang: Language) -> None:
    said = Counter(getattr(scenario, field) for scenario in shipped(lang) for field in SAID)
    assert [text for text, n in said.items() if n > 1] == []
    assert len({scenario.name for scenario in shipped(lang)}) == len(shipped(lang))


@pytest.mark.parametrize(("lang", "scenario"), ALL, ids=lambda value: getattr(value, "id", ""))
def test_every_customer_speaks_their_own_language_and_keeps_the_need_to_themselves(
    lang: Language, scenario: Scenario
) -> None:
    hangul = any("가" <= char <= "힣" for field in SAID for char in getattr(scenario, field))
    assert hangul == (lang is Language.KO)
    assert scenario.reveals not in scenario.opening


ENTRY = "\n".join(
    ["[[scenario]]", 'temper = "anger"', 'topic = "delivery"']
    + [f'{field} = "x"' for field in ("id", "title", "name", "history", "need", *SAID)]
)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('temper = "anger"', 'temper = "rage"', "unknown_word"),
        ('need = "x"', "", "missing_field"),
        ('need = "x"', "need = 3", "bad_type"),
        ('need = "x"', 'need = " "', "empty"),
        ('need = "x"', f'need = "{"x" * 500}"', "too_long"),
        ('need = "x"', 'need = "x"\nmood = "x"', "unknown_field"),
        ('need = "x"', 'need = "x', "syntax"),
    ],
)
def test_a_broken_entry_names_file_line_and_reason_and_costs_only_itself(old: str, new: str, code: str) -> None:
    other = ENTRY.replace('id = "x"', 'id = "y"')
    text = f"# mine\n{ENTRY.replace(old, new)}\n\n{other}"
    scenarios, problems = read_scenarios([("ko/mine.toml", text)], Language.KO)
    assert [scenario.id for scenario in scenarios] == ["y"]
    assert [(problem.file, problem.code) for problem in problems] == [("ko/mine.toml", code)]
    assert 2 <= problems[0].row <= 9


def test_a_shops_own_customer_takes_the_place_of_a_shipped_one() -> None:
    own = ENTRY.replace('title = "x"', 'title = "mine"')
    scenarios, _ = read_scenarios([("a", ENTRY), ("b", own)], Language.KO)
    assert [scenario.title for scenario in scenarios] == ["mine"]
