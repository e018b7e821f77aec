"""Reading the board of voices and one theme's page, and wording what customers are told."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.desk.writer import Writer
from cxdesk.domain import levels, moments
from cxdesk.domain.afterwards import Horizon, Improvement, ImprovementState, Telling, Theme, ThemeStage, Voice
from cxdesk.domain.consents import forbidden, stands_against
from cxdesk.domain.impact import WINDOW_DAYS, Weight, impact
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer
from cxdesk.domain.voice_views import Board, Card, Listener, Page
from cxdesk.i18n import t_in
from cxdesk.storage import people
from cxdesk.storage import voices as stored

__all__ = ["board", "done_work", "drafted", "page"]

_MOST = 200
"""Themes of a stage that the board looks at, the latest heard first."""
_VOICES = 200
"""Voices that a theme's page shows."""
_SEASONS = 5 * levels.YEAR * levels.WEEK
_QUOTED = 60
_ON_BOARD = (ThemeStage.COLLECT, ThemeStage.ANALYSE, ThemeStage.IMPROVE, ThemeStage.SHARE)


def board(desk: Writer) -> Board:
    """The themes on the board, weighed."""
    return _Weighing(desk).board()


class _Weighing:
    """What was heard lately, read once for every theme."""

    def __init__(self, desk: Writer) -> None:
        self._db: sqlite3.Connection = desk.db
        self._desk = desk
        self._now = desk.clock()
        self._rules = desk.settings.segments
        self._weights = stored.weights(self._db, self._now - WINDOW_DAYS * DAY, self._rules.currency)
        self._counts = stored.weeks(self._db, self._now, self._now - (levels.YEAR + 1) * levels.WEEK)
        first = stored.first_at(self._db)
        self._known = 0 if first is None else max(0, (self._now - first) // levels.WEEK)
        self._seasons = self._weigh_seasons()

    def _weigh_seasons(self) -> tuple[float, ...]:
        if self._known < 2 * levels.YEAR:
            return ()
        weeks = min(self._known, _SEASONS // levels.WEEK)
        months = [moments.local(self._now - w * levels.WEEK, self._desk.zone).month for w in range(weeks + 1)]
        return levels.seasons(stored.all_weeks(self._db, self._now, self._now - _SEASONS), months)

    def card(self, theme: Theme, number: int = 0) -> Card:
        weight = self._weights.get(theme.id, Weight())
        level = levels.level(self._counts.get(theme.id, {}), self._known, self._seasons)
        return Card(number, theme, weight, impact(weight, self._rules.vip_spent), level)

    def board(self) -> Board:
        cards = [self.card(theme) for stage in _ON_BOARD for theme in stored.on_board(self._db, stage, _MOST)]
        cards.sort(key=lambda card: (-card.impact.score, -card.theme.heard_at, card.theme.id))
        numbered = [replace(card, number=number) for number, card in enumerate(cards, 1)]
        columns = {stage: tuple(card for card in numbered if card.theme.stage is stage) for stage in _ON_BOARD}
        return Board(columns, self._rules.vip_spent, self._rules.currency)


def page(desk: Writer, theme_id: str) -> Page | None:
    """Everything about a theme, under the number it has on the board; ``None`` when there is no such one."""
    theme = stored.theme(desk.db, theme_id)
    if theme is None:
        return None
    weighing = _Weighing(desk)
    number = next((card.number for card in weighing.board().cards if card.theme.id == theme.id), 0)
    voices = stored.voices(desk.db, theme.id)
    work = sorted(stored.improvements(desk.db, theme.id), key=lambda one: tuple(Horizon).index(one.horizon))
    customers = stored.names(desk.db, "customer", (voice.customer_id for voice in voices[:_VOICES]))
    owners = stored.names(desk.db, "agent", (one.owner for one in work))
    return Page(
        weighing.card(theme, number),
        tuple((voice, customers.get(voice.customer_id or "")) for voice in voices[:_VOICES]),
        stored.whys(desk.db, theme.id),
        tuple((one, owners.get(one.owner or "")) for one in work),
        _listeners(desk, theme, voices, work),
    )


def done_work(work: Sequence[Improvement]) -> tuple[Improvement, ...]:
    """What has been changed."""
    return tuple(one for one in work if one.state is ImprovementState.DONE)


def _listeners(
    desk: Writer, theme: Theme, voices: Sequence[Voice], work: Sequence[Improvement]
) -> tuple[Listener, ...]:
    """Everybody who spoke of a theme, once, by what they said last; who is still to be told comes first."""
    worded: dict[str, Telling] = {}
    for telling in stored.tellings(desk.db, theme.id):
        before = worded.get(telling.customer_id)
        if before is None or before.told_at is None:  # two merged people may both have been told
            worded[telling.customer_id] = telling
    latest: dict[str, Voice] = {}
    for voice in voices:
        if voice.customer_id is not None:
            latest.setdefault(voice.customer_id, voice)
    found = []
    for key, voice in latest.items():
        customer = people.customer(desk.db, key)
        if customer is None:
            continue
        known = worded.get(key)
        body = known.body if known else drafted(desk, customer, voice, work)
        no = stands_against(body, forbidden(people.consents(desk.db, key)))
        told_at = known.told_at if known else None
        found.append(
            Listener(
                key, customer.name, customer.language, voice.body, voice.at, body, told_at, None if told_at else no
            )
        )
    return tuple(sorted(found, key=lambda one: (one.told_at is not None, one.no is not None, -one.said_at)))


def drafted(desk: Writer, customer: Customer, voice: Voice, work: Sequence[Improvement]) -> str:
    """What the customer said and what was changed, in their language; ``""`` while nothing was."""
    changed = done_work(work)
    if not changed:
        return ""
    lang = customer.language
    when = moments.day(voice.at, desk.zone, lang, desk.clock())
    said = voice.body if len(voice.body) <= _QUOTED else voice.body[:_QUOTED].rpartition(" ")[0] + "…"
    what = ", ".join(one.what for one in changed)
    return t_in(lang, "voices.telling", name=customer.name, when=when, said=said.rstrip("."), what=what)
