from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.moments import DAY
from cxdesk.domain.outcomes import Tally
from cxdesk.domain.words import Channel, Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.choose import REST, Moment, offer, suits
from cxdesk.empathy.cost import certain
from cxdesk.empathy.lines import Form, Library, Line, Situation
from cxdesk.empathy.outcomes import Experience
from tests.empathy.shipped import EVERYTHING, NOW, RENDERERS, shipped

LIBRARY, _ = shipped()
UNHAPPY = (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT)
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


def test_a_line_that_worked_here_comes_before_its_equals_and_says_so() -> None:
    library = small(*(plain(name) for name in "abcdef"))
    experience = Experience({"d": Tally(30, 30, 29), "a": Tally(30, 30, 10)}, prior=20, explore=0)
    for seed in range(20):
        offers = offer(library, Moment(Stage.GREET), lambda line: line.text, {}, NOW, seed=seed, experience=experience)
        assert offers[0].line.id == "d"
        assert offers[-1].line.id == "a"
        assert offers[0].why == ("safe", "worked", "fresh")
        assert offers[1].why == ("safe", "untested", "fresh")


def test_what_worked_never_beats_what_fits() -> None:
    library = small(plain("any"), plain("right", emotions=frozenset({Emotion.ANGER})))
    experience = Experience({"any": Tally(900, 900, 900), "right": Tally(900, 900, 0)}, prior=1, explore=1)
    angry = Moment(Stage.GREET, Emotion.ANGER)
    assert offer(library, angry, lambda line: line.text, {}, NOW, experience=experience)[0].line.id == "right"


chances = (
    st.lists(st.integers(0, 100), min_size=6, max_size=6)
    .filter(any)
    .map(lambda weights: tuple(round(1000 * weight / sum(weights)) for weight in weights))
)


@given(st.sampled_from(Stage), st.sampled_from(Language), chances)
def test_a_gratitude_line_is_offered_only_where_hardly_anybody_unhappy_would_hear_it(
    stage: Stage, lang: Language, chances: tuple[int, ...]
) -> None:
    moment = Moment(stage, None, topic=Topic.PRAISE, lang=lang, chances=chances)
    glad = [one for one in LIBRARY.at(lang, stage) if one.emotions == {Emotion.GRATITUDE} and suits(one, moment)]
    if glad:
        assert sum(chances[list(Emotion).index(felt)] for felt in UNHAPPY) <= 20


@pytest.mark.parametrize("emotion", Emotion)
def test_no_doubt_about_a_feeling_is_the_same_as_being_told(emotion: Emotion) -> None:
    for lang in Language:
        told, sure = (
            Moment(Stage.ACKNOWLEDGE, emotion, lang=lang),
            Moment(Stage.ACKNOWLEDGE, chances=certain(emotion), lang=lang),
        )
        assert ids(told) == ids(sure)


def test_a_likely_feeling_brings_its_lines_and_says_that_it_is_only_likely() -> None:
    likely = Moment(Stage.ACKNOWLEDGE, chances=(850, 50, 50, 25, 0, 25))
    offers = offer(LIBRARY, likely, fill_with(Language.KO), {}, NOW)
    assert offers[0].why[0] == "likely"
    assert Emotion.ANGER in offers[0].line.emotions


def test_when_anything_is_possible_the_lines_for_everyone_come_first() -> None:
    torn = Moment(Stage.ACKNOWLEDGE, chances=(250, 150, 150, 150, 150, 150))
    offers = offer(LIBRARY, torn, fill_with(Language.KO), {}, NOW)
    assert not offers[0].line.emotions
    assert "safe" in offers[0].why
    assert all(Emotion.GRATITUDE not in one.line.emotions for one in offers)


def test_what_an_agent_heard_outweighs_what_was_guessed() -> None:
    assert ids(Moment(Stage.LISTEN, Emotion.ANXIETY, chances=certain(Emotion.GRATITUDE))) == ids(
        Moment(Stage.LISTEN, Emotion.ANXIETY)
    )


def test_lines_for_a_crisis_or_abuse_are_never_offered_unasked() -> None:
    for line in (plain("x", when=Situation.CRISIS), plain("y", when=Situation.ABUSE)):
        assert not suits(line, Moment(Stage.GREET, Emotion.ANGER, 3, waited_longer=True))


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("stage", Stage)
def test_abuse_is_answered_at_every_stage_from_asking_for_another_tone_to_ending_the_contact(
    stage: Stage, lang: Language
) -> None:
    offers = offer(LIBRARY, Moment(stage, Emotion.ANGER, 3, lang=lang, abuse=True), fill_with(lang), {}, NOW)
    answers = [one.line for one in offers if one.why[0] == "abuse"]
    assert [one.line for one in offers[: len(answers)]] == answers
    assert answers == [line for line in LIBRARY.during(lang, Situation.ABUSE) if line in answers]
    assert (answers[0].stage, answers[-1].stage) == (Stage.LISTEN, Stage.CLOSE)
    assert len(offers) > len(answers)


@pytest.mark.parametrize("lang", Language)
def test_in_a_crisis_its_own_lines_come_first(lang: Language) -> None:
    for stage in (Stage.GREET, Stage.ACKNOWLEDGE, Stage.OPTIONS, Stage.COMMIT, Stage.CLOSE):
        first = offer(LIBRARY, Moment(stage, Emotion.ANXIETY, lang=lang, crisis=True), fill_with(lang), {}, NOW)[0]
        assert first.why[0] == "crisis"
