"""How customers answer the person who plays: a few seconds after a reply, calmer when they were heard.

A reply that names the feeling or a time calms more often than one that does neither; nothing here judges the player.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from cxdesk.demo.book import Guest
from cxdesk.demo.events import Say
from cxdesk.demo.lines import spoken, voices
from cxdesk.domain.moments import MINUTE, SECOND
from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import Channel, Emotion, Status

__all__ = ["Talk"]

_TURNS = 5
_SILENCE = 5 * MINUTE
_HARD = (Emotion.ANGER, Emotion.DISAPPOINTMENT, Emotion.ANXIETY)
_HEARD = re.compile(
    r"답답|속상|걱정|불안|놀라|당황|화나|화가|실망|서운|아쉬|기다리|초조|불쾌"
    r"|frustrat|worr|upset|annoy|disappoint|waiting|waited|sorry you|let-?down|cross|fright"
    r"|\d+\s*(?:분|시|일|월|minute|hour|day|am|pm)|오늘|내일|모레|today|tomorrow|tonight",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Mood:
    """Where the conversation with one customer stands; ``answer`` is when they speak next, simulated ms."""

    emotion: Emotion
    level: int
    heard: int = 0
    answer: int | None = None
    held: bool = False
    turns: int = 0
    good: bool = False
    urged: bool = False
    said: set[str] = field(default_factory=set)


class Talk:
    """The conversations of the person at the desk."""

    def __init__(self, rng: Random, clock: Callable[[int], int]) -> None:
        self._rng = rng
        self._clock = clock
        self._moods: dict[str, _Mood] = {}

    def step(self, at: int, ticket: Ticket, reply: Message | None, guest: Guest) -> Iterator[Say]:
        """What the customer of a ticket in the player's hands says at simulated ``at``; at most one thing."""
        mood = self._moods.get(ticket.id)
        if mood is None:
            mood = self._moods[ticket.id] = self._meet(at, reply, guest)
        self._hear(at, ticket, reply, mood)
        if mood.answer is None or at < mood.answer:
            yield from self._urge(at, ticket, reply, mood, guest)
            return
        mood.answer = None
        mood.turns += 1
        text = self._words(mood, guest)
        if text is not None:
            yield Say(ticket.id, spoken(text) if ticket.channel.spoken else text)

    def forget(self, present: set[str]) -> None:
        """Drop the conversations that are over."""
        self._moods = {key: mood for key, mood in self._moods.items() if key in present}

    def _meet(self, at: int, reply: Message | None, guest: Guest) -> _Mood:
        mood = _Mood(guest.emotion, guest.intensity)
        if reply is not None and self._clock(reply.at) < at - MINUTE:
            mood.heard = reply.at  # said before the play began
        return mood

    def _hear(self, at: int, ticket: Ticket, reply: Message | None, mood: _Mood) -> None:
        """Notice a new reply, or that the ticket is held until the customer answers."""
        held = ticket.status is Status.PENDING and ticket.hold_for_reply
        if held and not mood.held:
            mood.answer = at + self._rng.randrange(90 * SECOND, 5 * MINUTE)
        mood.held = held
        if reply is None or reply.at <= mood.heard:
            return
        mood.heard = reply.at
        mood.good = bool(_HEARD.search(reply.body)) and len(reply.body) >= 12
        if ticket.channel is not Channel.MAIL and not held:
            mood.answer = self._clock(reply.at) + self._rng.randrange(4 * SECOND, 12 * SECOND)

    def _urge(self, at: int, ticket: Ticket, reply: Message | None, mood: _Mood, guest: Guest) -> Iterator[Say]:
        """In a chat, silence is noticed: once, after some minutes without an answer."""
        if (
            mood.urged
            or ticket.channel is not Channel.CHAT
            or ticket.status is not Status.ACTIVE
            or mood.turns >= _TURNS
        ):
            return
        last = max(ticket.taken_at or 0, reply.at if reply else 0)
        if at - self._clock(last) > _SILENCE:
            mood.urged = True
            yield Say(ticket.id, self._rng.choice(voices(guest.language).impatient))

    def _words(self, mood: _Mood, guest: Guest) -> str | None:
        """What is said next; ``None`` when everything has been said."""
        if mood.turns > _TURNS:
            return None
        kind = self._kind(mood)
        table = voices(guest.language).answers[kind]
        text = self._rng.choice([line for line in table if line not in mood.said] or list(table))
        mood.said.add(text)
        if kind == "thanks":
            mood.turns = _TURNS
        return text

    def _kind(self, mood: _Mood) -> str:
        """Which sort of answer: hard feelings calm step by step, the others ask at most once."""
        roll = self._rng.random()
        if mood.emotion in _HARD and mood.level > 0:
            if roll < (0.75 if mood.good else 0.3):
                mood.level -= 1
                return "calmer" if mood.level else "thanks"
            return "question" if mood.emotion is Emotion.ANXIETY else "upset"
        if mood.emotion is Emotion.GRATITUDE or mood.turns > 2:
            return "thanks"
        if mood.turns == 1 and roll < 0.45:
            return "question"
        return "confirm" if roll < 0.75 else "thanks"
