"""Word lists as an owner may write them, broken ones too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.check import NOW, SEOUL
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.checker import Checker
from cxdesk.empathy.reply.findings import FindingId
from cxdesk.empathy.reply.known import Known
from cxdesk.empathy.reply.patterns import BadPhrase, any_of, source_of
from cxdesk.empathy.reply.rules import CUES, PLACES, read_rules
from tests.empathy.reply.conftest import shipped_rules

RULE = '[[rule]]\nfinding = "jargon"\nwords = ["_익일"]\nbetter = ["다음 날"]\n'


def found(phrase: str, text: str, lang: Language = Language.KO) -> bool:
    return any_of((phrase,), lang).search(text) is not None


def test_the_shipped_lists_are_read_without_a_problem() -> None:
    assert shipped_rules().problems == ()


@pytest.mark.parametrize("lang", Language)
def test_every_list_that_is_asked_for_is_there(lang: Language) -> None:
    korean_only = {"goods", "not_goods", "noun", "not_noun"}
    assert set(shipped_rules().rules(lang).cues) >= (CUES if lang is Language.KO else CUES - korean_only)


def test_spacing_is_optional_in_korean_and_words_are_whole_in_english() -> None:
    assert found("최대한 빨리", "최대한빨리 할게요")
    assert found("soon", "very soon.", Language.EN)
    assert not found("soon", "sooner", Language.EN)
    assert not found("_곧_", "곧바로 했어요")


def test_alternatives_endings_gaps_and_the_beginning() -> None:
    assert found("(사용|보관)을 잘못*", "보관을 잘못하셨네요")
    assert found("얼마나 …셨", "얼마나 오래 기다리셨어요")
    assert not found("얼마나 …셨", "얼마나요? 기다리셨어요")
    assert found("^안녕", "  안녕하세요")
    assert not found("^안녕", "네, 안녕하세요")
    assert found("can't", "we can’t", Language.EN)


@pytest.mark.parametrize("phrase", ["", "  ", "(a|b", "a)", "*", "^_", "()"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        source_of(phrase, Language.KO)


@given(st.text(max_size=40), st.sampled_from(Language))
def test_whatever_is_written_becomes_a_pattern_or_is_refused(phrase: str, lang: Language) -> None:
    try:
        source = source_of(phrase, lang)
    except BadPhrase:
        return
    re.compile(source)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('[[rule]]\nfinding = "rude"\nwords = ["x"]\n', "unknown_word"),
        ('[[rule]]\nfinding = "jargon"\n', "missing_field"),
        ('[[rule]]\nfinding = "jargon"\nwords = "x"\n', "bad_type"),
        ('[[rule]]\nfinding = "jargon"\nwords = ["(x"]\n', "bad_phrase"),
        ('[[rule]]\nfinding = "jargon"\nwords = ["x"]\nbeter = ["y"]\n', "unknown_field"),
        ('[[rule]]\nfinding = "jargon"\nwords = ["x"]\nbetter = ["{shoe_size}"]\n', "unknown_word"),
        ('[[rule]]\nfinding = "jargon"\nwords = ["x"]\nneeds = "mood"\n', "unknown_word"),
        ('[[rule]]\nfinding = "jargon"\nwords = ["x"]\nwhole = 1\n', "bad_type"),
        ('[[cue]]\ncue = "smiles"\nwords = ["x"]\n', "unknown_word"),
        ('[[rule]]\nfinding = "jargon\nwords = ["x"]\n', "syntax"),
        ("[words]\nx = 1\n", "unknown_field"),
    ],
)
def test_a_broken_entry_names_file_line_and_reason_and_costs_only_itself(entry: str, code: str) -> None:
    rules, problems = read_rules([("check/ko.toml", f"# mine\n\n{RULE}\n{entry}\n{RULE}")], Language.KO)
    assert [(problem.file, problem.code) for problem in problems] == [("check/ko.toml", code)]
    assert problems[0].row in (8, 9)
    assert len(rules.rules[FindingId.JARGON]) == 2


def test_a_later_file_adds_rules_and_replaces_a_list() -> None:
    cue = '[[cue]]\ncue = "apology"\nwords = ["{}"]\n'
    files = [("a", RULE + cue.format("죄송")), ("b", RULE.replace("익일", "명일") + cue.format("미안"))]
    rules, problems = read_rules(files, Language.KO)
    assert problems == ()
    assert len(rules.rules[FindingId.JARGON]) == 2
    assert rules.cue("apology").search("미안")
    assert not rules.cue("apology").search("죄송")


def test_without_any_list_the_check_still_finds_blanks_and_shouting() -> None:
    rules, _ = read_rules([], Language.KO)
    findings = Checker(rules, Known(Language.KO, NOW, SEOUL)).check("규정상 안 됩니다!! {? 이유 ?}")
    assert [finding.id for finding in findings] == [FindingId.UNFILLED, FindingId.SHOUTING]


def test_every_place_a_rewording_may_ask_for_can_be_known() -> None:
    known = Known(Language.KO, NOW, SEOUL, "김민지", "010-1234-5678", "A-1", "셔츠", "", 10, 20, (NOW + 60_000,))
    assert set(known.values()) | {"said"} == PLACES
