"""Reading the board of voices and one theme's page, and wording what customers are told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxdesk.desk.writer import Writer
from cxdesk.domain import levels, moments
from cxdesk.domain.afterwards import Horizon, Improvement, ImprovementState, Telling, Theme, ThemeStage, Voice
from cxdesk.domain.consents import forbidden, stands_against
from cxdesk.domain.impact import impact
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer
from cxdesk.domain.tallies import Tally, tallied
from cxdesk.domain.voice_views import Board, Card, Listener, Page
from cxdesk.i18n import t_in
from cxdesk.storage import people
from cxdesk.storage import voices as stored

__all__ = ["Seasons", "board", "done_work", "drafted", "page"]

_MOST = 200
"""Themes of a stage that the board looks at, the latest heard first."""
_SHOWN = 200
"""Voices and customers that a theme's page shows, the latest."""
_LATELY = (levels.YEAR + 1) * levels.WEEK
_SEASONS = 5 * levels.YEAR * levels.WEEK
_QUOTED = 60
_ON_BOARD = (ThemeStage.COLLECT, ThemeStage.ANALYSE, ThemeStage.IMPROVE, ThemeStage.SHARE)


class Seasons:
    """Since when the shop keeps voices, and how much each week weighs by its month; reckoned anew once a day."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self._of: tuple[int, tuple[float, ...]] = (-1, ())

    def weeks(self, now: int) -> int:
        """How many whole weeks before this one are known."""
        first = stored.first_at(self._desk.db)
        return 0 if first is None else max(0, (now - first) // levels.WEEK)

    def weights(self, now: int) -> tuple[float, ...]:
        """How much each week weighs, this one first; empty while two years are not known."""
        if self._of[0] != now // DAY:
            self._of = (now // DAY, self._reckoned(now))
        return self._of[1]

    def _reckoned(self, now: int) -> tuple[float, ...]:
        weeks = min(self.weeks(now), _SEASONS // levels.WEEK)
        if weeks < 2 * levels.YEAR:
            return ()
        months = [moments.local(now - week * levels.WEEK, self._desk.zone).month for week in range(weeks + 1)]
        return levels.seasons(stored.all_weeks(self._desk.db, now, now - _SEASONS), months)


class _Weighing:
    """What was heard lately (``heard``), by theme."""

    def __init__(self, desk: Writer, heard: Sequence[stored.Heard], seasons: Seasons) -> None:
        now = desk.clock()
        self._rules = desk.settings.segments
        self._weeks, self._weighs = seasons.weeks(now), seasons.weights(now)
        self._tallies = tallied(heard, now)
        people = {key for tally in self._tallies.values() for key in tally.people}
        self._overdue = stored.overdue(desk.db, now)
        self._spent = stored.spent(desk.db, people, self._rules.currency)

    def card(self, theme: Theme) -> Card:
        tally = self._tallies.get(theme.id, Tally())
        weight = tally.weight(self._spent)
        level = levels.level(tally.weeks, self._weeks, self._weighs)
        return Card(0, theme, weight, impact(weight, self._rules.vip_spent), level, theme.id in self._overdue)


def board(desk: Writer, seasons: Seasons) -> Board:
    """The themes on the board, weighed and numbered by their impact."""
    weighing = _Weighing(desk, stored.heard(desk.db, desk.clock() - _LATELY), seasons)
    cards = [weighing.card(theme) for stage in _ON_BOARD for theme in stored.on_board(desk.db, stage, _MOST)]
    cards.sort(key=lambda card: (-card.impact.score, -card.theme.heard_at, card.theme.id))
    numbered = [replace(card, number=number) for number, card in enumerate(cards, 1)]
    columns = {stage: tuple(card for card in numbered if card.theme.stage is stage) for stage in _ON_BOARD}
    return Board(columns, desk.settings.segments.vip_spent, desk.settings.segments.currency)


def page(desk: Writer, theme_id: str, seasons: Seasons) -> Page | None:
    """Everything about a theme; ``None`` when there is no such one."""
    theme = stored.theme(desk.db, theme_id)
    if theme is None:
        return None
    weighing = _Weighing(desk, stored.heard_of(desk.db, theme.id, desk.clock() - _LATELY), seasons)
    voices = stored.voices(desk.db, theme.id, _SHOWN)
    work = sorted(stored.improvements(desk.db, theme.id), key=lambda one: tuple(Horizon).index(one.horizon))
    customers = stored.names(desk.db, "customer", (voice.customer_id for voice in voices))
    owners = stored.names(desk.db, "agent", (one.owner for one in work))
    heard, people_heard = stored.counted(desk.db, theme.id)
    tellings = _worded(desk, theme)
    return Page(
        weighing.card(theme),
        tuple((voice, customers.get(voice.customer_id or "")) for voice in voices),
        stored.whys(desk.db, theme.id),
        tuple((one, owners.get(one.owner or "")) for one in work),
        _listeners(desk, theme, tellings, work),
        heard,
        people_heard,
        sum(telling.told_at is not None for telling in tellings.values()),
    )


def done_work(work: Sequence[Improvement]) -> tuple[Improvement, ...]:
    """What has been changed."""
    return tuple(one for one in work if one.state is ImprovementState.DONE)


def _worded(desk: Writer, theme: Theme) -> dict[str, Telling]:
    """Customer → what they were told, or what is worded for them."""
    worded: dict[str, Telling] = {}
    for telling in stored.tellings(desk.db, theme.id):
        before = worded.get(telling.customer_id)
        if before is None or before.told_at is None:  # two merged people may both have been told
            worded[telling.customer_id] = telling
    return worded


def _listeners(
    desk: Writer, theme: Theme, worded: Mapping[str, Telling], work: Sequence[Improvement]
) -> tuple[Listener, ...]:
    """Who spoke of a theme, once each, by what they said last; who is still to be told comes first."""
    told = [key for key, telling in worded.items() if telling.told_at is not None]
    keys = (*stored.speakers(desk.db, theme.id, set(told), _SHOWN), *told[-_SHOWN:])
    found = [listener for key in keys if (listener := _listener(desk, theme, key, worded.get(key), work))]
    return tuple(sorted(found, key=lambda one: (one.told_at is not None, one.no is not None, -one.said_at)))


def _listener(
    desk: Writer, theme: Theme, key: str, known: Telling | None, work: Sequence[Improvement]
) -> Listener | None:
    customer, voice = people.customer(desk.db, key), stored.voice_of(desk.db, theme.id, key)
    if customer is None or voice is None:
        return None
    body = known.body if known else drafted(desk, customer, voice, work)
    told_at = known.told_at if known else None
    no = None if told_at else stands_against(body, forbidden(people.consents(desk.db, key)))
    return Listener(key, customer.name, customer.language, voice.body, voice.at, body, told_at, no)


def drafted(desk: Writer, customer: Customer, voice: Voice, work: Sequence[Improvement]) -> str:
    """What the customer said and what was changed, in their language; ``""`` while nothing was."""
    changed = done_work(work)
    if not changed:
        return ""
    lang = customer.language
    when = moments.ago(voice.at, desk.clock(), lang)
    said = voice.body if len(voice.body) <= _QUOTED else voice.body[:_QUOTED].rpartition(" ")[0] + "…"
    what = ", ".join(one.what for one in changed)
    return t_in(lang, "voices.telling", name=customer.name, when=when, said=said.rstrip("."), what=what)
