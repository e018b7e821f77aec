from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.moments import DAY
from cxdesk.domain.words import Channel, Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.choose import REST, Moment, offer, suits
from cxdesk.empathy.lines import Form, Library, Line, Situation
from tests.empathy.shipped import EVERYTHING, NOW, RENDERERS, shipped

LIBRARY, _ = shipped()
ANGRY = Moment(Stage.ACKNOWLEDGE, Emotion.ANGER, 2, Topic.DELIVERY, Segment.VIP)


def fill_with(lang: Language, facts: object = None) -> Callable[[Line], str | None]:
    return RENDERERS[lang].filler(EVERYTHING[lang] if facts is None else facts, NOW)  # type: ignore[arg-type]


def ids(moment: Moment, recent: dict[str, int] | None = None, seed: int = 0) -> list[str]:
    return [one.line.id for one in offer(LIBRARY, moment, fill_with(moment.lang), recent or {}, NOW, seed=seed)]


def plain(line_id: str, **conditions: object) -> Line:
    return Line(line_id, Stage.GREET, f"말 {line_id}", **conditions)  # type: ignore[arg-type]


def small(*lines: Line) -> Library:
    return Library(lines)


def test_the_first_line_for_an_angry_late_delivery_names_the_wait_and_the_feeling() -> None:
    best = offer(LIBRARY, ANGRY, fill_with(Language.KO), {}, NOW)[0]
    assert best.text.startswith("일주일이나 기다리셨으니 얼마나 답답하셨어요, 김민지 고객님.")
    assert best.why == ("emotion", "topic", "memory", "name", "fresh")


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("stage", Stage)
def test_when_the_feeling_is_not_known_only_lines_for_everyone_are_offered(stage: Stage, lang: Language) -> None:
    offers = offer(LIBRARY, Moment(stage, None, topic=Topic.PRAISE, lang=lang), fill_with(lang), {}, NOW, limit=99)
    assert len(offers) >= 3
    assert all(not one.line.emotions and "safe" in one.why for one in offers)


moments = st.builds(
    Moment,
    st.sampled_from(Stage),
    st.none() | st.sampled_from(Emotion),
    st.integers(0, 3),
    st.sampled_from(Topic),
    st.none() | st.sampled_from(Segment),
    st.sampled_from(Channel),
    st.sampled_from(Language),
    st.booleans(),
)


@given(moments, st.booleans())
def test_whatever_the_moment_every_offer_suits_it_and_there_are_always_two(moment: Moment, known: bool) -> None:
    offers = offer(LIBRARY, moment, fill_with(moment.lang, None if known else {}), {}, NOW)
    assert 2 <= len(offers) <= 9
    assert len({one.line.id for one in offers}) == len(offers)
    assert all(suits(one.line, moment) and one.line.lang is moment.lang for one in offers)
    if moment.emotion is not Emotion.GRATITUDE:
        assert all(one.line.emotions != {Emotion.GRATITUDE} for one in offers)
    assert {one.line.when for one in offers} <= {None, Situation.WAITED_LONGER}


@pytest.mark.parametrize("lang", Language)
def test_whoever_waited_longer_than_told_hears_that_first(lang: Language) -> None:
    moment = Moment(Stage.GREET, Emotion.ANGER, 3, Topic.DELIVERY, Segment.VIP, Channel.PHONE, lang, True)
    first = offer(LIBRARY, moment, fill_with(lang), {}, NOW)[0]
    assert first.why[0] == "waited"
    assert not any("waited" in line_id for line_id in ids(replace(moment, waited_longer=False)))


def test_a_regular_is_asked_about_what_they_bought_and_a_new_customer_is_not() -> None:
    calm = Moment(Stage.GREET, Emotion.NEUTRAL, topic=Topic.PRODUCT, segment=Segment.RETURNING)
    assert "memory" in offer(LIBRARY, calm, fill_with(Language.KO), {}, NOW)[0].why
    assert any("new" in line_id for line_id in ids(replace(calm, segment=Segment.NEW)))


