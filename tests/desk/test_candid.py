"""The checklist of candour, the wordings that may be said, and where they are offered."""

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.look import look
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.incidents import Form, due_at
from cxdesk.domain.moments import MINUTE
from cxdesk.domain.words import Language
from tests.conftest import START, Clock
from tests.desk.crisis import SORRY, come, drafted, know, opened


def test_a_wording_with_a_blank_or_a_broken_template_cannot_be_approved(desk: Desk) -> None:
    incident = opened(desk)
    for body, code in (
        ("", "empty"),
        ("{? 무슨 일 ?} 죄송합니다", "incident_blank"),
        ("{{ customer.age }}", "bad_line"),
    ):
        with pytest.raises(Refused, match=code):
            desk.incidents.approve(incident.id, Form.WRITE, Language.KO, body)


def test_the_checklist_makes_the_draft_and_what_is_not_answered_stays_a_blank(desk: Desk) -> None:
    incident = opened(desk)
    desk.incidents.answer(incident.id, "happened", Language.KO, "송장이 바뀌었습니다.")
    draft = drafted(desk, incident)
    assert "송장이 바뀌었습니다\n" in draft
    assert "{? 확인된 것은 무엇인가요 ?}" in draft
    assert "이서준" in draft
    assert "송장" not in drafted(desk, incident, Language.EN), "answers are in a language"
    desk.incidents.answer(incident.id, "happened", Language.KO, "")
    assert "송장" not in drafted(desk, incident)


def test_by_when_the_next_word_comes_can_be_said_in_words_and_holds(desk: Desk, clock: Clock) -> None:
    incident = opened(desk)
    desk.incidents.answer(incident.id, "next", Language.KO, "내일 오전 9시")
    candid = desk.incidents.candid
    by = candid.promised(incident, Language.KO)
    assert "다음 소식은 내일 오전 9시까지" in drafted(desk, incident)
    clock.pass_(1)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY, by)
    told = desk.incidents.get(incident.id)
    assert due_at(told, clock(), desk.incidents.rhythm) == by
    assert candid.promised(told, Language.KO) < START + 40 * MINUTE, "the answer was for the word before"
    with pytest.raises(Refused, match="past"):
        desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY, START)


def test_the_shops_own_checklist_is_used_and_a_broken_one_is_named(desk: Desk) -> None:
    own = desk.store.path.parent / "incidents"
    own.mkdir()
    frame = '[[check]]\nid = "a"\nask = "무엇?"\n[word]\nwrite = "{? a ?} 쓰기"\nspeak = "말하기"\n'
    (own / "ko.toml").write_text(frame, "utf-8")
    (own / "en.toml").write_text("[[check]]\nid = 3\n", "utf-8")
    candid = desk.incidents.candid
    assert drafted(desk, opened(desk)) == "{? 무엇 ?} 쓰기"
    assert len(candid.texts[Language.EN].checks) == 6
    assert [path for path, _ in candid.problems] == [str(own / "en.toml")]


def test_somebody_unknown_hears_the_same_without_a_name(desk: Desk, phrases: Phrases) -> None:
    one = come(desk)
    incident = opened(desk, one)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].text == "송장이 바뀌어 붙었습니다."
    assert desk.incidents.candid.notice(incident.id, Language.KO) == "송장이 바뀌어 붙었습니다."


def test_an_approved_wording_is_offered_first_and_the_crisis_lines_after_it(desk: Desk, phrases: Phrases) -> None:
    one, other = come(desk, know(desk, "김민지")), come(desk, know(desk, "박서준"))
    incident = opened(desk, one)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].line.when == "crisis"
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].text == "김민지 고객님, 송장이 바뀌어 붙었습니다."
    assert seen.offers[1].line.when == "crisis"
    assert len(seen.offers) <= 9
    elsewhere = look(desk, phrases, other.id)
    assert elsewhere is not None
    assert all(offer.line.when != "crisis" for offer in elsewhere.offers)
