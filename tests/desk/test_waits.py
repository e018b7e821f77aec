import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.desk import Desk, Refused
from cxdesk.desk.waits import LEARNED, Outlook, Waits
from cxdesk.domain.records import Quote, Ticket
from cxdesk.domain.words import Channel, Language, Priority, Status, Topic
from cxdesk.settings import Settings
from cxdesk.storage import tickets
from cxdesk.storage.rows import fetch_all
from cxdesk.storage.store import Store
from tests.conftest import Clock, Mint
from tests.looking import shared


@pytest.fixture
def learned(desk: Desk) -> Desk:
    """A desk whose estimator has begun."""
    desk.waits.start(desk.db, desk.clock())
    return desk


def ticket(desk: Desk, key: str) -> Ticket:
    found = tickets.ticket(desk.db, key)
    assert found is not None
    return found


def quotes(desk: Desk) -> tuple[Quote, ...]:
    return fetch_all(desk.db, Quote, "1 ORDER BY told_at")


def arrive(desk: Desk, count: int = 1) -> list[str]:
    return [desk.arrive(Channel.PHONE, undoable=False)[0].id for _ in range(count)]


def arrive_later(desk: Desk, clock: Clock) -> str:
    clock.pass_(1)
    return arrive(desk)[0]


def line(waits: Waits, now: int) -> list[str]:
    """Who waits, in the order in which the estimator believes they are served."""
    found = waits.refresh(now).waits
    return sorted(found, key=lambda key: found[key].position)


def test_before_history_is_learned_there_is_no_wait_to_tell(desk: Desk) -> None:
    (key,) = arrive(desk)
    assert not desk.waits.ready
    assert desk.waits.refresh(desk.clock()) == Outlook()
    assert desk.quotes.saying(key) is None
    with pytest.raises(Refused, match="not_waiting"):
        desk.quotes.tell(key)


def test_a_wait_that_is_told_is_kept_as_it_was_said(learned: Desk) -> None:
    *_, key = arrive(learned, 3)
    said, done = learned.quotes.tell(key)
    (quote,) = quotes(learned)
    assert quote.sentence == said.sentence
    assert (quote.low, quote.expected, quote.high) == (said.low, said.expected, said.high)
    assert quote.low <= quote.expected <= quote.high
    waiting = ticket(learned, key)
    assert (waiting.quoted_from, waiting.quoted_until) == (learned.clock(), learned.clock() + 1000 * quote.high)
    assert done.tickets == (key,)


@pytest.mark.parametrize("verb", ["take", "reply", "resolve", "hold"])
def test_however_the_wait_ends_it_is_written_beside_what_was_told(learned: Desk, clock: Clock, verb: str) -> None:
    (key,) = arrive(learned)
    learned.quotes.tell(key)
    clock.pass_(95)
    match verb:
        case "take":
            learned.take([key])
        case "reply":
            learned.reply(key, "네")
        case "resolve":
            learned.resolve([key])
        case "hold":
            learned.hold([key], None)
    assert [quote.waited for quote in quotes(learned)] == [95]
    learned.undo()
    assert [quote.waited for quote in quotes(learned)] == [None]


def test_a_wait_told_again_is_judged_by_the_last_time_it_was_told(learned: Desk, clock: Clock) -> None:
    (key,) = arrive(learned)
    learned.quotes.tell(key)
    clock.pass_(60)
    learned.quotes.tell(key)
    clock.pass_(30)
    learned.take([key])
    assert [quote.waited for quote in quotes(learned)] == [None, 30]


def test_only_somebody_who_waits_can_be_told(learned: Desk) -> None:
    (key,) = arrive(learned)
    learned.take([key])
    with pytest.raises(Refused, match="not_waiting"):
        learned.quotes.tell(key)


def test_the_wait_is_told_in_the_customers_language(learned: Desk) -> None:
    customer, also = learned.people.newcomer("Emma Clarke", Language.EN)
    known = learned.arrive(Channel.PHONE, customer=customer, also=also)[0].id
    (stranger,) = arrive(learned)
    assert learned.quotes.tell(known)[0].sentence.isascii() or "–" in learned.quotes.tell(known)[0].sentence
    assert "분" in learned.quotes.tell(stranger)[0].sentence


def test_when_everybody_has_gone_the_sentence_promises_nothing_and_no_quote_is_kept(learned: Desk) -> None:
    (key,) = arrive(learned)
    learned.duty("off")
    before = shared(learned.db)
    said, done = learned.quotes.tell(key)
    assert (said.state, said.high) == ("no_agents", None)
    assert not done
    assert shared(learned.db) == before


def test_taking_a_break_back_takes_it_back_from_the_estimate_too(learned: Desk) -> None:
    arrive(learned, 2)
    now = learned.clock()
    before = learned.waits.refresh(now).newcomer
    learned.duty("off")
    gone = learned.waits.refresh(now).newcomer
    assert gone is not None
    assert not gone.known
    learned.undo()
    assert learned.waits.refresh(now).newcomer == before


def test_a_place_in_line_follows_every_move(learned: Desk, clock: Clock) -> None:
    one, two, three = (arrive_later(learned, clock) for _ in range(3))
    assert line(learned.waits, clock()) == [one, two, three]
    learned.take([one])
    assert line(learned.waits, clock()) == [two, three]
    learned.undo()
    assert line(learned.waits, clock()) == [one, two, three]
    learned.resolve([two])
    assert line(learned.waits, clock()) == [one, three]
    clock.pass_(1)
    learned.reopen([two])
    assert line(learned.waits, clock()) == [one, three, two]
    learned.left([one])
    assert line(learned.waits, clock()) == [three, two]


