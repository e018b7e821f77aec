import pytest

from cxdesk.domain.words import Language
from cxdesk.empathy.hearing.cues import Cues, Meaning, read_cues
from cxdesk.empathy.hearing.reading import read
from cxdesk.settings import shipped


def heard(cues: Cues, text: str) -> list[tuple[str, str]]:
    return [(found.means.value, text[found.start : found.end]) for found in cues.found(read(text, cues.language))]


def test_a_cue_is_found_with_its_place(cues: Cues) -> None:
    assert heard(cues, "I am  FED up") == [("anger", "FED up")]


def test_an_english_cue_is_a_whole_word_unless_its_end_is_open(cues: Cues) -> None:
    assert heard(cues, "infurious latest disgusting") == [("anger", "disgusting")]


def test_a_longer_phrase_keeps_a_word_in_it_from_being_heard(cues: Cues) -> None:
    assert heard(cues, "I'm not furious") == [("nothing", "not furious")]


def test_a_number_stands_for_any_number(cues: Cues) -> None:
    assert heard(cues, "12 days, 3 days") == [("duration", "12 days"), ("duration", "3 days")]


def test_a_topic_may_lie_over_another_cue() -> None:
    text = '[[cue]]\nmeans = "problem"\nwords = ["배송 지연"]\n[[cue]]\nmeans = "delivery"\nwords = ["배송"]\n'
    cues, _ = read_cues({"ko.toml": text}, Language.KO)
    assert heard(cues, "배송지연이네요") == [("problem", "배송지연"), ("delivery", "배송")]


def test_korean_spacing_does_not_matter() -> None:
    cues, _ = read_cues({"ko.toml": '[[cue]]\nmeans = "problem"\nwords = ["안 와요"]'}, Language.KO)
    assert heard(cues, "안와요 안  와요") == [("problem", "안와요"), ("problem", "안  와요")]


def test_a_later_file_replaces_the_meaning_of_a_word() -> None:
    first = '[[cue]]\nmeans = "anger"\nwords = ["sick"]'
    own = '[[cue]]\nmeans = "gratitude"\nwords = ["sick"]'
    cues, _ = read_cues({"shipped": first, "own": own}, Language.EN)
    assert heard(cues, "sick shoes") == [("gratitude", "sick")]


@pytest.mark.parametrize(
    ("text", "row", "code"),
    [
        ('[[cue]]\nmeans = "anger"\nwords = ["a"]\n\n[[cue]]\nmeans = "fury"\nwords = ["b"]', 5, "unknown_word"),
        ('[[cue]]\nmeans = "anger"\nwords = ["a"\nx', 4, "syntax"),
        ('[[cue]]\nmeans = "anger"\nwords = "a"', 1, "bad_type"),
        ('[[cue]]\nmeans = "anger"\nwords = [3]', 1, "bad_type"),
        ('[[cue]]\nmeans = "anger"\nwords = ["  "]', 1, "empty"),
        ('[[cue]]\nmeans = "anger"\nweight = 9\nwords = ["a"]', 1, "bad_type"),
        ('[[cue]]\nmeans = "anger"\nword = ["a"]', 1, "unknown_field"),
        ("cue = 3", 0, "bad_type"),
        ('[[cue]]\nmeans = ["anger"]\nwords = ["a"]', 1, "unknown_word"),
    ],
)
def test_a_broken_entry_is_named_with_its_line_and_costs_only_itself(text: str, row: int, code: str) -> None:
    good = '[[cue]]\nmeans = "anger"\nwords = ["good"]\n'
    cues, problems = read_cues({"good.toml": good, "bad.toml": text}, Language.EN)
    assert [(problem.file, problem.row, problem.code) for problem in problems] == [("bad.toml", row, code)]
    assert heard(cues, "good") == [("anger", "good")]


@pytest.mark.parametrize("language", list(Language))
def test_the_shipped_lists_are_sound_and_know_every_meaning(language: Language) -> None:
    text = shipped("cues", f"{language}.toml").read_text("utf-8")
    cues, problems = read_cues({"": text}, language)
    assert problems == ()
    assert len(cues) > 500
    assert [meaning for meaning in Meaning if f'means = "{meaning}"' not in text] == []
