"""Telling everybody at once: who can be told what, and one undo."""

from cxdesk.desk import Desk
from cxdesk.desk.announcing import Why
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.incidents import Form
from cxdesk.domain.words import Channel, Language, Status
from tests.desk.crisis import SORRY, SORRY_EN, buy, come, know, opened, replies
from tests.looking import shared


def test_everybody_who_can_read_it_is_told_in_their_language_and_one_undo_takes_it_back(
    desk: Desk, phrases: Phrases
) -> None:
    chat, mail = come(desk, know(desk, "김민지")), come(desk, know(desk, "Emma Clarke", Language.EN), Channel.MAIL)
    phone, stranger = come(desk, know(desk, "박서준"), Channel.PHONE), come(desk)
    incident = opened(desk, chat, mail, phone, stranger)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    rows = desk.incidents.announcing.preview(incident, phrases)
    assert [row.why for row in rows] == [None, Why.NO_WORDING, Why.ALOUD, None]
    desk.incidents.approve(incident.id, Form.WRITE, Language.EN, SORRY_EN)
    rows = desk.incidents.announcing.preview(incident, phrases)
    before = shared(desk.db)
    done = desk.incidents.announcing.tell(incident.id, rows)
    assert done.tickets == (chat.id, mail.id, stranger.id)
    assert replies(desk, chat) == ["김민지 고객님, 송장이 바뀌어 붙었습니다."]
    assert replies(desk, mail) == ["Emma, the labels were swapped."]
    assert replies(desk, stranger) == ["송장이 바뀌어 붙었습니다."]
    assert replies(desk, phone) == []
    assert desk.ticket(chat.id).status is Status.WAITING, "they keep their place in the queue"
    again = desk.incidents.announcing.preview(incident, phrases)
    assert [row.why for row in again] == [Why.HEARD, Why.HEARD, Why.ALOUD, Why.HEARD]
    assert desk.incidents.view(incident.id).report.told == 2
    desk.undo()
    assert shared(desk.db) == before


def test_a_wording_that_asks_for_what_is_not_known_of_somebody_is_not_sent_to_them(
    desk: Desk, phrases: Phrases
) -> None:
    minji, seojun = know(desk, "김민지"), know(desk, "박서준")
    buy(desk, minji)
    one, two = come(desk, minji), come(desk, seojun)
    incident = opened(desk, one, two)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, "{{ purchase.product }} 일로 죄송합니다.")
    rows = desk.incidents.announcing.preview(incident, phrases)
    assert [(row.text, row.why) for row in rows] == [("린넨 셔츠 일로 죄송합니다.", None), ("", Why.UNFILLED)]


def test_whoever_is_helped_while_the_agent_looks_is_not_told_any_more(desk: Desk, phrases: Phrases) -> None:
    one, two = come(desk, know(desk, "김민지")), come(desk, know(desk, "박서준"))
    incident = opened(desk, one, two)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    rows = desk.incidents.announcing.preview(incident, phrases)
    desk.resolve([one.id])
    assert desk.incidents.announcing.tell(incident.id, rows).tickets == (two.id,)
