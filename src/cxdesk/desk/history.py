"""The desk's past as the moves it was made of, read from the rows and told to a ``Follower`` in order of time.

What was taken back by undo is not in the rows, and a contact counts as what it turned out to be: its last topic and
priority. In everything else this is what was heard while it happened.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cxdesk.desk.follower import Follower
from cxdesk.domain.records import Shift, Ticket
from cxdesk.domain.words import Status
from cxdesk.storage import history, people

__all__ = ["replay", "steps"]

_MOVES = {
    "taken": Status.ACTIVE,
    "woken": Status.ACTIVE,
    "held": Status.PENDING,
    "resolved": Status.RESOLVED,
    "reopened": Status.WAITING,
    "left": Status.ABANDONED,
}
"""What an event of a ticket's history made of it."""


class Duty(NamedTuple):
    """An agent's duty; ``since`` is when the stretch began, 0 for somebody off."""

    agent: str
    state: str
    until: int | None
    since: int


def replay(
    follower: Follower, db: sqlite3.Connection, *, most: int, since: int, leaving: Callable[[], bool] = lambda: False
) -> None:
    """Tell everything after ``since`` (ms), from at most ``most`` finished contacts; stops when ``leaving`` says so."""
    told = history.contacts(db, most, since)
    moves: dict[str, list[history.Move]] = defaultdict(list)
    for move in history.moves(db, [ticket.id for ticket in told]):
        moves[move[0]].append(move)
    past: list[tuple[int, int, str, Ticket | Duty]] = [
        (at, _rank(then.status), then.id, then) for ticket in told for at, then in steps(ticket, moves[ticket.id])
    ]
    start = max(since, min((step[0] for step in past), default=0) - 1)
    for at, duty in _duties(people.shifts_since(db, start)):
        past.append((at, 4 if duty.state == "off" else 1, duty.agent, duty))
    for at, _, _, what in sorted((step for step in past if step[0] > since), key=lambda step: step[:3]):
        if leaving():
            return
        follower.look_round(at)
        if isinstance(what, Duty):
            follower.duty(*what, at)
        else:
            follower.ticket(what.id, what, at)


def _rank(status: Status) -> int:
    """In one moment: whoever ends does so before others come to be on duty (1), to wait, to be served, to go (4)."""
    return {Status.WAITING: 2, Status.ACTIVE: 3}.get(status, 0)


def steps(ticket: Ticket, moves: Sequence[history.Move]) -> Iterator[tuple[int, Ticket]]:
    """A ticket after each of its moves, with the moment (ms); ``moves`` are its events and replies, oldest first."""
    then = replace(
        ticket, status=Status.WAITING, waiting_since=ticket.arrived_at, taken_at=None, assignee=None, hold_until=None
    )
    yield then.arrived_at, then
    for at, to, agent, until in _moves(ticket, moves):
        if to is Status.WAITING:
            then = replace(then, status=to, waiting_since=at, taken_at=None, assignee=None)
        else:
            taken = then.taken_at if then.status is Status.PENDING and then.taken_at else at
            then = replace(then, status=to, taken_at=taken, assignee=agent or then.assignee, hold_until=until)
        yield at, then


def _moves(ticket: Ticket, moves: Sequence[history.Move]) -> Iterator[tuple[int, Status, str | None, int | None]]:
    """When, into what, by whom, and until when it was put aside."""
    now, said = Status.WAITING, False
    for _, at, kind, body, agent in moves:
        code, until = _event(body) if kind == "event" else ("", None)
        to = _MOVES.get(code, now)
        if kind == "reply" and now in (Status.WAITING, Status.PENDING):
            to = Status.ACTIVE
        if to is now and to is not Status.PENDING:
            continue  # putting off again may change hands
        keeps = now is Status.ACTIVE or code == "woken"  # whoever holds it, holds it still
        now, said = to, True
        yield at, to, None if keeps else agent, until
    if said:
        return
    # A contact that came in without its history: all there is are the times of the ticket itself.
    if ticket.taken_at is not None:
        yield ticket.taken_at, Status.ACTIVE, ticket.assignee, None
    if ticket.resolved_at is not None:
        yield ticket.resolved_at, Status.RESOLVED, ticket.assignee, None
    elif ticket.abandoned_at is not None:
        yield ticket.abandoned_at, Status.ABANDONED, None, None
    elif ticket.status is Status.PENDING:
        yield ticket.taken_at or ticket.arrived_at, Status.PENDING, ticket.assignee, ticket.hold_until


def _event(body: str) -> tuple[str, int | None]:
    """What an event says happened, and until when; nothing for one that cannot be read."""
    try:
        event = json.loads(body)
        code, until = str(event["code"]), event.get("until")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", None
    return code, until if isinstance(until, int) else None


def _duties(shifts: Iterable[Shift]) -> Iterator[tuple[int, Duty]]:
    """When each agent came, rested and went; a stretch that the next one follows at once is no absence."""
    by_agent: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_agent[shift.agent_id].append(shift)
    for agent, stretches in by_agent.items():
        begun = {shift.started_at for shift in stretches}
        for shift in stretches:
            yield shift.started_at, Duty(agent, shift.state, shift.planned_until, shift.started_at)
            if shift.ended_at is not None and shift.ended_at not in begun:
                yield shift.ended_at, Duty(agent, "off", None, 0)
