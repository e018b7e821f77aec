"""Random days of a few desks behind a bad network: in the end all show the same, and every word is there.

Every schedule follows from its seed; ``CXDESK_SIM_SEED`` plays one again.
"""

import os
import random
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from cxdesk.desk import Desk
from cxdesk.desk.result import Refused
from cxdesk.domain.words import Channel, Language, Priority, Topic
from cxdesk.storage import check
from cxdesk.storage.faults import Stale
from cxdesk.sync.transport import Stranger, Unreachable
from tests.conftest import Clock
from tests.sync.desks import Replica, Shop, shop_at
from tests.sync.flaky import Flaky

GIVEN = os.environ.get("CXDESK_SIM_SEED")
SHORT = [int(GIVEN)] if GIVEN else range(4)
LONG = range(1000, 2000)


@pytest.mark.parametrize("seed", SHORT)
async def test_desks_that_worked_apart_show_the_same_when_they_have_met(
    seed: int, tmp_path: Path, blank: Path, clock: Clock
) -> None:
    await Schedule(seed, clock).play(tmp_path, blank)


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG)
async def test_a_thousand_days_of_desks_that_worked_apart(seed: int, tmp_path: Path, blank: Path, clock: Clock) -> None:
    await Schedule(seed, clock).play(tmp_path, blank)


class Schedule:
    """One random day."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self.dice = random.Random(seed)
        self.clock = clock
        self.said: set[str] = set()
        self.networks: list[Flaky] = []

    async def play(self, folder: Path, blank: Path) -> None:
        async with shop_at(folder, blank, self.clock) as shop:
            for n in range(self.dice.choice([2, 2, 3])):
                await self.enter(shop, n)
            self.worsen(0.3)
            for _ in range(self.dice.randrange(20, 60)):
                await self.step(self.dice.choice(shop.replicas))
            await self.meet(shop)
            self.judge(shop)

    async def enter(self, shop: Shop, n: int) -> None:
        """A desk whose clock may be wrong by days, with or without a past of its own."""
        off = self.dice.choice([0, 0, -300_000, 5_000, 11 * 86_400_000])
        replica = shop.alone(f"상담사{n}", Clock(self.clock() + off))
        if self.dice.random() < 0.5:
            for _ in range(5):
                self.act(replica.desk)
        network = Flaky(httpx.ASGITransport(shop.server.client._transport.app), self.dice)  # type: ignore[attr-defined]
        replica.http = httpx.AsyncClient(transport=network, base_url="http://desk")
        self.networks.append(network)
        await replica.join(await shop.code())

    def worsen(self, bad: float) -> None:
        for network in self.networks:
            network.bad = bad

    async def step(self, replica: Replica) -> None:
        seconds = self.dice.choice([0, 0.1, 3, 600])
        self.clock.pass_(seconds)
        replica.clock.pass_(seconds + self.dice.choice([0, 0, 0, 0, -3600, 40]))
        if self.dice.random() < 0.3:
            await self.sync(replica)
        else:
            self.act(replica.desk)

    async def sync(self, replica: Replica) -> None:
        with suppress(Unreachable, Stranger):
            await replica.sync()

    def act(self, desk: Desk) -> None:
        with suppress(Refused, Stale):
            self.one_act(desk)

    def one_act(self, desk: Desk) -> None:
        tickets = [row[0] for row in desk.db.execute("SELECT id FROM ticket ORDER BY id")]
        people = [row[0] for row in desk.db.execute("SELECT id FROM customer ORDER BY id")]
        if not tickets or self.dice.random() < 0.2:
            who, edits = desk.people.newcomer(
                f"손님{self.dice.randrange(50)} 010-3333-{self.dice.randrange(9999):04}", Language.KO
            )
            desk.arrive(Channel.PHONE, customer=who, also=edits)
            return
        ticket, person = self.dice.choice(tickets), self.dice.choice(people)
        match self.dice.randrange(12):
            case 0 | 1:
                desk.take([ticket])
            case 2 | 3:
                said = f"메모 {self.dice.random()}"
                desk.note(ticket, said)
                self.said.add(said)
            case 4:
                desk.resolve([ticket])
            case 5:
                desk.hold([ticket], None)
            case 6:
                desk.people.rename(person, f"이름{self.dice.randrange(9)}")
            case 7:
                desk.people.prefer(person, "사이즈", self.dice.choice("SML"))
            case 8:
                desk.toggle_tag([ticket], self.dice.choice(["환불", "재발송"]))
            case 9:
                desk.about([ticket], self.dice.choice(tuple(Topic)))
            case 10:
                desk.prioritise([ticket], self.dice.choice(tuple(Priority)))
            case 11:
                inverse = desk.undo()
                if inverse is not None:
                    self.said -= {
                        edit.row["body"] for edit in inverse.edits if edit.kind == "message" and hasattr(edit, "row")
                    }

    async def meet(self, shop: Shop) -> None:
        self.worsen(0.0)
        self.clock.pass_(700)
        for _ in range(3):
            for replica in shop.replicas:
                replica.clock.pass_(700)
                await replica.sync()

    def judge(self, shop: Shop) -> None:
        first, *others = shop.replicas
        for other in others:
            assert other.rows() == first.rows()
            assert other.tags() == first.tags()
        for replica in shop.replicas:
            assert replica.file.pending() == 0
            assert check.faults(replica.desk.db) == []
            kept = {row[0] for row in replica.desk.db.execute("SELECT body FROM message WHERE kind = 'note'")}
            assert self.said <= kept
            numbers = [row[0] for row in replica.desk.db.execute("SELECT number FROM ticket")]
            assert len(numbers) == len(set(numbers))
