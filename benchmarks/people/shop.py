"""A shop of any size on disk: invented, the same every time, written without indexes and indexed at the end."""

import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

from benchmarks.people.names import Namer
from cxdesk.domain.ids import uuid7
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.storage import check
from cxdesk.storage.rows import RECORDS
from cxdesk.storage.store import Store

__all__ = ["NOW", "SIZES", "Size", "made"]

NOW = 1_795_237_380_000
"""2026-11-21 14:03 in Seoul, whenever the benchmark runs: conditions such as ``before:2026-10`` must mean the same."""
_FORMAT = 2
_SEED = 20_261
_COLUMNS = {
    "customer": "id name language source external_id created_at",
    "identity": "id customer_id kind value shown created_at",
    "purchase": "id customer_id order_no product amount currency ordered_at state source external_id option",
    "note": "id customer_id body created_at",
    "tag": "id ent ent_id tag at",
    "ticket": "id number channel arrived_at waiting_since rank_at customer_id topic status stage emotion intensity"
    " feeling_after taken_at resolved_at",
    "message": "id ticket_id kind body at",
    "feedback": "id customer_id ticket_id scale value at",
    "follow_up": "id customer_id ticket_id what due_at made_at state done_at",
}
"""Table → what is invented of a row; the other columns have their record's defaults."""
_GOODS = (
    *(
        "린넨 셔츠",
        "울 니트",
        "거즈 블라우스",
        "면 파자마 세트",
        "도자기 머그",
        "작설차 50g",
        "양모 담요",
        "리넨 앞치마",
    ),
    *(
        "Linen Shirt",
        "Wool Cardigan",
        "Cotton Tote",
        "Ceramic Bowl",
        "캔버스 가방",
        "가죽 지갑",
        "나무 도마",
        "유리 화병",
    ),
)
_COLOURS = ("화이트", "네이비", "그레이", "베이지", "올리브", "블랙", "차콜", "라벤더", "민트", "코랄")
_SAID = (
    "주문한 지 일주일째인데 아직도 안 와요. 정말 답답하네요.",
    "사이즈가 작아서 교환하고 싶어요.",
    "환불은 언제 되나요? 카드로 결제했어요.",
    "받아 보니 한쪽에 올이 나가 있어요. 선물이라 속상하네요.",
    "배송지를 바꾸고 싶은데 가능할까요?",
    "지난번에 산 것과 같은 색으로 하나 더 살 수 있나요?",
    "Where is my parcel? It should have been here on Tuesday.",
    "현금영수증을 다시 받고 싶습니다.",
)
_REPLIES = (
    "불편하셨겠어요. 바로 확인해서 오늘 오후 3시까지 전화드리겠습니다.",
    "교환 접수해 드렸습니다. 내일 수거 기사님이 방문하십니다.",
    "환불 접수했습니다. 카드사에 따라 3일에서 5일 걸립니다.",
)
_NOTES = ("포장이 예쁘다고 하심", "문 앞에 놓아 달라고 하심", "향이 강한 것은 싫어하심", "명절마다 선물로 사심")
_CHANNELS = ("phone", "phone", "chat", "mail", "visit")
_TOPICS = ("delivery", "delivery", "refund", "defect", "product", "payment", "other")
_FEELINGS = ("anger", "anxiety", "disappointment", "confusion", "gratitude", "neutral")


@dataclass(frozen=True, slots=True)
class Size:
    """How much a shop holds."""

    customers: int
    purchases: int
    tickets: int


SIZES = {
    "1k": Size(1_000, 3_000, 300),
    "100k": Size(100_000, 300_000, 30_000),
    "1m": Size(1_000_000, 3_000_000, 300_000),
}

Row = tuple[object, ...]


def made(name: str, cache: Path) -> Path:
    """The data folder of a shop of this size, from the cache or made now."""
    folder = cache / f"people-v{_FORMAT}-{name}"
    if not (folder / "done").exists():
        draft = folder.with_name(folder.name + ".part")
        shutil.rmtree(draft, ignore_errors=True)
        began = time.perf_counter()
        _make(SIZES[name], draft)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        (folder / "done").touch()
        size = (folder / "desk.db").stat().st_size / 1e6
        print(f"made {name} in {time.perf_counter() - began:.0f} s, {size:,.0f} MB", file=sys.stderr, flush=True)
    return folder


