import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import DAY, MINUTE, from_iso
from cxdesk.domain.words import Language, Stage
from cxdesk.empathy.lines import Line
from tests.empathy.shipped import EVERYTHING, NOW, RENDERERS, shipped

KO, EN = Language.KO, Language.EN
NAMED = {"customer": {"name": "김민지"}}


def say(text: str, facts: Any = NAMED, lang: Language = KO) -> str | None:
    return RENDERERS[lang].fill(Line("x", Stage.GREET, text, lang=lang), facts, NOW)


def test_facts_take_their_place_and_blanks_stay_for_the_agent() -> None:
    assert say("{{ customer.name }} 고객님, {? 시각 ?}까지") == "김민지 고객님, {? 시각 ?}까지"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"customer": {}},
        {"customer": {"name": ""}},
        {"customer": {"name": "  "}},
        {"customer": {"name": None}},
        {"customer": {"name": "\u200b"}},
    ],
)
@pytest.mark.parametrize(
    "text", ["{{ customer.name }}", "{{ customer.name | josa: '은/는' }}", "{{ customer.name | first }}"]
)
def test_a_line_is_not_offered_when_its_fact_is_missing_or_empty(text: str, facts: Any) -> None:
    assert say(text, facts) is None


@pytest.mark.parametrize(
    "text",
    [
        "{{ purchase.size }}",
        "{{ purchase.first }}",
        "{{ now }}",
        "{{ today }}",
        "{{ purchase }}",
        "{{ purchase | josa: '은/는' }}",
        "{{ customer.name.size }}",
        "{{ customer['__class__'] }}",
        "{{ purchase[0] }}",
    ],
)
def test_liquids_own_variables_are_not_facts(text: str) -> None:
    assert say(text, EVERYTHING[KO]) is None


def test_a_condition_on_a_missing_fact_is_simply_false() -> None:
    text = "{% if purchase.option %}{{ purchase.option }} {% else %}기본 {% endif %}상품"
    assert say(text, {"purchase": {"option": "M"}}) == "M 상품"
    assert say(text, {}) == "기본 상품"
    assert say("{% assign x = customer.name %}{% unless purchase %}{{ x }}{% endunless %}") == "김민지"


@pytest.mark.parametrize(
    ("text", "facts", "ko", "en"),
    [
        ("{{ p.x | josa: '이/가' }}", {"p": {"x": "린넨 셔츠"}}, "린넨 셔츠가", "린넨 셔츠가"),
        ("{{ p.x | josa: '으로/로' }}", {"p": {"x": "M"}}, "M으로", "M으로"),
        ("{{ p.x | 님 }}", {"p": {"x": "김민지"}}, "김민지 님", "김민지 님"),
        ("{{ p.x | 님 }}", {"p": {"x": "김민지 님"}}, "김민지 님", "김민지 님"),
        ("{{ p.x | first }}", {"p": {"x": "Emma Brown"}}, "Emma", "Emma"),
        ("{{ p.x | when }}", {"p": {"x": from_iso("2026-11-22T15:00:00+09:00")}}, "내일 오후 3시", "tomorrow 3 pm"),
        ("{{ p.x | ago }}", {"p": {"x": NOW - 3 * DAY}}, "3일 전", "3 days ago"),
        ("{{ p.x | ago }}", {"p": {"x": NOW - 20 * MINUTE}}, "20분 전", "20 minutes ago"),
        ("{{ p.x | days }}", {"p": {"x": 7}}, "일주일", "a week"),
        ("{{ p.x | weeks }}", {"p": {"x": 16}}, "2주", "two weeks"),
        ("{{ p.x | duration }}", {"p": {"x": 80}}, "1시간 20분", "an hour and 20 minutes"),
        ("{{ p | range }}", {"p": {"low": 6, "high": 11}}, "6~11분", "6–11 minutes"),
        ("{{ p.x | over: 3 | days }}", {"p": {"x": 4}}, "나흘", "four days"),
    ],
)
def test_filters_say_it_as_a_person_would(text: str, facts: Any, ko: str, en: str) -> None:
    assert say(text, facts, KO) == ko
    assert say(text, facts, EN) == en


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("{{ p.x | over: 3 | days }}", {"p": {"x": 3}}),
        ("{{ p.x | days }}", {"p": {"x": 0}}),
        ("{{ p.x | weeks }}", {"p": {"x": 6}}),
        ("{{ p.x | when }}", {"p": {"x": "내일"}}),
        ("{{ p | range }}", {"p": {"low": 6}}),
        ("{{ p.x | range }}", {"p": {"x": 6}}),
        ("{{ p.x | josa: '뭐/뭐' }}", {"p": {"x": "셔츠"}}),
        ("{{ p.x | josa }}", {"p": {"x": "셔츠"}}),
        ("{{ p.x | nothing }}", {"p": {"x": "셔츠"}}),
        ("{{ p.x", {"p": {"x": "셔츠"}}),
        ("{% for x in p %}{{ x }}{% endfor %}", {"p": {"x": "셔츠"}}),
    ],
)
def test_what_cannot_be_said_is_not_offered(text: str, facts: Any) -> None:
    assert say(text, facts) is None


HOSTILE = st.sampled_from(
    ["{{ shop.name }}", "{% raw %}", "{%", "}}", "{? 시각 ?}", "\x1b[2J", "\x9b31m", "\x00", "[/]",
     "[@click=app.quit]x[/]", "<b>&amp;", "{{ 'a' | upcase }}", "\u202e", "\r\n", "김민지"]
)  # fmt: skip
VALUES = st.lists(st.one_of(HOSTILE, st.text(max_size=20)), min_size=1, max_size=6).map("".join)


@given(VALUES)
def test_a_hostile_name_comes_out_as_the_letters_it_is(name: str) -> None:
    facts = {"customer": {"name": name}, "shop": {"name": "비밀"}}
    said = say("[{{ customer.name }}] 고객님", facts)
    shown = inert_line(name)
    assert said == (f"[{shown}] 고객님" if shown else None)
    assert said is None or not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in said)


@settings(max_examples=25)
@given(VALUES, VALUES)
def test_every_shipped_line_stays_inert_with_hostile_facts(name: str, thing: str) -> None:
    library, _ = shipped()
    for lang in Language:
        known = EVERYTHING[lang]
        facts = known | {
            "customer": {"name": name},
            "purchase": known["purchase"] | {"product": thing, "order_no": thing},
            "commit": known["commit"] | {"what": thing},
        }
        fill = RENDERERS[lang].filler(facts, NOW)
        for line in library.at(lang, Stage.COMMIT) + library.at(lang, Stage.LISTEN):
            said = fill(line)
            assert said is None or ("\x1b" not in said and "\x9b" not in said and "\x00" not in said)


def test_a_line_costs_well_under_a_tenth_of_a_millisecond_after_the_first_time() -> None:
    library, _ = shipped()
    fill = RENDERERS[KO].filler(EVERYTHING[KO], NOW)
    lines = [line for line in library if line.lang is KO]
    best = 1.0
    for _ in range(4):
        start = time.perf_counter()
        for line in lines:
            fill(line)
        best = min(best, (time.perf_counter() - start) / len(lines))
    assert best < 100e-6
