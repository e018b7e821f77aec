import json
from pathlib import Path

import pytest

from cxdesk.desk import Desk
from cxdesk.desk.hearing import Hearing
from cxdesk.desk.look import look
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Emotion, Stage
from cxdesk.storage import tickets

ANGRY = "진짜 화나네요. 벌써 세 번째예요. 짜증나요."
URGENT = "오늘 안에 꼭 처리해 주세요. 급해요."


@pytest.fixture
def listening(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that hears by its cue lists alone, so that nothing here hangs on trained weights."""
    desk.listening.begin(Hearing.load(packs=tmp_path))
    return desk


def ticket(desk: Desk, key: str) -> Ticket:
    found = tickets.ticket(desk.db, key)
    assert found is not None
    return found


def test_before_it_listens_nothing_is_heard(desk: Desk) -> None:
    made, _ = desk.arrive(Channel.CHAT, said=URGENT)
    assert (made.heard, made.urgency) == (None, 0)
    assert desk.listening.heard(URGENT) is None


def test_what_presses_goes_ahead_and_the_desk_says_why(listening: Desk) -> None:
    calm, _ = listening.arrive(Channel.CHAT, said="사이즈 좀 여쭤볼게요")
    pressing, _ = listening.arrive(Channel.CHAT, said=URGENT)
    assert pressing.urgency == 2
    assert pressing.rank_at == calm.rank_at - 1000 * listening.settings.queue.urgency["now"]
    assert listening.place_of(pressing.id).for_words == listening.settings.queue.urgency["now"]
    assert listening.take_next().tickets == (pressing.id,)


def test_a_feeling_moves_the_place_too_but_the_two_do_not_add_up(listening: Desk) -> None:
    made, _ = listening.arrive(Channel.CHAT, said=ANGRY)
    assert made.heard is Emotion.ANGER
    assert listening.place_of(made.id).for_words == listening.settings.queue.feeling["anger"]
    listening.hear(made.id, URGENT)
    assert listening.place_of(made.id).for_words == listening.settings.queue.urgency["now"]


def test_the_agents_own_word_takes_the_head_start_back(listening: Desk) -> None:
    made, _ = listening.arrive(Channel.CHAT, said=ANGRY)
    listening.feel([made.id], Emotion.NEUTRAL)
    assert listening.place_of(made.id).for_words == 0
    assert ticket(listening, made.id).rank_at == made.waiting_since


def test_a_look_says_what_the_last_words_sound_like_and_where(listening: Desk) -> None:
    made, _ = listening.arrive(Channel.CHAT, said=ANGRY)
    listening.take([made.id])
    found = look(listening, Phrases(listening.zone), made.id)
    assert found is not None
    assert found.sounds is not None
    assert found.sounds.emotion is Emotion.ANGER
    assert {ANGRY[start:end] for start, end in found.sounds.spans} >= {"화나네"}
    assert found.next_stage is Stage.ACKNOWLEDGE
    assert found.thread.ticket.emotion is None, "a suggestion is not written down as a fact"


def test_an_agents_word_is_learned_in_the_same_transaction_and_taken_back_with_it(listening: Desk) -> None:
    made, _ = listening.arrive(Channel.CHAT, said="일주일째 소식이 없네요")
    listening.feel([made.id], Emotion.ANGER)
    kept = json.loads(listening.store.recall("hearing") or "{}")
    assert kept["ko"]["emotion"]
    assert "일주일째" not in json.dumps(kept, ensure_ascii=False), "no text is kept"
    listening.undo()
    assert json.loads(listening.store.recall("hearing") or "{}") != kept


def test_what_was_learned_is_taken_up_at_the_next_start(listening: Desk, tmp_path: Path) -> None:
    made, _ = listening.arrive(Channel.CHAT, said="일주일째 소식이 없네요")
    listening.feel([made.id], Emotion.ANGER)
    again = Hearing.load(packs=tmp_path)
    listening.listening.begin(again)
    assert again.state() == json.loads(listening.store.recall("hearing") or "{}")


def test_a_change_without_words_teaches_nothing(listening: Desk) -> None:
    made, _ = listening.arrive(Channel.PHONE)
    before = listening.store.recall("hearing")
    listening.feel([made.id], Emotion.ANGER)
    assert (before, listening.store.recall("hearing")) == (None, None)


def test_what_was_learned_can_be_forgotten_for_good(listening: Desk, tmp_path: Path) -> None:
    made, _ = listening.arrive(Channel.CHAT, said="일주일째 소식이 없네요")
    listening.feel([made.id], Emotion.ANGER)
    listening.listening.forget()
    assert listening.store.recall("hearing") is None
    again = Hearing.load(packs=tmp_path)
    listening.listening.begin(again)
    assert not again.local_on
