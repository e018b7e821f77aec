"""How a practice goes: the customer answers what is still missing."""

import pytest

from cxdesk.domain.words import Language
from cxdesk.empathy.practice.play import MOST_REPLIES, Play
from cxdesk.empathy.practice.steps import Step
from cxdesk.empathy.reply.findings import FindingId
from tests.empathy.practice.test_scenarios import shipped
from tests.empathy.reply.conftest import checker

FELT = {Language.KO: "얼마나 답답하셨어요.", Language.EN: "That must have been so upsetting."}
ASKED = {Language.KO: "가장 걱정되시는 게 무엇인가요?", Language.EN: "What worries you most?"}
OFFERED = {
    Language.KO: "① 새로 보내 드리기 ② 환불, 골라 주세요.",
    Language.EN: "A new one, or your money back.",
}
PROMISED = {Language.KO: "내일 오후 3시까지 전화드리겠습니다.", Language.EN: "I'll call you by 3pm tomorrow."}
TIMED = {Language.KO: "모레 오전 10시에 도착합니다.", Language.EN: "It arrives at 10 am on Tuesday."}


def play(lang: Language = Language.KO, n: int = 0) -> Play:
    return Play(shipped(lang)[n], checker(lang))


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("n", range(30))
def test_every_customer_is_content_in_the_end(lang: Language, n: int) -> None:
    practice = play(lang, n)
    scenario = practice.scenario
    assert practice.say("네." if lang is Language.KO else "I see.") == scenario.unheard
    assert practice.say(FELT[lang]) == scenario.unasked
    assert practice.say(ASKED[lang]) == f"{scenario.reveals} {scenario.unoffered}"
    assert practice.say(OFFERED[lang]) == scenario.untimed
    assert practice.say(TIMED[lang]) == scenario.unpromised
    assert practice.say(PROMISED[lang]) == scenario.content
    assert practice.over
    assert practice.points == 100
    assert list(practice.done) == list(Step)


@pytest.mark.parametrize("lang", Language)
def test_one_good_reply_may_take_every_step(lang: Language) -> None:
    practice = play(lang)
    reply = f"{FELT[lang]} {ASKED[lang]} {OFFERED[lang]} {PROMISED[lang]}"
    assert practice.say(reply) == f"{practice.scenario.reveals} {practice.scenario.content}"
    assert practice.replies == 1
    assert practice.done[Step.ACKNOWLEDGE] == FELT[lang]


def test_blame_in_the_same_breath_is_not_feeling_with_them() -> None:
    practice = play()
    assert practice.say("답답하셨겠지만 고객님 실수입니다.") == practice.scenario.unheard
    assert practice.found[FindingId.BLAME] == 1


def test_asking_for_what_is_known_is_not_listening() -> None:
    practice = Play(shipped(Language.KO)[0], checker(order_no="A-1"))
    practice.say("답답하셨겠어요. 주문번호가 어떻게 되세요?")
    assert Step.LISTEN not in practice.done


def test_each_finding_that_is_sent_costs_points_and_a_promise_costs_none() -> None:
    practice = play()
    practice.say("답답하셨겠어요. 최대한 빨리 보내겠습니다.")
    assert practice.points == 20 - 4
    practice.say(PROMISED[Language.KO])
    assert FindingId.PROMISE_UNTRACKED not in practice.found
    assert all(finding.id is not FindingId.PROMISE_UNTRACKED for finding in practice.advise(PROMISED[Language.KO]))


def test_points_never_fall_below_nothing() -> None:
    practice = play()
    practice.say("규정상 안 됩니다!! 고객님 잘못입니다!!")
    assert practice.points == 0


def test_how_long_they_waited_is_no_time_told() -> None:
    practice = play(Language.EN)
    practice.say("An hour is far too long, I'm sorry you had to wait.")
    assert Step.TIME not in practice.done
    assert Step.ACKNOWLEDGE in practice.done


def test_nobody_waits_for_ever() -> None:
    practice = play()
    for _ in range(MOST_REPLIES):
        assert not practice.over
        practice.say("네.")
    assert practice.over
    assert practice.missing is Step.ACKNOWLEDGE
    assert len(practice.talk) == 2 * MOST_REPLIES + 1


def test_template_syntax_and_endless_text_are_only_words() -> None:
    practice = play()
    practice.say("{{ customer.name }}" * 3000)
    practice.say("가" * 100_000)
    assert practice.missing is Step.ACKNOWLEDGE
