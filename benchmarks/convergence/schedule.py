"""One invented day: who acts when, over a network that loses, repeats and delays, with clocks that lie."""

from dataclasses import dataclass, field
from random import Random

from benchmarks.convergence import hands
from benchmarks.convergence.desk import Desk
from benchmarks.convergence.server import Server
from benchmarks.convergence.truths import check
from cxdesk.protocol.ops import Op

__all__ = ["CLOCKS", "START", "Schedule", "run"]

START = 1_790_000_000_000
_DAY = 86_400_000
_STEPS = 36
CLOCKS = (0, 0, 0, -300_000, -1, 59_000, 61_000, 3_600_000, -3_600_000, _DAY, 11 * _DAY)


@dataclass
class Schedule:
    """A day as it goes. Everything that happens in it follows from ``seed``."""

    seed: int
    dice: Random = field(init=False)
    server: Server = field(init=False)
    desks: list[Desk] = field(init=False)
    late: list[tuple[str, list[Op]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.server = self.open()
        self.desks = [self.desk(n) for n in range(2 + int(self.dice.random() ** 2 * 5))]

    def open(self) -> Server:
        """The server, empty."""
        return Server(START)

    def desk(self, n: int) -> Desk:
        """A desk that was never connected, with a clock of its own."""
        return Desk(f"d{n}", f"a{n % 4}", self.dice.choice(CLOCKS))

    def play(self) -> None:
        """The whole day, then a quiet hour in which everybody is connected, then the truths."""
        self.begin()
        for _ in range(_STEPS):
            self.step()
        self.calm()
        check(self.server, self.desks)

    def begin(self) -> None:
        """Two people are known and one waits, so that there is something to do."""
        hands.newcomer(self.desks[0], self.server.now, self.dice)
        hands.newcomer(self.desks[0], self.server.now, self.dice)
        hands.arrival(self.desks[0], self.server.now, self.dice)
        self.exchange(self.desks[0])

    def step(self) -> None:
        """Time passes, often not at all; somebody acts, or the network does something."""
        dice = self.dice.random
        if dice() < 0.5:
            self.server.now += 1000 * int(dice() * 3)
        desk = self.desks[int(dice() * len(self.desks))]
        chance = dice()
        if chance < 0.6:
            hands.act(desk, self.server.now, self.dice)
        elif chance < 0.9:
            self.exchange(desk)
        elif chance < 0.93:
            desk.wrong = self.dice.choice(CLOCKS)
        elif chance < 0.95:
            self.copy(desk)
        elif chance < 0.965 and self.late:
            self.server.push(*self.late.pop())
        else:
            self.server.now += 1000 * int(dice() * 1200)

    def exchange(self, desk: Desk) -> None:
        """A push and a pull, of which any part may get lost; a push may also arrive again, much later."""
        dice = self.dice.random
        if desk.outbox and dice() < 0.85:
            sent = desk.outbox[: 1 + int(dice() * 8)]
            if dice() < 0.15:
                self.late.append((desk.dev, sent))
            self.push(desk, sent, answered=dice() > 0.2)
        if dice() < 0.7:
            self.pull(desk, 1 + int(dice() * 12))

    def push(self, desk: Desk, sent: list[Op], *, answered: bool = True) -> None:
        """A push that arrives; whether the answer does too is another question."""
        results = self.server.push(desk.dev, sent)
        if answered:
            desk.met(self.server.now)
            desk.answered(results)

    def pull(self, desk: Desk, limit: int) -> None:
        """A page that arrives whole."""
        desk.met(self.server.now)
        desk.hear(*self.server.pull(desk.cursor, limit))

    def copy(self, desk: Desk) -> None:
        """A snapshot, read row by row while others go on writing; what was made here is sent first."""
        while desk.outbox:
            self.push(desk, desk.outbox[:8])
        seq, keys = self.server.snapshot()
        for key in keys:
            if self.dice.random() < 0.1:
                other = self.desks[int(self.dice.random() * len(self.desks))]
                hands.act(other, self.server.now, self.dice)
                self.exchange_of_others(desk, other)
            desk.copy(self.server.rows[key])
        desk.cursor = seq

    def exchange_of_others(self, reader: Desk, other: Desk) -> None:
        """Somebody pushes while a snapshot is read; the reader does not."""
        if other is not reader and other.outbox:
            self.push(other, other.outbox[:4], answered=self.dice.random() > 0.2)

    def calm(self) -> None:
        """Everything that waits is sent, until nobody has anything to say or to hear."""
        for dev, sent in self.late:
            self.server.push(dev, sent)
        while any(desk.outbox or desk.cursor < len(self.server.log) for desk in self.desks):
            for desk in self.desks:
                if desk.outbox:
                    self.push(desk, desk.outbox[:500])
                self.pull(desk, 500)


def run(seed: int) -> Schedule:
    """The schedule of a seed, played. Raises ``Broken`` when a truth does not hold."""
    day = Schedule(seed)
    day.play()
    return day
