from cxdesk.desk import Desk
from cxdesk.domain.moments import DAY
from cxdesk.domain.words import Channel, Topic
from cxdesk.storage import history, honesty
from tests.conftest import Clock


def quoted(desk: Desk, clock: Clock, waited_s: int) -> str:
    """Somebody told 2 to 10 minutes, 5 expected, who waited so long."""
    key = desk.arrive(Channel.PHONE, topic=Topic.REFUND)[0].id
    desk.db.execute(
        "INSERT INTO quote (id, ticket_id, low, expected, high, method, basis, told_at, sentence, waited)"
        " VALUES (?, ?, 120, 300, 600, 'ok', 30, ?, '', ?)",
        (f"q-{key}", key, clock(), waited_s),
    )
    return key


def test_told_waits_are_counted_inside_late_or_shorter_and_the_bias_is_signed(desk: Desk, clock: Clock) -> None:
    for waited in (60, 200, 400, 600, 601, 1000):
        quoted(desk, clock, waited)
    figures = honesty.honesty(desk.db, clock(), 7)
    assert (figures.told, figures.inside, figures.late) == (6, 3, 2)
    assert figures.bias_s == round((60 + 200 + 400 + 600 + 601 + 1000) / 6 - 300)
    assert figures.methods == (("ok", 6),)


def test_only_the_days_asked_for_and_only_waits_whose_end_is_known_count(desk: Desk, clock: Clock) -> None:
    quoted(desk, clock, 300)
    clock.pass_(10 * DAY / 1000)
    quoted(desk, clock, 300)
    desk.db.execute("UPDATE quote SET waited = NULL WHERE told_at = ?", (clock(),))
    assert honesty.honesty(desk.db, clock(), 7).told == 0
    assert honesty.honesty(desk.db, clock(), 30).told == 1
    assert honesty.honesty(desk.db, clock(), 7).inside_share is None


def test_arrivals_are_counted_by_half_hour(desk: Desk, clock: Clock) -> None:
    clock.at -= clock.at % 1_800_000
    start = clock.at
    desk.arrive(Channel.PHONE)
    clock.pass_(1799)
    desk.arrive(Channel.PHONE)
    clock.pass_(1)
    desk.arrive(Channel.PHONE)
    assert honesty.arrivals(desk.db, start, clock()) == [(start, 2), (start + 1_800_000, 1)]


def test_history_is_the_last_contacts_and_whoever_left_or_waits_since(desk: Desk, clock: Clock) -> None:
    done = []
    for _ in range(4):
        key = desk.arrive(Channel.PHONE)[0].id
        desk.take([key])
        clock.pass_(60)
        desk.resolve([key])
        clock.pass_(60)
        left = desk.arrive(Channel.PHONE)[0].id
        desk.left([left])
        done.append((key, left))
        clock.pass_(60)
    waiting = desk.arrive(Channel.PHONE)[0].id
    found = {ticket.id for ticket in history.contacts(desk.db, 2, -1)}
    assert found == {*done[2], *done[3], waiting}
    assert {ticket.id for ticket in history.contacts(desk.db, 100, -1)} == {key for pair in done for key in pair} | {
        waiting
    }


def test_moves_are_read_for_more_tickets_than_a_statement_takes(desk: Desk) -> None:
    key = desk.arrive(Channel.PHONE)[0].id
    desk.take([key])
    desk.reply(key, "네, 확인하겠습니다.")
    moves = history.moves(desk.db, [*(f"t{n}" for n in range(40_000)), key])
    assert [(ticket, kind, body[:15]) for ticket, _, kind, body, _ in moves] == [
        (key, "event", '{"code":"taken"'),
        (key, "reply", ""),
    ]


def test_a_mail_counts_as_answered_from_its_first_reply(desk: Desk, clock: Clock) -> None:
    answered, given_up, open_ = (desk.arrive(Channel.MAIL)[0].id for _ in range(3))
    clock.pass_(3600)
    desk.reply(answered, "네")
    first = clock()
    clock.pass_(3600)
    desk.reply(answered, "하나 더")
    desk.left([given_up])
    desk.arrive(Channel.PHONE)
    assert open_
    assert [(reply, gone) for _, _, _, reply, gone in history.mail_replies(desk.db, 10)] == [
        (first, 0),
        (None, clock()),
        (None, 0),
    ]