class _Maker:
    """Invents the rows of one shop, table by table, each in the order of its record's fields."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.dice = random.Random(_SEED)
        self.ids: list[str] = []
        self.tickets: list[tuple[str, int, bool]] = []

    def id(self, at: int) -> str:
        """A new id."""
        return uuid7(at, self.dice.getrandbits(74))

    def customer(self) -> Iterator[Row]:
        """One in eight has an English name."""
        namer = Namer(self.dice)
        for n in range(self.size.customers):
            at = NOW - self.dice.randrange(5, 1500) * DAY
            key = self.id(at)
            self.ids.append(key)
            english = n % 8 == 7
            yield key, namer.english() if english else namer.korean(), "en" if english else "ko", "bench", f"M{n}", at

    def identity(self) -> Iterator[Row]:
        """A telephone each, every third also an address for mail."""
        for n, owner in enumerate(self.ids):
            digits = f"010{self.dice.randrange(2000, 9999):04}{self.dice.randrange(10_000):04}"
            shown = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
            yield self.id(NOW), owner, "phone", digits, shown, NOW
            if n % 3 == 0:
                mail = f"user{n}@example.com"
                yield self.id(NOW), owner, "email", mail, mail, NOW

    def purchase(self) -> Iterator[Row]:
        """Order lines; a few customers buy most of them, as they do, and a few goods are most of what is bought."""
        dice, people = self.dice, self.ids
        for n in range(self.size.purchases):
            buyer = people[int(len(people) * dice.random() ** 2)]
            at = NOW - int(dice.random() ** 1.5 * 1400 * DAY) - DAY
            product = f"{_GOODS[int(len(_GOODS) * dice.random() ** 1.5)]} {dice.choice(_COLOURS)}"
            state = "delivered" if NOW - at > 6 * DAY else "shipping"
            order = f"{20_000_000_000 + n // 2}"
            amount = dice.randrange(9, 130) * 1000
            yield self.id(at), buyer, order, product, amount, "KRW", at, state, "bench", f"{order}-{n % 2}", "M"

    def note(self) -> Iterator[Row]:
        """Every tenth customer has one."""
        for owner in self.ids[::10]:
            at = NOW - self.dice.randrange(1, 300) * DAY
            yield self.id(at), owner, self.dice.choice(_NOTES), at

    def tag(self) -> Iterator[Row]:
        """Every fiftieth has a tag."""
        for owner in self.ids[::50]:
            yield self.id(NOW), "customer", owner, self.dice.choice(("선물", "도매", "리뷰", "VMD")), NOW

    def ticket(self) -> Iterator[Row]:
        """Contacts of the last two years; one in a hundred still waits, at most three hundred."""
        dice, waiting = self.dice, min(300, self.size.tickets // 100)
        for n in range(self.size.tickets):
            left = self.size.tickets - n
            at = NOW - left * 700 * DAY // self.size.tickets if left > waiting else NOW - left * MINUTE
            key, done = self.id(at), left > waiting
            self.tickets.append((key, at, done))
            how = dice.choice(_CHANNELS), at, at, at, dice.choice(self.ids), dice.choice(_TOPICS)
            felt = dice.choice(_FEELINGS), dice.randrange(1, 4)
            if done:
                yield key, 1001 + n, *how, "resolved", "close", *felt, "gratitude", at + 4 * MINUTE, at + 9 * MINUTE
            else:
                yield key, 1001 + n, *how, "waiting", "greet", *felt, None, None, None

    def message(self) -> Iterator[Row]:
        """What was said, and what was answered."""
        for ticket, at, done in self.tickets:
            yield self.id(at), ticket, "customer", self.dice.choice(_SAID), at
            if done:
                yield self.id(at), ticket, "reply", self.dice.choice(_REPLIES), at + 5 * MINUTE

    def feedback(self) -> Iterator[Row]:
        """Every fiftieth customer answered once."""
        for owner in self.ids[::50]:
            yield self.id(NOW), owner, None, "csat", self.dice.randrange(1, 6), NOW - 30 * DAY

    def follow_up(self) -> Iterator[Row]:
        """Every two-hundredth was promised something."""
        for owner in self.ids[::200]:
            at = NOW - self.dice.randrange(2, 200) * DAY
            yield self.id(at), owner, None, "전화", at + DAY, at, "kept", at + DAY


def _make(size: Size, folder: Path) -> None:
    maker = _Maker(size)
    with Store.open(folder) as store:
        db = store.db
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        with store.transaction():
            indexes = _put_off(db)
            for table in _COLUMNS:
                rows: Callable[[], Iterator[Row]] = getattr(maker, table)
                _timed(table, lambda rows=rows, table=table: _write(db, table, rows()))  # type: ignore[misc]
            _timed("indexes", lambda: [db.execute(sql) for sql in indexes])
            _timed("derived tables", lambda: check.rebuild(db))
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_off(db: sqlite3.Connection) -> list[str]:
    """Take the indexes of the tables away; they are sorted in at the end, which is several times faster."""
    marks = ",".join("?" * len(_COLUMNS))
    found = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",  # noqa: S608
        tuple(_COLUMNS),
    ).fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _write(db: sqlite3.Connection, table: str, rows: Iterator[Row]) -> None:
    given = _COLUMNS[table].split()
    defaults = {field.name: field.default for field in fields(RECORDS[table]) if field.name not in given}
    names = (*given, *defaults)
    rest = tuple(int(value) if isinstance(value, bool) else value for value in defaults.values())
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    while batch := list(islice(rows, 10_000)):
        db.executemany(sql, (row + rest for row in batch))


def _timed(name: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"  {name}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
