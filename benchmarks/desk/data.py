"""Shops of any size for the benchmark: invented, the same every time, written by the thousand rows.

What an import writes goes through the import's own fast path; the rest goes into the tables' columns directly. A
shop is made once per size and kept; before each use its open tickets are moved to now and the traces of the last run
are wiped away.
"""

import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cxdesk.domain.changes import Stamp
from cxdesk.domain.ids import uuid7
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.order import Credits, rank_at
from cxdesk.domain.records import (
    Agent,
    Customer,
    Identity,
    Message,
    Note,
    Preference,
    Purchase,
    Quote,
    Record,
    Shift,
    Ticket,
    as_row,
)
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    Priority,
    PurchaseState,
    Segment,
    Stage,
    Status,
    Topic,
)
from cxdesk.storage import queue, words
from cxdesk.storage.bulk import Importing, Keeper
from cxdesk.storage.rows import columns, insert_sql
from cxdesk.storage.store import Store

__all__ = ["Size", "freshen", "made"]

_FORMAT = 2
_SEED = 20_260
_SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허노남"
_FIRST = "민서지예하도은수현준유재승연채태소영정나다가우진경미상혜동시"
_SECOND = "준윤우연서현호은진영아민주희원수빈경훈석철환정란숙옥림솔결율"
_GOODS = ("린넨 셔츠", "울 니트", "거즈 블라우스", "면 파자마 세트", "도자기 머그", "작설차 50g", "양모 담요")
_SAID = (
    "주문한 지 일주일째인데 아직도 안 와요. 정말 답답하네요.",
    "사이즈가 작아서 교환하고 싶어요.",
    "환불은 언제 되나요? 카드로 결제했어요.",
    "받아 보니 한쪽에 올이 나가 있어요. 선물이라 속상하네요.",
    "배송지를 바꾸고 싶은데 가능할까요?",
    "지난번에 산 것과 같은 색으로 하나 더 살 수 있나요?",
)
_REPLIES = (
    "불편하셨겠어요. 바로 확인해서 오늘 오후 3시까지 전화드리겠습니다.",
    "교환 접수해 드렸습니다. 내일 수거 기사님이 방문하십니다.",
    "환불 접수했습니다. 카드사에 따라 3일에서 5일 걸립니다.",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a shop holds. ``waiting`` are among the ``tickets``."""

    customers: int
    purchases: int
    tickets: int
    waiting: int

    @property
    def folder(self) -> str:
        """The name of its folder in the cache."""
        return f"v{_FORMAT}-c{self.customers}-p{self.purchases}-t{self.tickets}-w{self.waiting}"


@dataclass(frozen=True, slots=True)
class Data:
    """A shop on disk: where, how large, and the names on the first screen of its queue."""

    folder: Path
    size: Size
    names: tuple[str, ...]


def made(size: Size, cache: Path) -> Data:
    """The shop of this size, from the cache or made now."""
    folder = cache / size.folder
    if not (folder / "done.json").exists():
        began = time.perf_counter()
        print(f"making {size} in {folder} …", file=sys.stderr, flush=True)
        draft = folder.with_name(folder.name + ".part")
        shutil.rmtree(draft, ignore_errors=True)
        _make(size, draft)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        seconds = time.perf_counter() - began
        (folder / "done.json").write_text(json.dumps(asdict(size) | {"seconds": round(seconds, 1)}))
    freshen(folder)
    with Store.open(folder, write=False) as store:
        order = [key for _, keys in queue.sections(store.db, store.recall("agent"), _now()) for key in keys][:12]
        rows = queue.rows(store.db, order)
    return Data(folder, size, tuple(name for key in order if (name := rows[key].name)))


def freshen(folder: Path) -> None:
    """Move the open tickets to now, put the queue back as it was made, and forget what was on screen."""
    with Store.open(folder) as store:
        by = _now() - int(store.recall("benchmark") or 0)
        waiting = store.recall("benchmark_waiting") or "[]"
        with store.transaction() as db:
            # A run that was cut short may have begun to serve somebody.
            db.execute(
                "UPDATE ticket SET status = 'waiting', stage = 'greet', assignee = NULL, taken_at = NULL"
                " WHERE status <> 'waiting' AND id IN (SELECT value FROM json_each(?))",
                (waiting,),
            )
            db.execute(
                "DELETE FROM message WHERE kind = 'event' AND ticket_id IN (SELECT value FROM json_each(?))",
                (waiting,),
            )
            db.execute(
                "UPDATE ticket SET arrived_at = arrived_at + :by, waiting_since = waiting_since + :by,"
                " rank_at = rank_at + :by, taken_at = taken_at + :by, hold_until = hold_until + :by,"
                " quoted_from = quoted_from + :by, quoted_until = quoted_until + :by"
                " WHERE status IN ('waiting', 'active', 'pending')",
                {"by": by},
            )
            db.execute(
                "UPDATE message SET at = at + ? WHERE ticket_id IN"
                " (SELECT id FROM ticket WHERE status IN ('waiting', 'active', 'pending'))",
                (by,),
            )
            db.execute("DELETE FROM draft")
        store.remember("open_ticket", None)
        store.remember("benchmark", str(_now()))
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _now() -> int:
    return time.time_ns() // 1_000_000


class _Maker:
    """Invents one shop."""

    def __init__(self, size: Size, now: int) -> None:
        self.size, self.now = size, now
        self.dice = random.Random(_SEED)
        self.agents = [Agent(self.id(), name, now - 400 * DAY) for name in ("이서준", "박하윤", "최은우")]
        self.customers: list[tuple[str, str]] = []

    def id(self, at: int | None = None) -> str:
        """A new id."""
        return uuid7(self.now if at is None else at, self.dice.getrandbits(74))

    def stamp(self) -> Stamp:
        """Now, by nobody."""
        return Stamp(self.now, None, self.id)

    def people(self) -> Iterator[tuple[Customer, tuple[Identity, ...]]]:
        """Customers with a telephone, every third also with an address for mail."""
        pick = self.dice.choice
        for n in range(self.size.customers):
            at = self.now - self.dice.randrange(5, 900) * DAY
            name = pick(_SURNAMES) + pick(_FIRST) + pick(_SECOND)
            person = Customer(self.id(at), name, Language.KO, None, "bench", f"M{n}", None, at)
            self.customers.append((person.id, name))
            digits = f"0100{self.dice.randrange(10**7):07}"
            shown = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
            known = [Identity(self.id(at), person.id, "phone", digits, shown, at)]
            if n % 3 == 0:
                mail = f"user{n}@example.com"
                known.append(Identity(self.id(at), person.id, "email", mail, mail, at))
            yield person, tuple(known)

    def purchases(self) -> Iterator[Purchase]:
        """Order lines, two or three an order; a few customers buy most of them, as they do."""
        people, dice, n = self.customers, self.dice, 0
        while n < self.size.purchases:
            buyer = people[int(len(people) * dice.random() ** 2)][0]
            at = self.now - int(dice.random() ** 1.5 * 900 * DAY) - DAY
            state = PurchaseState.DELIVERED if self.now - at > 6 * DAY else PurchaseState.SHIPPING
            for line in range(min(dice.choice((1, 1, 2, 3)), self.size.purchases - n)):
                product, price = dice.choice(_GOODS), dice.randrange(9, 130) * 1000
                order = f"O{n - line:08}"
                key = f"{order}-{line}"
                yield Purchase(self.id(at), buyer, order, product, price, "KRW", at, 1, "M", state, False, "bench", key)
                n += 1

    def facts(self) -> Iterator[Note | Preference]:
        """Every tenth customer has a note and a preference."""
        for key, _ in self.customers[::10]:
            at = self.now - self.dice.randrange(1, 300) * DAY
            yield Note(self.id(at), key, "포장이 예쁘다고 하심. 문 앞에 놓아 달라고 하심.", at)
            yield Preference(self.id(at), key, "사이즈", self.dice.choice("SML"), "상담", at)

    def contacts(self) -> Iterator[tuple[Ticket, tuple[Message, ...], tuple[Quote, ...]]]:
        """Finished contacts of the last two years, then today's queue."""
        open_now = self.size.waiting + (min(13, self.size.tickets - self.size.waiting) if self.size.waiting else 0)
        past = self.size.tickets - open_now
        for n in range(past):
            yield self._finished(1001 + n, self.now - (past - n) * 700 * DAY // max(1, past) - DAY)
        for n in range(open_now):
            yield self._open(1001 + past + n, n)

    def _ticket(self, number: int, at: int, priority: Priority, segment: Segment | None) -> Ticket:
        dice = self.dice
        customer = dice.choice(self.customers)[0] if self.customers else None
        return Ticket(
            self.id(at),
            number,
            dice.choice(tuple(Channel)),
            at,
            at,
            rank_at(at, priority, segment, Credits()),
            customer,
            dice.choice(tuple(Topic)),
            "",
            priority,
            segment,
            emotion=dice.choice(tuple(Emotion)),
            intensity=dice.randrange(1, 4),
        )

    def _finished(self, number: int, at: int) -> tuple[Ticket, tuple[Message, ...], tuple[Quote, ...]]:
        ticket = self._ticket(number, at, Priority.NORMAL, None)
        taken = at + int(self.dice.expovariate(1 / 4) * MINUTE)
        done = taken + int(self.dice.lognormvariate(1.4, 0.6) * MINUTE)
        agent = self.dice.choice(self.agents).id
        row = as_row(ticket) | {
            "status": "resolved",
            "stage": "close",
            "assignee": agent,
            "taken_at": taken,
            "resolved_at": done,
        }
        said = (
            Message(self.id(at), ticket.id, MessageKind.CUSTOMER, self.dice.choice(_SAID), at),
            Message(self.id(taken), ticket.id, MessageKind.REPLY, self.dice.choice(_REPLIES), taken, agent),
        )
        return Ticket(**row), said, ()

    def _open(self, number: int, n: int) -> tuple[Ticket, tuple[Message, ...], tuple[Quote, ...]]:
        """The first three are in hand, ten are held, the others wait."""
        at = self.now - self.dice.randrange(1, 90) * MINUTE
        priority = Priority.URGENT if n % 17 == 0 else Priority.NORMAL
        segment = self.dice.choice((None, *Segment))
        ticket = self._ticket(number, at, priority, segment)
        row, agent = as_row(ticket), self.agents[n % 3].id
        quotes: tuple[Quote, ...] = ()
        if n < 3:
            row |= {"status": Status.ACTIVE, "stage": Stage.LISTEN, "taken_at": at + MINUTE, "assignee": agent}
        elif n < 13:
            row |= {"status": Status.PENDING, "assignee": agent, "hold_for_reply": 1}
        elif n % 4 == 0:
            high = self.dice.randrange(5, 100)
            row |= {"quoted_from": at, "quoted_until": at + high * MINUTE}
            sentence = f"지금 오시면 {high}분 안에 모시겠습니다."
            told = (60, 30 * high, 60 * high, "ok", 50, at, sentence)
            quotes = (Quote(self.id(at), ticket.id, ticket.customer_id, *told),)
        said = tuple(
            Message(self.id(at), ticket.id, MessageKind.CUSTOMER, self.dice.choice(_SAID), at + step)
            for step in range(1 + n % 4)
        )
        return Ticket(**row), said, quotes


def _make(size: Size, folder: Path) -> None:
    now = _now()
    maker = _Maker(size, now)
    with Store.open(folder) as store:
        with Importing(store).keeper(maker.stamp(), maker.id(now)) as keeper:
            store.db.executemany(insert_sql("agent"), map(as_row, maker.agents))
            shifts = [Shift(maker.id(), agent.id, "on", now - 3 * 60 * MINUTE) for agent in maker.agents]
            store.db.executemany(insert_sql("shift"), map(as_row, shifts))
            people = list(maker.people())
            _keep(keeper, "customer", [person for person, _ in people])
            _keep(keeper, "identity", [one for _, known in people for one in known])
            for batch in _batches(maker.purchases()):
                _keep(keeper, "purchase", batch)
            facts = list(maker.facts())
            _keep(keeper, "note", [fact for fact in facts if isinstance(fact, Note)])
            preferences = [as_row(fact) for fact in facts if isinstance(fact, Preference)]
            store.db.executemany(insert_sql("preference"), preferences)
            for contact in maker.contacts():
                _contact(store, *contact)
            keeper.finish((maker.id(), "bench.csv", "", "bench", now, now, size.purchases, 0, 0, 0), size.purchases)
        store.db.execute("PRAGMA optimize")
        store.remember("agent", maker.agents[0].id)
        store.remember("benchmark", str(now))
        waiting = store.db.execute("SELECT json_group_array(id) FROM ticket WHERE status = 'waiting'").fetchone()[0]
        store.remember("benchmark_waiting", waiting)


def _contact(store: Store, ticket: Ticket, messages: tuple[Message, ...], quotes: tuple[Quote, ...]) -> None:
    """A ticket with what was said in it; the words can be searched for."""
    for kind, records in (("ticket", (ticket,)), ("message", messages), ("quote", quotes)):
        for record in records:
            row = as_row(record)
            store.db.execute(insert_sql(kind), row)
            words.added(store.db, kind, row)


def _keep(keeper: Keeper, kind: str, records: list[Record]) -> None:
    names = columns(kind)
    keeper.insert(kind, [tuple(as_row(record)[name] for name in names) for record in records])


def _batches(records: Iterator[Purchase], size: int = 5000) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
