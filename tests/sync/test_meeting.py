"""Desks that work apart and meet again: what each of them did is everywhere, and nothing is lost."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cxdesk.desk.bring import Bringing
from cxdesk.domain.changes import Insert, Stamp, Update
from cxdesk.domain.ids import hlc_ms, hlc_text, tick
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Language, Status
from cxdesk.imports.ids import RunIds
from cxdesk.storage import check, outbox
from cxdesk.storage.bulk import Importing
from cxdesk.storage.faults import Stale
from cxdesk.sync.transport import Problem
from tests.conftest import Clock
from tests.looking import local
from tests.sync.desks import Replica, Shop


def queue_by_hand(at: Replica, ent: str, key: str, f: dict[str, Any]) -> None:
    """An operation such as a later version of this program would write."""
    with at.store.transaction() as db:
        clock, number = outbox.position(db)
        t, n, op = tick(clock, at.clock()), number + 1, at.desk.mint()
        body = {"op": op, "n": n, "t": hlc_text(t), "ent": ent, "id": key, "k": "set", "v": 9, "f": f}
        db.execute(
            "INSERT INTO outbox (n, op, t, ent, ent_id, k, body, span) VALUES (?, ?, ?, ?, ?, 'set', ?, 1)",
            (n, op, t, ent, key, json.dumps(body)),
        )
        outbox.advance(db, t, n)


ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem discount,Billing Name,Billing Address1,Billing City,Phone,Cancelled at\n"
)


def orders(file: Path, count: int) -> Path:
    """An export of a shop program: a customer for every order."""
    rows = (
        f"#{n},guest{n}@example.com,paid,x,fulfilled,USD,{n}.00,2025-12-06 10:37:33 -0500,1,Mug {n % 7},{n}.00,0,"
        f"Guest {n},{n} Main St,Boston,,\n"
        for n in range(count)
    )
    file.write_text(ORDERS + "".join(rows), "utf-8")
    return file


def imported(at: Replica, file: Path) -> None:
    Bringing.open(at.desk, file).apply()


def words(at: Replica, ticket_id: str) -> set[str]:
    thread = at.desk.read.thread(ticket_id)
    assert thread is not None
    return {message.body for message in thread.messages}


def seen(at: Replica, ticket_id: str) -> Ticket:
    ticket = at.desk.read.ticket(ticket_id)
    assert ticket is not None
    return ticket


def me(at: Replica) -> str:
    assert at.desk.agent is not None
    return at.desk.agent.id


def newcomer(at: Replica, text: str = "김민지 010-1234-5678", said: str = "환불해 주세요") -> Ticket:
    customer, edits = at.desk.people.newcomer(text, Language.KO)
    return at.desk.arrive(Channel.PHONE, customer=customer, said=said, also=edits)[0]


async def test_what_one_desk_did_is_on_the_other(shop: Shop) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one)
    one.desk.take([ticket.id])
    one.desk.reply(ticket.id, "바로 확인해 드릴게요.")
    one.desk.toggle_tag([ticket.id], "환불")
    await shop.meet()
    assert one.rows() == two.rows()
    assert one.tags() == two.tags() != set()
    assert two.desk.read.find_people("김민").hits
    assert one.file.pending() == two.file.pending() == 0


async def test_of_two_names_the_later_one_stays_and_both_desks_can_bring_the_other_back(
    shop: Shop, clock: Clock
) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    who = newcomer(one).customer_id or ""
    await shop.meet()
    one.desk.people.rename(who, "김민서")
    clock.pass_(5)
    two.desk.people.rename(who, "김민수")
    await shop.meet()
    assert names(one, who) == names(two, who) == "김민수"
    (found,) = one.desk.syncing.conflicts()
    assert (found.winner, found.loser, found.state) == ('"김민수"', '"김민서"', "open")
    assert [value.value for value in one.desk.syncing.history("customer", who, "name")] == ["김민서"]
    clock.pass_(5)
    one.desk.syncing.resolve(found.id, "loser")
    await shop.meet()
    assert names(one, who) == names(two, who) == "김민서"
    assert one.desk.syncing.conflicts() == two.desk.syncing.conflicts() == ()
    assert one.rows() == two.rows()


def names(at: Replica, who: str) -> str:
    (name,) = at.desk.db.execute("SELECT name FROM customer WHERE id = ?", (who,)).fetchone()
    return str(name)


async def test_who_takes_a_ticket_second_keeps_their_words_and_is_told_who_was_first(shop: Shop, clock: Clock) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one)
    await shop.meet()
    two.desk.take([ticket.id])
    two.desk.reply(ticket.id, "제가 도와드릴게요.")
    assert two.desk.syncing.holders()[ticket.id].tentative
    one.desk.take([ticket.id])
    await one.sync()
    assert not one.desk.syncing.holders()[ticket.id].tentative
    await shop.meet()
    assert one.rows() == two.rows()
    assert seen(two, ticket.id).assignee == me(one)
    (refused,) = two.desk.syncing.attention()
    assert (refused.k, refused.problem) == ("claim", "claimed")
    assert "제가 도와드릴게요." in words(two, ticket.id)
    holder = two.desk.syncing.holders()[ticket.id]
    assert (holder.agent_id, holder.here, holder.tentative) == (me(one), False, False)


async def test_who_resolves_under_the_fence_of_their_claim_gives_the_ticket_free(shop: Shop) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one)
    one.desk.take([ticket.id])
    await shop.meet()
    one.desk.resolve([ticket.id])
    await shop.meet()
    assert seen(two, ticket.id).status is Status.RESOLVED
    assert one.desk.syncing.holders() == two.desk.syncing.holders() == {}
    assert one.desk.syncing.attention() == []


async def test_a_tag_that_undo_puts_back_is_back_everywhere(shop: Shop) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one)
    one.desk.toggle_tag([ticket.id], "재발송")
    await shop.meet()
    one.desk.toggle_tag([ticket.id], "재발송")
    await shop.meet()
    assert two.tags() == set()
    one.desk.undo()
    await shop.meet()
    assert one.tags() == two.tags() == {(ticket.id, "재발송")}
    one.desk.undo()
    await shop.meet()
    assert one.tags() == two.tags() == set()


async def test_nobody_takes_back_what_a_colleague_changed_since(shop: Shop, clock: Clock) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    who = newcomer(one).customer_id or ""
    one.desk.people.rename(who, "김민서")
    await shop.meet()
    clock.pass_(1)
    two.desk.people.rename(who, "김민수")
    await shop.meet()
    with pytest.raises(Stale):
        one.desk.undo()
    assert names(one, who) == "김민수"


async def test_a_row_that_was_taken_back_is_gone_everywhere_and_comes_back_with_what_a_colleague_wrote(
    shop: Shop, clock: Clock
) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    who = newcomer(one).customer_id or ""
    one.desk.people.prefer(who, "사이즈", "M")
    await shop.meet()
    one.desk.undo()
    await one.sync()
    (known,) = two.desk.db.execute("SELECT id FROM preference").fetchone()
    clock.pass_(1)
    two.desk.commit("prefer", (Update("preference", known, {"value": "M"}, {"value": "L"}),))
    await shop.meet()
    assert [row[3] for row in one.rows("preference")["preference"]] == ["L"]
    assert one.rows() == two.rows()


async def test_a_week_alone_goes_to_the_server_in_the_order_in_which_it_happened(shop: Shop, clock: Clock) -> None:
    first = await shop.joined("이서준")
    alone = shop.alone("박하늘")
    for n in range(12):
        ticket = newcomer(alone, f"손님{chr(0xAC00 + n * 28)} 010-1111-{n:04}")
        alone.desk.take([ticket.id])
        alone.desk.note(ticket.id, f"메모 {n}")
        alone.desk.resolve([ticket.id])
        clock.pass_(3600)
    newcomer(first)
    await alone.join(await shop.code())
    await shop.meet()
    assert first.rows() == alone.rows()
    assert alone.desk.syncing.attention() == []
    numbers = [row[1] for row in first.rows("ticket")["ticket"]]
    assert len(numbers) == len(set(numbers)) == 13


async def test_what_comes_in_by_the_file_is_written_out_only_when_it_is_sent(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxdesk.storage.replica._WRITTEN_OUT", 70)
    alone = shop.alone()
    imported(alone, orders(tmp_path / "orders.csv", 90))
    lines = alone.desk.db.execute("SELECT count(*) FROM outbox").fetchone()[0]
    assert alone.file.pending() > 270
    assert lines < 10
    await alone.join(await shop.code())
    await alone.sync()
    other = await shop.joined("박하늘")
    await shop.meet()
    assert other.rows() == alone.rows()
    assert len(other.rows("purchase")["purchase"]) == 90
    assert alone.file.pending() == 0
    assert check.faults(other.desk.db) == []


async def test_an_import_that_was_taken_back_before_it_was_sent_is_nowhere(shop: Shop, tmp_path: Path) -> None:
    alone = shop.alone()
    imported(alone, orders(tmp_path / "orders.csv", 30))
    keeping = Importing(alone.store)
    run = keeping.runs()[0]
    keeping.take_back(run.id, Stamp(alone.clock(), None, RunIds.again(alone.clock(), run.id).mint))
    who = newcomer(alone).customer_id
    await alone.join(await shop.code())
    await alone.sync()
    other = await shop.joined("박하늘")
    await shop.meet()
    assert other.rows() == alone.rows()
    assert [row[0] for row in other.rows("customer")["customer"]] == [who]


async def test_two_desks_that_brought_the_same_orders_in_count_them_once(shop: Shop, tmp_path: Path) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    file = orders(tmp_path / "orders.csv", 20)
    for desk in (one, two):
        imported(desk, file)
        shop.clock.pass_(60)
    await shop.meet()
    assert one.rows("purchase") == two.rows("purchase")
    assert len(one.rows("purchase")["purchase"]) == 20
    assert check.faults(one.desk.db) == check.faults(two.desk.db) == []


async def test_a_clock_that_runs_eleven_days_ahead_is_pulled_back(shop: Shop, clock: Clock) -> None:
    wrong = Clock(clock() + 11 * 86_400_000)
    one = await shop.joined("이서준")
    two = await shop.joined("박하늘", wrong)
    who = newcomer(two).customer_id or ""
    await two.sync()
    two.desk.people.rename(who, "김민서")
    await shop.meet()
    for at in (clock, wrong):
        at.pass_(10)
    one.desk.people.rename(who, "김민수")
    await shop.meet()
    assert names(one, who) == names(two, who) == "김민수"
    for at in (clock, wrong):
        at.pass_(10)
    two.desk.people.rename(who, "김민아")
    await shop.meet()
    assert names(one, who) == names(two, who) == "김민아"
    stamp = int(local(two.desk.db)["clock"])
    assert abs(hlc_ms(stamp) - clock()) < 60_000


async def test_a_copied_file_says_so_and_loses_nothing_under_another_device_id(
    shop: Shop, clock: Clock, tmp_path: Path
) -> None:
    one = await shop.joined("이서준")
    ticket = newcomer(one)
    one.desk.db.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    one.desk.note(ticket.id, "원래 책상에서")
    await one.sync()
    (tmp_path / "copied").mkdir()
    shutil.copy(tmp_path / "copy.db", tmp_path / "copied" / "desk.db")
    copy = shop.opened(tmp_path / "copied", "박하늘")
    copy.session, copy.tokens = one.session, one.tokens
    copy.desk.note(ticket.id, "복사한 책상에서")
    with pytest.raises(Problem, match="device-forked"):
        await copy.sync()
    waiting = copy.file.pending()
    assert waiting > 0
    await copy.join(await shop.code())
    assert copy.file.pending() == waiting
    await shop.meet()
    assert one.rows() == copy.rows()
    assert {"원래 책상에서", "복사한 책상에서"} <= words(one, ticket.id)


async def test_fields_and_tables_of_a_later_version_are_kept_and_passed_on(shop: Shop, clock: Clock) -> None:
    one = await shop.joined("이서준")
    ticket = newcomer(one)
    await one.sync()
    later = await shop.joined("다음 버전")
    for ent, key, f in (
        ("customer", ticket.customer_id, {"pronoun": "they", "language": "tlh"}),
        ("loyalty_card", "card-1", {"customer_id": ticket.customer_id, "points": 12}),
        ("note", "n-half", {"pinned": True}),
    ):
        queue_by_hand(later, ent, key or "", f)
    await shop.meet()
    kept = {(ent, field): value for ent, _, field, value in one.desk.db.execute("SELECT * FROM extra_field")}
    assert kept[("customer", "pronoun")] == '"they"'
    assert kept[("customer", "language")] == '"tlh"'
    assert kept[("loyalty_card", "points")] == "12"
    assert kept[("note", "pinned")] == "true"
    known = one.desk.read.customer(ticket.customer_id or "")
    assert known is not None
    assert known.language is Language.KO
    clock.pass_(1)
    one.desk.people.rename(ticket.customer_id or "", "김민서")
    await shop.meet()
    third = await shop.joined("세 번째")
    values = {(ent, field): value for ent, _, field, value in third.desk.db.execute("SELECT * FROM extra_field")}
    assert kept.items() <= values.items()


async def test_what_had_no_column_goes_where_it_belongs_after_an_upgrade(shop: Shop) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    who = newcomer(one).customer_id or ""
    await shop.meet()
    folder = two.store.path.parent
    with two.store.transaction() as db:  # as an older version would have left it
        db.execute("UPDATE customer SET address = NULL WHERE id = ?", (who,))
        db.execute("INSERT INTO extra_field VALUES ('customer', ?, 'address', '\"한강로 1\"')", (who,))
        db.execute("UPDATE local SET value = '2' WHERE key = 'sync.schema'")
    two.close()
    shop.replicas.remove(two)
    later = shop.opened(folder)
    assert later.desk.db.execute("SELECT address FROM customer WHERE id = ?", (who,)).fetchone() == ("한강로 1",)
    assert later.desk.db.execute("SELECT count(*) FROM extra_field WHERE field = 'address'").fetchone() == (0,)


async def test_a_row_waits_for_its_beginning(shop: Shop, clock: Clock) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    who = newcomer(one).customer_id or ""
    note = one.desk.mint()
    queue_by_hand(two, "note", note, {"ticket_id": "t-9"})
    await shop.meet()
    assert one.rows("note")["note"] == []
    clock.pass_(1)
    one.desk.commit("remember", (Insert("note", row(note, who)),))
    await shop.meet()
    assert one.rows("note") == two.rows("note")
    assert [(found[1], found[2]) for found in two.rows("note")["note"]] == [(who, "조용한 자리")]
    assert two.desk.read.find("조용한").hits


def row(note: str, who: str) -> dict[str, object]:
    known = dict.fromkeys(("agent_id", "ticket_id", "amends"))
    return {"id": note, "customer_id": who, "body": "조용한 자리", "created_at": 5, **known}


async def test_somebody_who_asked_to_be_forgotten_is_in_no_file(shop: Shop, tmp_path: Path) -> None:
    one, two = await shop.joined("이서준"), await shop.joined("박하늘")
    ticket = newcomer(one, "남궁비밀 010-9876-5432", "아무에게도 말하지 마세요 제발")
    one.desk.people.rename(ticket.customer_id or "", "남궁비밀이")
    await shop.meet()
    two.desk.note(ticket.id, "비밀번호는 무화과")
    two.desk.save_draft(ticket.id, "reply", "비밀번호는 무화과")
    await shop.meet()
    answer = await one.session.ask(
        "POST", f"/v1/customers/{ticket.customer_id}/erase", body={"agent": me(one), "reason": "asked"}
    )
    assert answer.status == 202
    await shop.meet()
    for desk in (one, two):
        desk.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert desk.rows("customer")["customer"] == desk.rows("message")["message"] == []
        data = b"".join(part.read_bytes() for part in desk.store.path.parent.iterdir())
        for needle in ("남궁비밀", "98765432", "무화과", "말하지 마세요"):
            assert needle.encode() not in data, needle
        assert list(desk.file.erased()) == []
        assert check.faults(desk.desk.db) == []
