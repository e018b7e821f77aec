"""What every shipped line must be. A line that breaks one of these rules is named in the failure."""

import re
from itertools import product

import pytest

from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.blanks import unfilled
from cxdesk.empathy.check import check_library
from cxdesk.empathy.lines import Form, Line, Situation
from tests.empathy.shipped import EVERYTHING, NAME_ONLY, NOW, RENDERERS, SCRIPTS, shipped

LIBRARY, PROBLEMS = shipped()
KO = [line for line in LIBRARY if line.lang is Language.KO]
EN = [line for line in LIBRARY if line.lang is Language.EN]
LONGEST = {Language.KO: 140, Language.EN: 220}


def said(line: Line, facts: object = None) -> str | None:
    known = EVERYTHING[line.lang] if facts is None else facts
    return RENDERERS[line.lang].fill(line, known, NOW)  # type: ignore[arg-type]


def fillable(lines: list[Line], facts: dict[str, dict[str, object]]) -> int:
    return sum(said(line, facts) is not None for line in lines)


def guilty(lines: list[Line], pattern: str) -> list[str]:
    found = re.compile(pattern, re.IGNORECASE)
    return [f"{line.id}: {line.text}" for line in lines if found.search(line.text)]


HIDING_KO = (
    "규정|정책|시스템상|전산상|최대한 빨리|빠른 시일|조만간|잠시만|양해|불가|회사 방침|원칙상|고객님 (?:실수|잘못|탓)"
)
HIDING_EN = (
    r"polic|\basap\b|as soon as possible|shortly|unfortunately|understand your frustration|rest assured|kindly\b"
    r"|inconvenience|valued customer|bear with|per our|\byou (?:failed|forgot|should have)|your (?:fault|mistake)"
)
GOODS = "상품|주문|택배|상자|배송|환불|결제|물건|포장|송장|금액|입금"
HONOURED_GOODS = (
    "나오시|나오셨"
    rf"|(?:{GOODS})(?:이|가|은|는)? ?(?:\w+ )?(?:들어오|도착하|출발하|품절이|있으)(?:시|십|셨|세)"
    rf"|(?:{GOODS})(?:이|가|은|는)? ?계(?:시|십|셨|세)"
)
GUESSED_PARTICLE = (
    r"(?:\}\}|\?\})(?:(?:은|는|이|가|을|를|과|와|으로|로|아|야|이랑|랑|이나|나|이라|라|이에요|예요)(?![가-힣])"
    r"|이나|이라|으로|이에요|예요|이랑|은데|이고|이며)"
)
BARE_NAME = r"customer\.name \}\}(?! 고객님)|customer\.name \|"


def test_the_rules_catch_what_they_are_for() -> None:
    for pattern, bad in (
        (HIDING_KO, "규정상 어렵습니다"),
        (HIDING_KO, "최대한 빨리 처리하겠습니다"),
        (HIDING_EN, "As per our policy"),
        (HIDING_EN, "I'll reply ASAP"),
        (HONOURED_GOODS, "주문하신 커피 나오셨습니다"),
        (HONOURED_GOODS, "주문이 들어오셨습니다"),
        (HONOURED_GOODS, "상품은 품절이십니다"),
        (HONOURED_GOODS, "상품이 창고에 있으십니다"),
        (GUESSED_PARTICLE, "{{ purchase.product }}은 오늘"),
        (GUESSED_PARTICLE, "{{ purchase.product }}이 왔습니다"),
        (GUESSED_PARTICLE, "{? 상품 ?}를 보내"),
        (GUESSED_PARTICLE, "{? 방법 ?}예요."),
        (BARE_NAME, "{{ customer.name }}님"),
        (BARE_NAME, "{{ customer.name | 님 }}"),
    ):
        assert guilty([Line("bad", Stage.GREET, bad)], pattern), bad
    for pattern, good in (
        (HONOURED_GOODS, "주문하신 상품이 내일 도착합니다"),
        (HONOURED_GOODS, "매장에 계시면 제가 가겠습니다"),
        (GUESSED_PARTICLE, "{{ agent.name }}입니다. {? 시각 ?}까지"),
        (GUESSED_PARTICLE, "{{ customer.name }} 고객님은"),
    ):
        assert not guilty([Line("good", Stage.GREET, good)], pattern), good


def test_every_file_is_read_without_a_problem() -> None:
    assert PROBLEMS == ()
    assert {f"{path.parent.name}/{path.stem}" for path in SCRIPTS.glob("*/*.toml")} == {
        f"{lang}/{stage}" for lang, stage in product(Language, Stage)
    }


