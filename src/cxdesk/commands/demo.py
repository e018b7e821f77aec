"""``cxdesk demo``: an invented shop in a folder of its own, where customers come, wait, grow impatient and leave.

The desk's clock runs at the demo's speed, so that every wait and every stopwatch agree with each other. A real desk
is never touched: the folder is a temporary one, or one that a demo has made before.
"""

import random
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk, show
from cxdesk.demo.events import (
    AgentBack,
    AgentBreak,
    Arrive,
    ColleagueReply,
    ColleagueResolve,
    ColleagueTake,
    Event,
    Leave,
    Say,
)
from cxdesk.demo.shop import Shop, build, fill
from cxdesk.demo.simulate import Simulation
from cxdesk.demo.trouble import Trouble
from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Stamp
from cxdesk.domain.ids import uuid7
from cxdesk.domain.records import Message, Ticket
from cxdesk.i18n import language, t
from cxdesk.storage import people, queue, tickets
from cxdesk.storage.faults import Fault, Stale
from cxdesk.storage.store import Store

__all__ = ["World", "run"]


def run(options: Namespace) -> int:
    """Open the demo; a temporary folder is removed afterwards."""
    if options.speed <= 0:
        print(t("cli.demo_bad_speed"), file=sys.stderr)
        return 2
    folder = Path(options.data).expanduser() if options.data else Path(tempfile.mkdtemp(prefix="cxdesk-demo-"))
    try:
        settings, notice = configure(folder, options)
        with Store.open(folder) as store:
            store.zone = settings.shop.time_zone
            shop, clock = _shop(store, options)
            settings = replace(settings, shop=replace(settings.shop, name=shop.name, language=shop.language))
            desk = open_desk(store, settings, clock)
            world = World(desk, shop, options.seed)
            notice = f"{notice} {t('cli.demo_notice')}".strip()
            return show(desk, folder, notice=notice, language=options.lang, pulse=world.step)
    finally:
        if not options.data:
            shutil.rmtree(folder, ignore_errors=True)


def _shop(store: Store, options: Namespace) -> tuple[Shop, Callable[[], int]]:
    """The shop of this folder, made now or found again, and the demo's clock.

    Raises ``Fault`` ``not_a_demo`` for a folder that holds a real desk.
    """
    started = store.recall("demo")
    if started is None and store.db.execute("SELECT 1 FROM change_log UNION ALL SELECT 1 FROM customer").fetchone():
        raise Fault("not_a_demo", path=str(store.path.parent))
    start = int(started) if started else places.now()
    opened = places.now()
    # Found again, time goes on from where the file stopped, not from where the wall clock is.
    last = store.db.execute(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM message UNION SELECT max(at) FROM change_log)"
    )
    origin = max(start, last.fetchone()[0] or start) if started else start
    shop = build(options.seed, start, _repeatable(options.seed, start), language())
    if started is None:
        for change in fill(shop):
            store.commit(change, Stamp(start, None, _repeatable(options.seed + 1, start)), undoable=False)
        store.remember("demo", str(start))
        store.remember("agent", shop.me)
    return shop, lambda: origin + int((places.now() - opened) * options.speed)


def _repeatable(seed: int, at: int) -> Callable[[], str]:
    """Ids that come out the same each time the same shop is built."""
    dice = random.Random(seed)
    return lambda: uuid7(at, dice.getrandbits(74))


class World:
    """Carries out on the desk what the simulation says has happened."""

    def __init__(self, desk: Desk, shop: Shop, seed: int) -> None:
        self._desk = desk
        self._simulation = Simulation(seed, shop)
        self._trouble = Trouble(seed, shop)
        self._hands = {agent.id: self._hand(agent.id) for agent in people.agents(desk.db)}

    def step(self) -> bool:
        """Let the world move on to now; whether anything happened."""
        now = self._desk.clock()
        events = self._simulation.step(now, self)
        events += self._trouble.step(now, {ticket.customer_id for ticket in self.open})
        for event in events:
            try:
                self._happen(event)
            except (Refused, Stale):
                continue  # the agent was quicker: what the customer or colleague meant to do is no longer possible
        return bool(events)

    @property
    def open(self) -> Sequence[Ticket]:
        """What the simulation may look at: every open ticket, in the order of service."""
        return queue.open_tickets(self._desk.db)

    @property
    def replies(self) -> Mapping[str, Message]:
        """The newest reply of each open ticket."""
        return tickets.newest_replies(self._desk.db)

    def _hand(self, agent_id: str) -> Desk:
        """A colleague's hands on the same file."""
        agent = next(agent for agent in people.agents(self._desk.db) if agent.id == agent_id)
        hand = Desk(self._desk.store, self._desk.settings, clock=self._desk.clock, mint=self._desk.mint, agent=agent)
        hand.waits = self._desk.waits
        return hand

    def _happen(self, event: Event) -> None:
        match event:
            case Arrive(spec):
                customer = people.customer(self._desk.db, spec.customer_id) if spec.customer_id else None
                self._desk.arrive(
                    spec.channel,
                    customer=customer,
                    topic=spec.topic,
                    said=spec.said,
                    priority=spec.priority,
                    subject=spec.subject,
                    undoable=False,
                )
            case Say(ticket_id, text):
                self._desk.hear(ticket_id, text)
            case Leave(ticket_id):
                self._desk.left([ticket_id], undoable=False)
            case ColleagueTake(agent_id, ticket_id):
                self._hands[agent_id].take([ticket_id])
            case ColleagueReply(agent_id, ticket_id, text):
                self._hands[agent_id].reply(ticket_id, text)
            case ColleagueResolve(agent_id, ticket_id, feeling):
                self._hands[agent_id].resolve([ticket_id], feeling)
            case AgentBreak(agent_id, until):
                self._hands[agent_id].duty("break", until)
            case AgentBack(agent_id):
                self._hands[agent_id].duty("on")
