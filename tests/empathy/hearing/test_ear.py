from dataclasses import replace

import pytest

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing.cues import Cues
from cxdesk.empathy.hearing.ear import Ear, hear
from cxdesk.empathy.hearing.local import Layer
from cxdesk.empathy.hearing.result import Basis, Heard, Kind
from tests.empathy.hearing.conftest import key_of


def test_weights_and_cues_are_added_up(ear: Ear) -> None:
    heard = hear("furious", ear)
    assert heard.emotion is Emotion.ANGER
    assert heard.confidence == round(heard.chances[0] / 10)
    assert heard.basis is Basis.MODEL


def test_the_numbers_are_the_same_on_every_machine(ear: Ear) -> None:
    heard = hear("The gift is slow, I am fed up", ear)
    assert heard.chances == (624, 59, 59, 59, 102, 97)
    assert (heard.confidence, heard.topic_confidence) == (62, 14)


def test_the_reasons_point_into_the_message(ear: Ear) -> None:
    text = "So slow! My parcel is urgent, I'm fed up, you idiot"
    heard = hear(text, ear)
    assert all(text[reason.start : reason.end] == reason.text for reason in heard.reasons)
    said = {(reason.kind, reason.text) for reason in heard.reasons}
    assert {(Kind.EMOTION, "fed up"), (Kind.URGENCY, "urgent"), (Kind.ABUSE, "idiot")} <= said


def test_below_the_threshold_nothing_is_said(ear: Ear) -> None:
    heard = hear("why a gift so slow", ear)
    assert heard.emotion is None
    assert heard.intensity == 0
    assert heard.likely is not None
    assert heard.topic is None


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "qqq zzz", "\x00\x1b"])
def test_of_nothing_known_nothing_is_heard(ear: Ear, text: str) -> None:
    assert hear(text, ear) == Heard(Language.EN, basis=Basis.MODEL)


def test_thanks_beside_something_amiss_are_not_gratitude(ear: Ear) -> None:
    assert hear("thank you", ear).emotion is Emotion.GRATITUDE
    heard = hear("thank you but it is broken", ear)
    assert heard.emotion is None
    assert heard.likely is not Emotion.GRATITUDE


def test_nobody_is_called_calm_who_uses_an_angry_word(ear: Ear) -> None:
    taught = replace(ear, emotion_layer=Layer(6, {key_of("slow"): (0, 0, 0, 0, 0, 60_000)}))
    heard = hear("slow, I am fed up", taught)
    assert heard.emotion is None
    assert heard.likely is Emotion.ANGER


def test_a_complaint_without_an_angry_word_is_no_calm_message(ear: Ear) -> None:
    calm, complaint = hear("a parcel, late", ear), hear("a parcel, late, 9 days", ear)
    assert calm.chances[0] < complaint.chances[0]
    assert complaint.likely in (Emotion.ANGER, Emotion.DISAPPOINTMENT)
    assert {reason.text for reason in complaint.reasons} >= {"late", "9 days"}


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("it is urgent", 2),
        ("please, today", 2),
        ("it came today", 0),
        ("help", 2),
        ("help, no hurry", 0),
        ("urgent? no hurry", 0),
        ("please" + " x" * 60 + " today", 0),
    ],
)
def test_urgency_goes_by_what_is_wanted_and_not_by_the_word_alone(ear: Ear, text: str, urgency: int) -> None:
    assert hear(text, ear).urgency == urgency


def test_intensity_rises_with_loud_words_and_is_nothing_for_calm(ear: Ear) -> None:
    assert hear("furious", ear).intensity == 2
    assert hear("FURIOUS, I AM FURIOUS!!! you idiot", ear).intensity == 3


def test_without_a_pack_the_cues_speak(cues: Cues) -> None:
    alone = Ear(Language.EN, None, cues)
    heard = hear("I am fed up, where is my parcel", alone)
    assert (heard.emotion, heard.topic, heard.basis) == (Emotion.ANGER, Topic.DELIVERY, Basis.CUES)
    assert hear("nothing of note", alone).likely is None


def test_without_pack_and_cues_nothing_is_heard_and_it_says_so() -> None:
    deaf = Ear(Language.EN, None, Cues(Language.EN, ()))
    assert hear("I am furious", deaf) == Heard(Language.EN, basis=Basis.NOTHING)


def test_a_local_layer_that_is_on_changes_the_answer(ear: Ear) -> None:
    key = key_of("slow")
    calm = (0, 0, 0, 0, 0, 60_000)
    taught = replace(ear, emotion_layer=Layer(6, {key: calm}))
    assert hear("slow", ear).likely is Emotion.ANGER
    assert hear("slow", taught).likely is Emotion.NEUTRAL
    off = replace(ear, emotion_layer=Layer(6, {key: calm}, tally=(20, 15, 3)))
    assert hear("slow", off) == hear("slow", ear)