def test_every_template_parses_and_asks_only_for_facts_and_filters_that_exist() -> None:
    assert check_library(LIBRARY) == ()


def test_every_line_can_be_said_when_everything_is_known() -> None:
    assert [line.id for line in LIBRARY if said(line) is None] == []


def test_no_template_is_left_in_what_is_said() -> None:
    for line in LIBRARY:
        assert all(blank.label for blank in unfilled(said(line) or "")), line.id


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(("lang", "stage", "emotion"), list(product(Language, Stage, Emotion)))
def test_every_stage_and_emotion_has_three_lines_without_rare_facts(
    lang: Language, stage: Stage, emotion: Emotion, form: Form
) -> None:
    named = [
        line
        for line in LIBRARY.at(lang, stage)
        if line.emotions == {emotion}
        and not line.topics
        and not line.segments
        and line.when is None
        and line.form in (None, form)
    ]
    assert fillable(named, NAME_ONLY[lang]) >= 3
    assert fillable(named, {}) >= 2


@pytest.mark.parametrize(("lang", "stage", "form"), list(product(Language, Stage, Form)))
def test_when_nothing_is_known_not_even_the_feeling_three_lines_remain(
    lang: Language, stage: Stage, form: Form
) -> None:
    safe = [
        line
        for line in LIBRARY.at(lang, stage)
        if not (line.emotions or line.topics or line.segments or line.when) and line.form in (None, form)
    ]
    assert fillable(safe, {}) >= 3


@pytest.mark.parametrize("stage", [Stage.ACKNOWLEDGE, Stage.OPTIONS, Stage.COMMIT])
@pytest.mark.parametrize(("lang", "topic"), list(product(Language, Topic)))
def test_every_topic_has_two_lines_that_suit_anyone(lang: Language, topic: Topic, stage: Stage) -> None:
    about = [line for line in LIBRARY.at(lang, stage) if topic in line.topics and not line.emotions]
    assert fillable(about, NAME_ONLY[lang]) >= 2


@pytest.mark.parametrize(("lang", "segment"), list(product(Language, Segment)))
def test_every_segment_is_greeted_in_two_ways_that_suit_anyone_and_one_that_suits_the_hurt(
    lang: Language, segment: Segment
) -> None:
    greetings = [line for line in LIBRARY.at(lang, Stage.GREET) if segment in line.segments]
    assert sum(not line.emotions for line in greetings) >= 2
    assert any(Emotion.ANGER in line.emotions for line in greetings)


@pytest.mark.parametrize("lang", Language)
def test_each_situation_has_its_lines(lang: Language) -> None:
    waited = [line for line in LIBRARY.at(lang, Stage.GREET) if line.when is Situation.WAITED_LONGER]
    assert fillable(waited, {}) >= 1
    assert fillable(waited, NAME_ONLY[lang]) >= 2
    assert fillable(list(LIBRARY.during(lang, Situation.ABUSE)), {}) >= 3
    assert {line.stage for line in LIBRARY.during(lang, Situation.CRISIS)} == set(Stage)


@pytest.mark.parametrize("lang", Language)
def test_every_stage_has_words_for_the_ear_and_for_the_eye(lang: Language) -> None:
    for stage in Stage:
        assert {line.form for line in LIBRARY.at(lang, stage)} == {None, Form.SPEAK, Form.WRITE}


@pytest.mark.parametrize("lang", Language)
def test_a_contact_closes_with_a_tip_for_what_was_bought_whatever_it_was_about(lang: Language) -> None:
    tips = [line for line in LIBRARY.at(lang, Stage.CLOSE) if ".care." in line.id]
    assert all("purchase.product" in line.text for line in tips)
    for emotion in (Emotion.NEUTRAL, Emotion.GRATITUDE, Emotion.CONFUSION, Emotion.ANXIETY):
        assert any(emotion in line.emotions and not line.topics for line in tips)


@pytest.mark.parametrize("lang", Language)
def test_ending_an_abusive_call_names_the_law_and_keeps_the_matter(lang: Language) -> None:
    ending = [line.text for line in LIBRARY.at(lang, Stage.CLOSE) if line.when is Situation.ABUSE]
    assert any(re.search("산업안전보건법|the law protects", text) for text in ending)
    assert sum(bool(re.search("살펴보|남겨|닫지 않|looked into|stays open|dealt with", text)) for text in ending) >= 4


@pytest.mark.parametrize("lang", Language)
def test_a_refusal_comes_with_two_choices_in_several_wordings(lang: Language) -> None:
    assert sum(".no." in line.id for line in LIBRARY.at(lang, Stage.OPTIONS)) >= 4


