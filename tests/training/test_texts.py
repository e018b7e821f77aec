"""What the packs are trained on and measured with."""

import re
from collections import Counter

import pytest

from cxdesk.desk.hearing import Hearing
from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing.cues import FEELINGS, read_cues
from cxdesk.empathy.hearing.reading import read
from cxdesk.settings import shipped
from training.score import figures
from training.texts import Message, development, messages

LANGUAGES = list(Language)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 6]) for i in range(len(words) - 5)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_messages_of_every_feeling_and_topic(language: Language) -> None:
    ours, kept = messages(language), development(language)
    assert len(ours) >= 1500
    assert len(kept) >= 200
    for part, least in ((ours, 40), (kept, 5)):
        assert min(Counter(one.emotion for one in part).values()) >= least
        assert min(Counter(one.topic for one in part).values()) >= least
        assert {one.emotion for one in part} == set(Emotion)
        assert {one.topic for one in part} == set(Topic)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_go_together(language: Language) -> None:
    def wrong(one: Message) -> bool:
        calm = one.emotion is Emotion.NEUTRAL
        return calm != (one.intensity == 0) or one.second is one.emotion or not 0 <= one.urgency <= 2

    assert [one.text for one in (*messages(language), *development(language)) if wrong(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_half_of_the_feelings_are_named_by_no_word(language: Language) -> None:
    cues, _ = read_cues({"": shipped("cues", f"{language}.toml").read_text("utf-8")}, language)
    felt = [one for one in messages(language) if one.emotion is not Emotion.NEUTRAL]
    silent = [
        one
        for one in felt
        if not any(FEELINGS.get(cue.means) is one.emotion for cue in cues.found(read(one.text, language)))
    ]
    assert len(silent) / len(felt) >= 0.45


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_there_twice_and_none_is_a_variant_of_another(language: Language) -> None:
    every = [one.text for one in (*messages(language), *development(language))]
    assert [text for text, n in Counter(every).items() if n > 1] == []
    shared = Counter(shingle for text in every for shingle in shingles(text))
    assert [shingle for shingle, n in shared.items() if n > 3] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_development_set_is_about_other_messages(language: Language) -> None:
    trained = {shingle for one in messages(language) for shingle in shingles(one.text)}
    alike = [one.text for one in development(language) if shingles(one.text) & trained]
    assert len(alike) <= len(development(language)) // 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_packs_reach_what_the_model_card_says(language: Language) -> None:
    found = {figure.name: figure for figure in figures(Hearing.load(), language, development(language))}
    assert {name: figure.value for name, figure in found.items() if not figure.reached} == {}
