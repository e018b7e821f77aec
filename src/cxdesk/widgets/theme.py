"""One theme as lines: how it stands, why it is so, what is changed, who is told, and every voice. No Textual."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import count

from cxdesk.domain import moments
from cxdesk.domain.afterwards import Improvement, ImprovementState, ThemeWhy, Voice
from cxdesk.domain.voice_views import Item, Listener, Page
from cxdesk.domain.voices import WHYS
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, Span, column, fit, paragraph
from cxdesk.widgets.privacy import shared_text, shown_name
from cxdesk.widgets.voices import impact_words, level_words

__all__ = ["Sections", "page_head"]

_STATES = {ImprovementState.PLANNED: "☐", ImprovementState.DONE: "☑", ImprovementState.DROPPED: "✕"}
_STATE_ROLES = {ImprovementState.PLANNED: "text", ImprovementState.DONE: "good", ImprovementState.DROPPED: "dim"}


def page_head(page: Page, vip_spent: int, currency: str, width: int) -> list[Line]:
    """The title, where it stands, this week against the usual one, and what it weighs."""
    theme = page.card.theme
    star = "★ " if page.card.quick else ""
    about = [t(f"theme.stage.{theme.stage}"), t(f"topic.{theme.topic}"), *([theme.product] if theme.product else [])]
    effort = t("theme.effort", effort=theme.effort) if theme.effort else t("theme.no_effort")
    lines: list[Line] = [
        fit(((star, "good"), (theme.title, "strong")), width),
        fit(((" · ".join([*about, effort]), "accent"),), width),
        *paragraph(level_words(page.card.level), "text", width),
    ]
    impact, weighed, rules = impact_words(page.card, vip_spent, currency)
    return [
        *lines,
        *paragraph(impact, "strong", width),
        *paragraph(weighed, "text", width),
        *paragraph(rules, "dim", width),
    ]


@dataclass(frozen=True, slots=True)
class Sections:
    """What is below the head of a theme's page: causes, changes, who is told, voices. ``chosen`` voices are marked."""

    page: Page
    chosen: Collection[str]
    zone: tzinfo
    now: int
    width: int

    def lines(self, at: int) -> tuple[list[Line], int]:
        """The lines, and the one that the cursor (item number ``at``) is on."""
        lines: list[Line] = []
        here, places = 0, count()
        for title, items, nothing in self._sections():
            lines += [(), ((f"── {title}", "accent"),)]
            if not items:
                lines += paragraph(t(nothing), "dim", self.width, indent="   ")
            for item, place in zip(items, places, strict=False):
                here = len(lines) if place == at else here
                lines += self._item(item, ("▌" if place == at else " ", "accent"))
        return lines, here

    def _sections(self) -> tuple[tuple[str, Sequence[Item], str], ...]:
        page = self.page
        return (
            (t("theme.whys", n=len(page.whys), most=WHYS), page.whys, "theme.no_whys"),
            (t("theme.work"), [work for work, _ in page.work], "theme.no_work"),
            (t("theme.telling", told=page.told, n=page.people), page.listeners, "theme.nobody"),
            (t("theme.voices", n=page.heard), [voice for voice, _ in page.voices], "voices.none_here"),
        )

    def _item(self, item: Item, mark: Span) -> list[Line]:
        match item:
            case ThemeWhy():
                asked = f"{'  ' * item.place}{t('theme.why', n=item.place)} "
                return [fit((mark, (asked, "dim"), (item.body, "text")), self.width)]
            case Improvement():
                return [fit((mark, *self._work(item)), self.width)]
            case Listener():
                return self._listener(item, mark)
            case Voice():
                return [fit((mark, *self._voice(item)), self.width)]

    def _work(self, work: Improvement) -> Line:
        owner = next((name for one, name in self.page.work if one.id == work.id), None)
        late = work.state is ImprovementState.PLANNED and work.due_at is not None and work.due_at < self.now
        due = t("theme.no_due") if work.due_at is None else moments.when(work.due_at, self.zone, language(), self.now)
        return (
            (f" {_STATES[work.state]} ", _STATE_ROLES[work.state]),
            (column(t(f"horizon.{work.horizon}"), 7), "dim"),
            (work.what, _STATE_ROLES[work.state]),
            (f" · {owner or t('assign.nobody')} · ", "dim"),
            (("! " if late else "") + due, "bad" if late else "dim"),
        )

    def _listener(self, one: Listener, mark: Span) -> list[Line]:
        """The customer and where their telling stands; below it, the message in their language."""
        if one.told_at is not None:
            when = moments.when(one.told_at, self.zone, language(), self.now)
            state, role = f"☑ {t('theme.told', when=when)}", "good"
        elif one.no is not None:
            state, role = f"– {t(f'theme.no.{one.no}')}", "warn"
        else:
            state, role = f"☐ {t('theme.to_tell')}", "text"
        other = f" · {t(f'lines.lang.{one.language}')}" if one.language != language() else ""
        head = fit((mark, (" " + column(shown_name(one.name), 16), "strong"), (state + other, role)), self.width)
        if one.told_at is not None or one.no is not None or not one.body:
            return [head]
        return [head, *paragraph(shared_text(one.body, (one.name,)), "ours", self.width, indent="     ")]

    def _voice(self, voice: Voice) -> Line:
        name = next((name for one, name in self.page.voices if one.id == voice.id), None)
        said = shared_text(voice.body, (name,) if name else ())
        return (
            ("✓" if voice.id in self.chosen else " ", "mark"),
            (f"{moments.local(voice.at, self.zone):%m/%d} {'●' * voice.severity}{'○' * (3 - voice.severity)} ", "dim"),
            (column(shown_name(name) if name else t("customer.unknown"), 10), "strong"),
            (f"“{said}”", "quote"),
        )