def test_a_contact_whose_making_was_undone_waits_nowhere(learned: Desk) -> None:
    learned.arrive(Channel.PHONE)
    learned.undo()
    assert learned.waits.refresh(learned.clock()).waits == {}


def test_putting_somebody_off_leaves_the_line_and_the_one_in_hand_as_they_are(learned: Desk, clock: Clock) -> None:
    one, two, three = arrive(learned, 3)
    learned.take([one])
    busy = learned.waits.refresh(clock()).newcomer
    learned.hold([two], None)
    assert line(learned.waits, clock()) == [three]
    learned.resolve([three])
    assert line(learned.waits, clock()) == []
    now = learned.waits.refresh(clock()).newcomer
    assert busy is not None
    assert now is not None
    assert now.expected > 0, "the agent is still with the first"
    assert now.expected < busy.expected


def test_a_ticket_that_becomes_urgent_moves_up_in_the_estimate_as_it_does_in_the_queue(learned: Desk) -> None:
    one, two = arrive(learned, 2)
    learned.prioritise([two], Priority.URGENT)
    assert line(learned.waits, learned.clock()) == [two, one]


# -- whatever happens, what the estimator heard move by move is what it would hear on a fresh start

MOVES = ("arrive", "urgent", "take", "hold", "resolve", "reopen", "left", "topic", "priority", "break", "on", "undo")
acts = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 7), st.integers(1, 400)), max_size=12)


@contextmanager
def counter(blank: Path) -> Iterator[tuple[Desk, Clock]]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(blank, Path(folder) / "desk.db")
        clock = Clock()
        with Store.open(Path(folder)) as store:
            store.db.execute("PRAGMA synchronous = OFF")
            desk = Desk(store, Settings(), clock=clock, mint=Mint())
            desk.sign_in("이서준")
            desk.waits.start(store.db, clock())
            yield desk, clock


def act(desk: Desk, verb: str, which: int) -> None:
    ids = [row[0] for row in desk.db.execute("SELECT id FROM ticket ORDER BY id")]
    some = [ids[which % len(ids)]] if ids else []
    match verb:
        case "arrive":
            desk.arrive(Channel.PHONE, topic=list(Topic)[which])
        case "urgent":
            desk.arrive(Channel.PHONE, priority=Priority.URGENT)
        case "take":
            desk.take(some)
        case "hold":
            desk.hold(some, None)
        case "resolve":
            desk.resolve(some)
        case "reopen":
            desk.reopen(some)
        case "left":
            desk.left(some)
        case "topic":
            desk.about(some, list(Topic)[which])
        case "priority":
            desk.prioritise(some, list(Priority)[which % 3])
        case "break" | "on":
            desk.duty(verb)
        case "undo":
            desk.undo()


@settings(max_examples=40, deadline=None)
@given(acts)
def test_the_estimator_never_falls_out_of_step_with_the_desk(blank: Path, acts: list[tuple[str, int, int]]) -> None:
    with counter(blank) as (desk, clock):
        for verb, which, seconds in acts:
            clock.pass_(seconds)
            act(desk, verb, which)
        ranks = dict(desk.db.execute("SELECT id, rank_at FROM ticket WHERE status = 'waiting'").fetchall())
        fresh = Waits(Settings())
        fresh.start(desk.db, clock())
        now = clock()
        for waits in (desk.waits, fresh):
            found = line(waits, now)
            assert set(found) == set(ranks)
            assert [ranks[key] for key in found] == sorted(ranks.values())
        follower = desk.waits._follower
        assert follower is not None
        assert follower.status == {
            key: Status(status)
            for key, status in desk.db.execute(
                "SELECT id, status FROM ticket WHERE status IN ('waiting', 'active', 'pending')"
            )
        }
        mine, theirs = desk.waits.refresh(now).newcomer, fresh.refresh(now).newcomer
        assert mine is not None
        assert theirs is not None
        assert mine.known == theirs.known


def test_what_was_learned_is_taken_up_again_and_not_learned_twice(desk: Desk, clock: Clock) -> None:
    for key in arrive(desk, 3):
        clock.pass_(60)
        desk.take([key])
        clock.pass_(240)
        desk.resolve([key])
    desk.waits.start(desk.db, clock())
    arrive(desk)
    before = desk.waits.refresh(clock())
    desk.keep_learning()
    again = Waits(desk.settings)
    again.start(desk.db, clock())
    after = again.refresh(clock())
    assert before.newcomer is not None
    assert after.newcomer is not None
    assert after.newcomer.basis == before.newcomer.basis == 3
    assert list(after.waits) == list(before.waits)


def test_a_damaged_memory_of_the_waits_is_learned_again(desk: Desk, clock: Clock) -> None:
    (key,) = arrive(desk)
    desk.take([key])
    clock.pass_(300)
    desk.resolve([key])
    desk.store.remember(LEARNED, "{not json")
    desk.waits.start(desk.db, clock())
    newcomer = desk.waits.refresh(clock()).newcomer
    assert newcomer is not None
    assert newcomer.basis == 1
