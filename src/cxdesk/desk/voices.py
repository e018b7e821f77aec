"""The verbs about the voice of the customer: keep it, find its theme, explain it, change something, tell them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.voice_board import Seasons, board, done_work, drafted, page
from cxdesk.desk.writer import Writer
from cxdesk.domain import voices
from cxdesk.domain.afterwards import Horizon, Improvement, ImprovementState, Telling, Theme, ThemeStage, ThemeWhy, Voice
from cxdesk.domain.changes import Edit, alter, remove
from cxdesk.domain.consents import CONTACT, forbidden, stands_against
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.themes import Suggestion, suggest
from cxdesk.domain.values import dataclass
from cxdesk.domain.voice_views import Board, Page
from cxdesk.domain.voices import Said
from cxdesk.domain.words import Topic
from cxdesk.storage import people, tickets
from cxdesk.storage import voices as stored

if TYPE_CHECKING:
    from cxdesk.desk.listening import Listening

__all__ = ["Due", "Voices"]


@dataclass(frozen=True, slots=True)
class Due:
    """What a line about an improvement says: what, and until when if it names a time; ``wrong`` is the code of
    why a time it names cannot be (``refused.<code>``)."""

    what: str
    at: int | None
    wrong: str = ""


class Voices:
    """What can be done with what customers say. Readings first, then the verbs in the order of the board."""

    def __init__(self, desk: Writer, listening: "Listening") -> None:
        self._desk = desk
        self._listening = listening
        self._seasons = Seasons(desk)

    # -- looking

    def board(self) -> Board:
        """Every theme that is not done, weighed, by stage."""
        return board(self._desk, self._seasons)

    def page(self, theme_id: str) -> Page | None:
        """Everything about a theme."""
        return page(self._desk, theme_id, self._seasons)

    def others(self, theme: Theme) -> tuple[Theme, ...]:
        """Themes that this one could be joined with."""
        return stored.themes_like(self._desk.db, theme.topic, theme.id)

    def suggestion(self, said: Said) -> Suggestion | None:
        """The theme that words sound like, with the words that say so; ``None`` when they begin one of their own."""
        return suggest(said.body, said.product, stored.candidates(self._desk.db, said.topic))

    def said_in(self, ticket: Ticket | None, body: str | None = None) -> Said:
        """What could be kept of a ticket: the customer's last words (or ``body``), what they are about by the sound of
        them, the purchase it is about, and how serious it is by the feeling."""
        if ticket is None:
            return Said(inert_line(body or "", 2000), self.topic(body or ""))
        words = inert_line(tickets.last_words(self._desk.db, ticket.id) if body is None else body, 2000)
        topic = self.topic(words) if ticket.topic is Topic.OTHER else ticket.topic
        severity = max(min(voices.SEVERITIES), min(max(voices.SEVERITIES), ticket.intensity))
        product = self._product(ticket, topic)
        return Said(words, topic, product, severity, ticket.customer_id, ticket.id)

    def topic(self, words: str) -> Topic:
        """What words are about by the sound of them, as long as nobody has said so."""
        heard = self._listening.heard(words)
        return heard.topic or Topic.OTHER if heard else Topic.OTHER

    def _product(self, ticket: Ticket, topic: Topic) -> str:
        from cxdesk.empathy.facts import purchase_about

        if ticket.customer_id is None:
            return ""
        bought = purchase_about(people.history(self._desk.db, ticket.customer_id, 20), topic, self._desk.clock())
        return bought.product if bought else ""

    # -- collecting

    def record(self, said: Said, also: Iterable[str] = (), theme_id: str | None = None) -> tuple[Theme, Done]:
        """Keep a voice, for the customers of further tickets (``also``) too; it joins the theme it sounds like at once.

        ``theme_id`` chooses a theme, ``""`` begins a new one. Raises ``Refused`` for no words.
        """
        body = inert(said.body).strip()[:2000]
        if not body:
            raise Refused("empty")
        stamp = self._desk.stamp()
        first = Said(body, said.topic, inert_line(said.product, 200), said.severity, said.customer_id, said.ticket_id)
        every = [first, *(self._same_of(first, key) for key in dict.fromkeys(also) if key != said.ticket_id)]
        theme = self._theme(theme_id) if theme_id else None
        if theme is None and theme_id != "":
            found = self.suggestion(first)
            theme = found.theme if found else None
        joined = theme or voices.begin(first, stamp)
        _, edits = voices.hear(joined, every, stamp, new=theme is None)
        about = tuple(one.ticket_id for one in every if one.ticket_id)
        return joined, self._desk.commit("voice", edits, about, stamp=stamp)

    def _same_of(self, said: Said, ticket_id: str) -> Said:
        ticket = self._desk.ticket(ticket_id)
        return Said(said.body, said.topic, said.product, said.severity, ticket.customer_id, ticket.id)

    def move(self, voice: Voice, theme_id: str) -> Done:
        """A voice belongs to another theme."""
        theme, left = self._theme(theme_id), self._theme(voice.theme_id)
        if theme.id == left.id:
            raise Refused("same_theme")
        rest = tuple(one for one in stored.voices(self._desk.db, left.id) if one.id != voice.id)
        if not rest:  # nobody speaks of what is left: the two are one theme
            return self.join(left.id, theme.id)
        return self._desk.commit("move_voice", voices.move(voice, theme, left, rest))

    def split(self, chosen: Sequence[Voice]) -> tuple[Theme, Done]:
        """Some voices of a theme become one of their own. Raises ``Refused`` for none or for all of them."""
        if not chosen:
            raise Refused("no_voice")
        theme = self._theme(chosen[0].theme_id)
        keys = {voice.id for voice in chosen}
        every = stored.voices(self._desk.db, theme.id)
        parted, rest = [v for v in every if v.id in keys], [v for v in every if v.id not in keys]
        if not parted or not rest:
            raise Refused("split_all")
        made, edits = voices.split(theme, parted, rest, self._desk.stamp())
        return made, self._desk.commit("split_theme", edits)

    def join(self, theme_id: str, into_id: str) -> Done:
        """Two themes are one. Raises ``Refused`` for one theme."""
        db, theme, into = self._desk.db, self._theme(theme_id), self._theme(into_id)
        if theme.id == into.id:
            raise Refused("same_theme")
        place = max((why.place for why in stored.whys(db, into.id)), default=0)
        rows = (stored.voices(db, theme.id), stored.whys(db, theme.id), stored.improvements(db, theme.id))
        edits = voices.join(theme, into, *rows, stored.tellings(db, theme.id), place)
        return self._desk.commit("join_theme", edits)

    # -- analysing

    def rename(self, theme_id: str, title: str) -> Done:
        """Call a theme by another name. Raises ``Refused`` for an empty one."""
        theme = self._theme(theme_id)
        return self._desk.commit("rename_theme", alter(theme, replace(theme, title=self._words(title, 120))))

    def rate(self, theme_id: str, effort: int) -> Done:
        """How much it takes to change it: 1 to 5, 0 for not known. Raises ``Refused`` for anything else."""
        if not 0 <= effort <= 5:
            raise Refused("out_of_scale", low=1, high=5)
        theme = self._theme(theme_id)
        return self._desk.commit("effort", alter(theme, replace(theme, effort=effort)))

    def step(self, theme_id: str, by: int) -> Done:
        """Forward or back on the board. Raises ``Refused`` for telling customers before anything was changed."""
        theme = self._theme(theme_id)
        edits = voices.step(theme, by)
        changed = done_work(stored.improvements(self._desk.db, theme.id))
        if by > 0 and theme.stage is ThemeStage.IMPROVE and not changed:
            raise Refused("nothing_changed")
        return self._desk.commit("step_theme", edits)

    def why(self, theme_id: str, body: str) -> Done:
        """Ask why once more. Raises ``Refused`` after five times."""
        theme = self._theme(theme_id)
        before = stored.whys(self._desk.db, theme.id)
        if len(before) >= voices.WHYS:
            raise Refused("enough_whys", n=voices.WHYS)
        edit = voices.add_why(theme.id, self._words(body, 500), before, self._desk.stamp())
        return self._desk.commit("why", (edit,))

    def forget_why(self, why: ThemeWhy) -> Done:
        """A cause was none."""
        return self._desk.commit("why", (remove(why),))

    # -- improving

    def read_due(self, text: str) -> Due:
        """What a line about an improvement says, and until when."""
        from cxdesk.domain.due import read_due, why_unread

        line, now, zone = inert_line(text, 500), self._desk.clock(), self._desk.zone
        due = read_due(line, now, zone)
        if due is not None:
            return Due(due.what or line, due.at)
        why = why_unread(line, now, zone)
        return Due(line, None, "" if why == "no_time" else why)

    def improve(self, theme_id: str, text: str, horizon: Horizon, owner: str | None = None) -> Done:
        """Something is to be changed, perhaps until a time the words name (``안내문 고치기 금요일까지``), by the agent
        unless somebody else is named. Raises ``Refused`` for no words or a time that cannot be."""
        due = self.read_due(self._words(text, 500))
        if due.wrong:
            raise Refused(due.wrong)
        stamp = self._desk.stamp()
        edit = voices.improve(self._theme(theme_id).id, due.what, horizon, owner or stamp.agent_id, due.at, stamp)
        return self._desk.commit("improve", (edit,), stamp=stamp)

    def settle(self, work: Improvement, state: ImprovementState) -> Done:
        """An improvement is done, given up, or planned after all."""
        return self._desk.commit("settle_work", voices.settle(work, state, self._desk.stamp()))

    def own(self, work: Improvement, agent_id: str | None) -> Done:
        """Somebody else sees to it."""
        return self._desk.commit("own_work", voices.own(work, agent_id))

    # -- sharing

    def word(self, theme_id: str, customer_id: str, body: str) -> Done:
        """Word what a customer will be told. Raises ``Refused`` for no words."""
        theme = self._theme(theme_id)
        customer, voice = self._spoke(theme, customer_id)
        edits = self._telling(voice, customer, self._words(body, 2000), sent=False)
        return self._desk.commit("word_telling", edits)

    def tell(self, theme_id: str, customer_id: str, body: str | None = None) -> Done:
        """A customer was told, in the words at hand. Raises ``Refused`` for one who was told already or who wants no
        contact, and while nothing was changed."""
        theme = self._theme(theme_id)
        customer, voice = self._spoke(theme, customer_id)
        text = self._words(body, 2000) if body is not None else self._draft(theme, customer, voice)
        if not text:
            raise Refused("nothing_changed")
        no = stands_against(text, forbidden(people.consents(self._desk.db, customer.id)))
        if no is not None:
            raise Refused("no_contact" if no == CONTACT else "no_marketing")
        return self._desk.commit("tell", self._telling(voice, customer, text, sent=True))

    def _spoke(self, theme: Theme, customer_id: str) -> tuple[Customer, Voice]:
        """Somebody who spoke of a theme, as they are now, and their latest words."""
        customer = people.customer(self._desk.db, customer_id)
        customer = people.living(self._desk.db, customer) if customer else None
        key = customer.id if customer else ""
        voice = stored.voice_of(self._desk.db, theme.id, key)
        if customer is None or voice is None:
            raise Refused("no_voice")
        return customer, voice

    def _draft(self, theme: Theme, customer: Customer, voice: Voice) -> str:
        """What was worded for a customer, else the draft."""
        worded = self._worded(theme.id, customer)
        if worded is not None:
            return worded.body
        return drafted(self._desk, customer, voice, stored.improvements(self._desk.db, theme.id))

    def _worded(self, theme_id: str, customer: Customer) -> Telling | None:
        """Raises ``Refused`` for somebody who was told already."""
        known = [one for one in stored.tellings(self._desk.db, theme_id) if one.customer_id == customer.id]
        if any(one.told_at is not None for one in known):
            raise Refused("told_already")
        return known[0] if known else None

    def _telling(self, voice: Voice, customer: Customer, body: str, *, sent: bool) -> tuple[Edit, ...]:
        before = self._worded(voice.theme_id, customer)
        return voices.tell(voice, customer.id, body, before, self._desk.stamp(), sent=sent)

    # -- what several share

    def _theme(self, theme_id: str) -> Theme:
        found = stored.theme(self._desk.db, theme_id)
        if found is None:
            raise Refused("no_theme")
        return found

    def _words(self, text: str, most: int) -> str:
        line = inert_line(text, most)
        if not line:
            raise Refused("empty")
        return line