@pytest.mark.parametrize(("channel", "other"), [(Channel.PHONE, Form.WRITE), (Channel.MAIL, Form.SPEAK)])
def test_written_lines_are_not_spoken_nor_the_other_way(channel: Channel, other: Form) -> None:
    for stage in Stage:
        offers = offer(
            LIBRARY, Moment(stage, Emotion.ANGER, channel=channel), fill_with(Language.KO), {}, NOW, limit=99
        )
        assert all(one.line.form is not other for one in offers)


def test_a_line_is_not_said_twice_to_a_customer_within_thirty_days() -> None:
    first = ids(ANGRY)[0]
    assert first not in ids(ANGRY, {first: NOW - REST + 1})
    assert ids(ANGRY, {first: NOW - REST})[0] == first


def test_when_everything_was_said_lately_the_longest_ago_comes_first_and_is_marked() -> None:
    library = small(plain("a"), plain("b"), plain("c"))
    recent = {"a": NOW - DAY, "b": NOW - 3 * DAY, "c": NOW - 2 * DAY}
    offers = offer(library, Moment(Stage.GREET), lambda line: line.text, recent, NOW)
    assert [one.line.id for one in offers] == ["b", "c", "a"]
    assert all(one.why[-1] == "repeat" for one in offers)


def test_a_line_that_was_said_lately_stays_away_while_another_can_be_said() -> None:
    library = small(plain("a"), plain("b"))
    offers = offer(library, Moment(Stage.GREET), lambda line: line.text, {"a": NOW}, NOW)
    assert [(one.line.id, one.why[-1]) for one in offers] == [("b", "fresh")]


def test_lines_that_cannot_be_filled_make_room_for_the_next() -> None:
    library = small(plain("a", emotions=frozenset({Emotion.ANGER})), plain("b"))
    moment = Moment(Stage.GREET, Emotion.ANGER)
    offers = offer(library, moment, lambda line: None if line.id == "a" else line.text, {}, NOW)
    assert [one.line.id for one in offers] == ["b"]
    assert offer(library, moment, lambda line: None, {}, NOW) == ()


def test_only_as_many_lines_are_filled_as_are_shown() -> None:
    filled: list[str] = []

    def fill(line: Line) -> str:
        filled.append(line.id)
        return line.text

    offer(LIBRARY, ANGRY, fill, {}, NOW, limit=3)
    assert len(filled) == 3


def test_the_more_a_line_names_the_earlier_it_comes() -> None:
    anger, delivery = frozenset({Emotion.ANGER}), frozenset({Topic.DELIVERY})
    library = small(
        plain("any"),
        plain("topic", topics=delivery),
        plain("emotion", emotions=anger),
        plain("several", emotions=anger | {Emotion.ANXIETY, Emotion.CONFUSION}),
        plain("both", emotions=anger, topics=delivery),
    )
    moment = Moment(Stage.GREET, Emotion.ANGER, topic=Topic.DELIVERY)
    offers = offer(library, moment, lambda line: line.text, {}, NOW)
    assert [one.line.id for one in offers] == ["both", "emotion", "several", "topic", "any"]


def test_nine_offers_are_not_nine_of_one_kind() -> None:
    offers = offer(LIBRARY, ANGRY, fill_with(Language.KO), {}, NOW)
    assert len({(one.line.emotions, one.line.topics) for one in offers}) >= 3


def test_the_same_moment_gives_the_same_offers_and_another_seed_another_order() -> None:
    assert ids(ANGRY, seed=7) == ids(ANGRY, seed=7)
    calm = Moment(Stage.ACKNOWLEDGE, Emotion.NEUTRAL)
    assert len({ids(calm, seed=seed)[0] for seed in range(20)}) > 1


def test_a_learner_may_rank_in_its_own_way() -> None:
    def learned(line: Line, moment: Moment) -> float:
        return 100.0 if line.id == "ko.acknowledge.any.1" else 0.0

    assert offer(LIBRARY, ANGRY, fill_with(Language.KO), {}, NOW, rank=learned)[0].line.id == "ko.acknowledge.any.1"


def test_lines_for_a_crisis_or_abuse_are_never_offered_unasked() -> None:
    for line in (plain("x", when=Situation.CRISIS), plain("y", when=Situation.ABUSE)):
        assert not suits(line, Moment(Stage.GREET, Emotion.ANGER, 3, waited_longer=True))
