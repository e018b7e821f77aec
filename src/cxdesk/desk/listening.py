"""What customers' words sound like: a suggestion for the agent, a head start in the queue, and what agents correct."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.desk.writer import Writer
from cxdesk.domain import tickets
from cxdesk.domain.changes import Change, Update
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Emotion, Topic
from cxdesk.storage import tickets as stored
from cxdesk.storage.store import keep

if TYPE_CHECKING:
    from cxdesk.desk.hearing import Hearing
    from cxdesk.empathy.hearing.result import Heard
    from cxdesk.empathy.lines import Problem

    _Label = tuple[Hearing, str, Emotion | Topic]

__all__ = ["Listening"]

_LEARNED = "hearing"
"""Under what name the file keeps what agents have corrected on this machine."""


class Listening:
    """The desk's ear. Without a ``Hearing``, which is loaded after the first frame, nothing is heard."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self._hearing: Hearing | None = None
        self._last: tuple[str, Heard] | None = None

    def begin(self, hearing: "Hearing") -> None:
        """Listen from now on, with what was corrected here before."""
        kept = self._desk.store.recall(_LEARNED)
        if kept is not None:
            hearing.restore(json.loads(kept))
        self._hearing = hearing

    @property
    def problems(self) -> "tuple[Problem, ...]":
        """What is missing or damaged of what it hears by."""
        return self._hearing.problems if self._hearing else ()

    def heard(self, text: str) -> "Heard | None":
        """What one message sounds like; the last answer is kept, for a screen asks again and again."""
        if self._hearing is None or not text:
            return None
        if self._last is None or self._last[0] != text:
            self._last = text, self._hearing.hear(text)
        return self._last[1]

    def sounding(self, ticket: Ticket, said: str) -> Ticket:
        """The ticket after these words: what they sound like and how much they press move its place in the queue."""
        heard = self.heard(said)
        if heard is not None:
            ticket = replace(ticket, heard=heard.emotion or ticket.heard, urgency=max(heard.urgency, ticket.urgency))
        return tickets.ranked(ticket, self._desk.settings.queue)

    def forget(self) -> None:
        """Hear as on the first day: what agents corrected on this machine is gone, for good."""
        self._last = None
        if self._hearing is not None:
            self._hearing.forget()
        self._desk.store.remember(_LEARNED, None)

    def learn(self, db: sqlite3.Connection, change: Change) -> None:
        """Within the same transaction: the agents' own word for what these customers said last is learned from."""
        for hearing, said, label in self._labels(db, change, taken_back=False):
            hearing.learn(said, label)
            self._keep(db, hearing)

    def unlearn(self, db: sqlite3.Connection, inverse: Change) -> None:
        """Within the same transaction: an agent took their word back."""
        for hearing, said, label in self._labels(db, inverse, taken_back=True):
            hearing.unlearn(type(label), hearing.hear(said).language)
            self._keep(db, hearing)

    def _labels(self, db: sqlite3.Connection, change: Change, *, taken_back: bool) -> "Iterator[_Label]":
        """What was said last on each ticket whose feeling or topic changed, with the agent's word for it."""
        for edit in change.edits:
            if self._hearing is None or not isinstance(edit, Update) or edit.kind != "ticket":
                continue
            row = edit.before if taken_back else edit.after
            said = stored.last_words(db, edit.id)
            if said and row.get("emotion"):
                yield self._hearing, said, Emotion(row["emotion"])
            elif said and row.get("topic"):
                yield self._hearing, said, Topic(row["topic"])

    def _keep(self, db: sqlite3.Connection, hearing: "Hearing") -> None:
        self._last = None
        keep(db, _LEARNED, json.dumps(hearing.state(), separators=(",", ":")))
