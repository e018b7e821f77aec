"""The checklist of candour and the drafts of wordings: the shop's own file, or the one that is shipped."""

from collections.abc import Mapping
from functools import cached_property

from cxdesk.desk.result import Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import incidents, moments
from cxdesk.domain.afterwards import Incident, IncidentEntry
from cxdesk.domain.candour import NEXT, WHO, Candour, draft, nameless, read_candour
from cxdesk.domain.incidents import Form
from cxdesk.domain.words import Channel, Language, Stage
from cxdesk.empathy import library
from cxdesk.empathy.blanks import unfilled
from cxdesk.settings import shipped
from cxdesk.storage import incidents as stored

__all__ = ["Candid", "form_of", "sayable_line"]


def form_of(channel: Channel) -> Form:
    """How a wording reaches somebody on a channel."""
    return Form.SPEAK if channel.spoken else Form.WRITE


def sayable_line(word_id: str, language: Language, body: str, *, named: bool = True) -> library.Line:
    """A wording as a line that can be filled for a customer and put into a reply."""
    said = body if named else nameless(body)
    return library.Line(
        f"{stored.SAID}{word_id}", Stage.ACKNOWLEDGE, said, when=library.Situation.CRISIS, lang=language
    )


class Candid:
    """What honesty asks for, in each language."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self.problems: tuple[tuple[str, str], ...] = ()

    @cached_property
    def texts(self) -> Mapping[Language, Candour]:
        """Language → checklist and frames. A file of the shop's that cannot be used is in ``problems``; the shipped
        one stands in for it."""
        import tomllib

        found = {}
        for lang in Language:
            found[lang] = read_candour(tomllib.loads(shipped("incidents", f"{lang}.toml").read_text("utf-8")))
            own = self._desk.store.path.parent / "incidents" / f"{lang}.toml"
            if not own.exists():
                continue
            try:
                found[lang] = read_candour(tomllib.loads(own.read_text("utf-8")))
            except (ValueError, OSError) as error:  # a TOMLDecodeError and a UnicodeDecodeError are ValueErrors
                self.problems += ((str(own), str(error)),)
        return found

    def promised(self, incident: Incident, language: Language) -> int:
        """By when the next word comes: what was answered since the last one, where a time can be read in it, else
        after the shop's interval."""
        desk = self._desk
        rules, now = desk.settings.incidents, desk.clock()
        entry = self.given(incident).get(f"{NEXT}.{language}")
        if entry is not None and entry.at > (incident.last_word_at or 0):
            from cxdesk.domain.due import read_due

            due = read_due(entry.body, now, desk.zone)
            if due is not None and due.at > now:
                return due.at
        return incidents.next_by(incidents.Rhythm(rules.first_word, rules.next_word), now)

    def answers(self, incident: Incident, language: Language, by: int) -> dict[str, str]:
        """Check → answer in a language. By when the next word comes and who answers for it need no asking."""
        desk = self._desk
        found = {
            item.removesuffix(f".{language}"): entry.body
            for item, entry in self.given(incident).items()
            if item.endswith(f".{language}")
        }
        agent = next((one for one in desk.read.agents() if one.id == incident.agent_id), None)
        if agent is not None:
            found.setdefault(WHO, agent.name)
        return found | {NEXT: moments.when(by, desk.zone, language, desk.clock())}

    def given(self, incident: Incident) -> dict[str, IncidentEntry]:
        """What agents have answered, by check and language (``known.ko``)."""
        return incidents.answers(stored.entries(self._desk.db, incident.id))

    def draft(self, incident: Incident, form: Form, language: Language, by: int) -> str:
        """A wording to begin with: the frame with the answers in it, and ``by`` when the next word comes."""
        return draft(self.texts[language], form, self.answers(incident, language, by))

    def languages(self, incident: Incident) -> tuple[Language, ...]:
        """The languages of those who wait for a word, the commonest first, the shop's where nobody is known."""
        shop = Language(self._desk.settings.shop.language)
        count = dict.fromkeys((shop,), 0)
        for _, _, spoken in stored.tickets(self._desk.db, incident.id, only_open=True):
            language = Language(spoken) if spoken else shop
            count[language] = count.get(language, 0) + 1
        return tuple(sorted(count, key=lambda language: -count[language]))

    def approved(self, incident: Incident, channel: Channel, language: Language, *, named: bool) -> library.Line | None:
        """What may be said of an incident on a channel, as a line; ``named`` when the customer is known."""
        word = incidents.wording(stored.words(self._desk.db, incident.id), form_of(channel), language)
        return sayable_line(word.id, language, word.body, named=named) if word is not None else None

    def notice(self, incident_id: str, language: Language) -> str:
        """The wording for the eye as it reads to nobody in particular; ``""`` when there is none that can be read so.

        For where there are no tickets: a notice on the shop's page, a recorded message.
        """
        from cxdesk.empathy.render import Renderer

        word = incidents.wording(stored.words(self._desk.db, incident_id), Form.WRITE, language)
        if word is None:
            return ""
        shop = {"shop": {"name": self._desk.settings.shop.name}}
        line = sayable_line(word.id, language, word.body, named=False)
        return Renderer(language, self._desk.zone).fill(line, shop, self._desk.clock()) or ""

    def refuse_unsayable(self, form: Form, language: Language, body: str) -> None:
        """Raises ``Refused`` for a wording with blanks left, or one that no customer could hear."""
        from cxdesk.desk.lines import faults

        if not body:
            raise Refused("empty")
        blanks = [blank for blank in unfilled(body) if blank.label]
        if blanks:
            raise Refused("incident_blank", n=len(blanks), first=blanks[0].label)
        wrong = faults(sayable_line(form, language, body))
        if wrong:
            raise Refused("bad_line", reason=wrong[0].code, detail=wrong[0].detail)
