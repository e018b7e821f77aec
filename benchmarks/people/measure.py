"""What an agent does among so many people, timed from the key to the rows in hand, as the screens ask for them."""

import gc
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from benchmarks.people.shop import NOW
from cxdesk import places
from cxdesk.desk import Desk
from cxdesk.desk.roster import Fence
from cxdesk.domain.roster import Sort
from cxdesk.hangul.jamo import initials
from cxdesk.hangul.keyboard import letters_of
from cxdesk.hangul.romanise import romanised
from cxdesk.settings import Settings
from cxdesk.storage.store import Store

__all__ = ["Timing", "measure", "percentile"]

_SHOWN = 50
"""As many people as the screen asks a search for."""
_ROUNDS = 40
_SEED = 5
_CONDITIONS = (
    *("segment:vip", "상태:대기", "channel:mail", "before:2026-10", "after:2026-11", "고객군:뜸함 채널:전화"),
)


@dataclass
class Timing:
    """How long one kind of key took, in ms, each time, by the clock and of the processor, and how many pages of the
    file were fetched; ``rows`` came back in all."""

    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    rows: int = 0

    def of(self, keys: Iterable[Any], act: Callable[[Any], int]) -> None:
        """Do something for every key and keep how long it took; ``act`` answers how many rows it read."""
        for key in keys:
            fetched, began, worked = _reads(), time.perf_counter(), time.process_time()
            self.rows += act(key)
            self.cpu.append(1000 * (time.process_time() - worked))
            self.ms.append(1000 * (time.perf_counter() - began))
            self.pages.append(_reads() - fetched)


def _most_memory() -> float:
    """The most that was resident so far; ``getrusage`` would count what the program that started this one had."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _reads() -> int:
    """How often this process has read from a file; SQLite reads a page at a time. 0 where the system does not say."""
    try:
        counters = Path("/proc/self/io").read_text("ascii")
    except OSError:
        return 0
    return int(counters.partition("syscr: ")[2].split()[0])


def percentile(times: list[float], n: int) -> float:
    """What ``n`` in a hundred stay under."""
    return quantiles(times, n=100, method="inclusive")[n - 1] if len(times) > 1 else times[0]


def measure(folder: Path) -> tuple[dict[str, Timing], float]:
    """Kind of key → its times, and the most memory that was resident, in MiB."""
    with Store.open(folder) as store:
        desk = Desk(store, Settings(), clock=lambda: NOW, mint=places.mint)
        found: defaultdict[str, Timing] = defaultdict(Timing)
        dice = random.Random(_SEED)
        gc.collect()
        gc.freeze()
        for name, keys in _searches(desk, dice):
            found[name].of(keys, lambda line: len(desk.read.roster.search(line, _SHOWN)[0]))
        found["everything, by a word that was said"].of(_words(), lambda line: len(desk.read.find(line).hits))
        found["open a person"].of(_some(desk, dice, 3 * _ROUNDS), lambda person: _opened(desk, person))
        _scroll(desk, found, dice)
        return dict(found), _most_memory()


def _searches(desk: Desk, dice: random.Random) -> Iterator[tuple[str, Iterable[str]]]:
    """Kind of search → the line after every key."""
    people = _some(desk, dice, _ROUNDS)
    korean = [person for person in people if not person.name.isascii()]
    names = [person.name for person in korean]
    whole = [name for name in names if len(name) > 2]
    phones = [person.phone for person in korean]
    yield "name, every stage of typing", (part for name in names for part in _stages(name))
    yield "given name", (name[1:] for name in whole)
    yield "초성", (initials(name)[:end] for name in names for end in range(1, len(name) + 1))
    yield "mixed 김ㅁㅈ", (name[0] + initials(name)[1:] for name in whole)
    yield "romanised", (romanised(name)[0][:end] for name in names for end in (1, 3, 6, 20))
    yield "two-set rlaalswl", (letters_of(name) for name in names)
    yield "phone, last four", (phone[-end:] for phone in phones for end in (2, 3, 4))
    yield "phone, from the start", (phone[:end] for phone in phones for end in (3, 6, 9, 13))
    yield "e-mail", (f"user{dice.randrange(300) * 3}@example.com"[:end] for _ in names for end in (4, 8, 30))
    yield "order number", (person.order for person in people if person.order)
    yield "product", ("린넨", "린넨 셔츠", "wool", "머그", "가죽 지갑 네이비", "담요") * 6
    yield "tag", ("#도매", "#VMD") * 10
    yield "conditions alone", _CONDITIONS * 6
    yield (
        "name and conditions",
        (f"{name[:end]} {line}" for name in names[:12] for end in (1, 2, 3) for line in _CONDITIONS),
    )
    yield "words that were said", _words()


def _words() -> tuple[str, ...]:
    return ("환불", "답답", "영수증", "parcel", "올이 나가", "포장", "없는말입니다") * 6


def _stages(name: str) -> Iterator[str]:
    """What stands in the line after each syllable, and while the next one has only its first consonant."""
    for end in range(1, len(name) + 1):
        yield name[:end]
        if end < len(name):
            yield name[:end] + initials(name)[end]


class _Person(NamedTuple):
    id: str
    name: str
    phone: str
    order: str


def _some(desk: Desk, dice: random.Random, many: int) -> list[_Person]:
    """Customers picked by chance, each with the number of an order where there is one."""
    (last,) = desk.db.execute("SELECT max(n) FROM roster").fetchone()
    found = []
    for n in (dice.randrange(1, last + 1) for _ in range(many)):
        key, name, phone = desk.db.execute("SELECT customer_id, name, phone FROM roster WHERE n = ?", (n,)).fetchone()
        order = desk.db.execute("SELECT order_no FROM purchase WHERE customer_id = ? LIMIT 1", (key,)).fetchone()
        found.append(_Person(key, name, phone, order[0] if order else ""))
    return found


def _opened(desk: Desk, person: _Person) -> int:
    """A person's page: what is remembered, and the first page of the line of time."""
    desk.read.memory(person.id, few=24)
    return len(desk.read.roster.timeline(person.id))


def _scroll(desk: Desk, found: defaultdict[str, Timing], dice: random.Random) -> None:
    """The walk along the index that a thread does once, then blocks of the list wherever the cursor goes."""
    for sort in Sort:
        found["list, walk on a thread"].of([sort], lambda sort: desk.read.roster.fences(desk.db, sort)[1])
        fences, _ = desk.read.roster.fences(desk.db, sort)
        half = len(fences) // 2
        blocks: dict[str, list[Fence | None]] = {
            "list, top": [None] * 10,
            "list, middle and on": [*fences[half : half + 20]],
            "list, anywhere": [dice.choice(fences) for _ in range(_ROUNDS)],
            "list, end": [fences[-1]] * 10,
        }
        for name, starts in blocks.items():
            found[name].of(((sort, start) for start in starts), lambda at: len(desk.read.roster.block(*at)))