@pytest.mark.parametrize("lang", Language)
def test_the_library_is_large_and_both_languages_are_equal(lang: Language) -> None:
    assert sum(line.lang is lang for line in LIBRARY) >= 250
    assert abs(len(KO) - len(EN)) <= 5


def test_ids_say_language_and_stage_and_no_text_is_written_twice() -> None:
    assert [line.id for line in LIBRARY if not line.id.startswith(f"{line.lang}.{line.stage}.")] == []
    assert len({line.text for line in LIBRARY}) == len(LIBRARY)


def test_lines_can_be_read_at_a_glance() -> None:
    assert [line.id for line in LIBRARY if len(said(line) or "") > LONGEST[line.lang]] == []


def test_korean_lines_hide_behind_nothing_and_stall_nobody() -> None:
    assert guilty(KO, HIDING_KO) == []


def test_english_lines_hide_behind_nothing_and_stall_nobody() -> None:
    assert guilty(EN, HIDING_EN) == []


def test_no_apology_stands_alone() -> None:
    bare = re.compile(r"(?:죄송|송구|미안|sorry)", re.IGNORECASE)
    for line in LIBRARY:
        if bare.search(line.text):
            words = re.sub(r"\{\{.*?\}\}", "", line.text)
            assert len(words) > 25, line.id


def test_goods_are_not_honoured() -> None:
    assert guilty(KO, HONOURED_GOODS) == []


def test_a_particle_after_a_fact_or_a_blank_is_never_guessed() -> None:
    assert guilty(KO, GUESSED_PARTICLE) == []


def test_a_korean_line_calls_nobody_by_the_bare_name() -> None:
    assert guilty(KO, BARE_NAME) == []


def test_an_english_line_uses_the_first_name() -> None:
    assert guilty(EN, r"customer\.name \}\}") == []
    assert guilty(EN, "고객|josa") == []


@pytest.mark.parametrize("line", LIBRARY.at("ko", Stage.OPTIONS), ids=lambda line: line.id)
def test_korean_options_are_two_each_with_something_to_weigh(line: Line) -> None:
    # Nobody reads a number in a circle aloud.
    marks = ("하나는", "다른 하나는") if line.form is Form.SPEAK else ("①", "②")
    assert all(mark in line.text for mark in marks)
    assert len(re.findall(r"\{\?|\{\{ (?!customer|agent|shop)", line.text)) >= 2


@pytest.mark.parametrize("line", LIBRARY.at("en", Stage.OPTIONS), ids=lambda line: line.id)
def test_english_options_are_two_each_with_something_to_weigh(line: Line) -> None:
    assert re.search(r"\bor\b", line.text)
    assert len(re.findall(r"\{\?|\{\{ (?!customer|agent|shop)", line.text)) >= 2


def test_a_promise_has_a_time() -> None:
    timed = re.compile(r"commit\.due \| when|\{\?[^?]*(?:시각|시간|날짜|때|언제|\btime|\bdate|\bwhen)[^?]*\?\}")
    assert [line.id for line in LIBRARY if line.stage is Stage.COMMIT and not timed.search(line.text)] == []


def test_no_clock_time_is_written_into_a_line() -> None:
    assert guilty(list(LIBRARY), r"\d+ ?(?:시|분|일|시간) |\b\d+ ?(?:am|pm|minutes?|hours?|days?)\b") == []


def test_a_line_for_anyone_is_not_glad() -> None:
    anyone = [line for line in LIBRARY if not line.emotions]
    assert guilty(anyone, "기쁩|기뻐|기쁘|반갑|다행|축하|설레|신나|행복|정말 좋") == []
    assert guilty(anyone, r"\bglad\b|delight|wonderful|lovely|great news|pleased|happy to|congrat|!") == []


def test_a_line_for_the_angry_is_not_glad_either() -> None:
    angry = [line for line in LIBRARY if Emotion.ANGER in line.emotions]
    assert guilty(angry, "기쁩|기뻐|반갑|다행|축하|좋은 하루") == []
    assert guilty(angry, r"\bglad\b|delight|wonderful|lovely|good to|have a (?:nice|great|lovely)") == []


def test_only_grateful_or_calm_people_get_grateful_lines() -> None:
    glad = [line for line in LIBRARY if Emotion.GRATITUDE in line.emotions]
    allowed = {Emotion.GRATITUDE, Emotion.NEUTRAL}
    assert [line.id for line in glad if not line.emotions <= allowed] == []
