"""One theme as lines: how it stands, why it is so, what is changed, who is told, and every voice. No Textual."""

from collections.abc import Collection, Sequence
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.afterwards import Improvement, ImprovementState, ThemeWhy, Voice
from cxdesk.domain.voice_views import Item, Listener, Page
from cxdesk.domain.voices import WHYS
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.privacy import shared_text, shown_name
from cxdesk.widgets.voices import impact_words, level_words

__all__ = ["page_head", "page_lines"]

_STATES = {ImprovementState.PLANNED: "☐", ImprovementState.DONE: "☑", ImprovementState.DROPPED: "✕"}
_STATE_ROLES = {ImprovementState.PLANNED: "text", ImprovementState.DONE: "good", ImprovementState.DROPPED: "dim"}


def page_head(page: Page, vip_spent: int, currency: str, width: int) -> list[Line]:
    """The title, where it stands, this week against the usual one, and what it weighs."""
    theme = page.card.theme
    star = "★ " if page.card.quick else ""
    about = [t(f"theme.stage.{theme.stage}"), t(f"topic.{theme.topic}"), *([theme.product] if theme.product else [])]
    effort = t("theme.effort", effort=theme.effort) if theme.effort else t("theme.no_effort")
    lines: list[Line] = [
        fit(((f"{page.card.number or ''} {star}".lstrip(), "good"), (theme.title, "strong")), width),
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


def page_lines(
    page: Page, at: int, chosen: Collection[str], zone: tzinfo, now: int, width: int
) -> tuple[list[Line], int]:
    """The sections below the head, and the line the cursor (item number ``at``) is on; ``chosen`` voices are marked."""
    lines: list[Line] = []
    here, number = 0, 0
    owners = {work.id: name for work, name in page.work}
    names = {voice.id: name for voice, name in page.voices}
    sections: tuple[tuple[str, Sequence[Item], str], ...] = (
        (t("theme.whys", n=len(page.whys), most=WHYS), page.whys, "theme.no_whys"),
        (t("theme.work"), [work for work, _ in page.work], "theme.no_work"),
        (t("theme.telling", told=page.told, n=page.people), page.listeners, "theme.nobody"),
        (t("theme.voices", n=page.heard), [voice for voice, _ in page.voices], "voices.none_here"),
    )
    for title, items, nothing in sections:
        lines += [(), ((f"── {title}", "accent"),)]
        if not items:
            lines += paragraph(t(nothing), "dim", width, indent="   ")
        for item in items:
            if number == at:
                here = len(lines)
            mark = ("▌" if number == at else " ", "accent")
            lines += _item(
                item, mark, owners, names, item.id in chosen if isinstance(item, Voice) else False, (zone, now), width
            )
            number += 1
    return lines, here


def _item(
    item: Item,
    mark: tuple[str, str],
    owners: dict[str, str | None],
    names: dict[str, str | None],
    chosen: bool,
    clock: tuple[tzinfo, int],
    width: int,
) -> list[Line]:
    match item:
        case ThemeWhy():
            indent = "  " * item.place
            return [fit((mark, (f"{indent}{t('theme.why', n=item.place)} ", "dim"), (item.body, "text")), width)]
        case Improvement():
            return [fit((mark, *_work(item, owners.get(item.id), clock)), width)]
        case Listener():
            return _listener(item, mark, clock, width)
        case Voice():
            return [fit((mark, *_voice(item, names.get(item.id), chosen, clock)), width)]


def _work(work: Improvement, owner: str | None, clock: tuple[tzinfo, int]) -> Line:
    zone, now = clock
    late = work.state is ImprovementState.PLANNED and work.due_at is not None and work.due_at < now
    due = moments.when(work.due_at, zone, language(), now) if work.due_at is not None else t("theme.no_due")
    return (
        (f" {_STATES[work.state]} ", _STATE_ROLES[work.state]),
        (column(t(f"horizon.{work.horizon}"), 7), "dim"),
        (work.what, _STATE_ROLES[work.state]),
        (f" · {owner or t('assign.nobody')} · ", "dim"),
        (("! " if late else "") + due, "bad" if late else "dim"),
    )


def _listener(one: Listener, mark: tuple[str, str], clock: tuple[tzinfo, int], width: int) -> list[Line]:
    """The customer and where their telling stands; below it, the message in their language."""
    zone, now = clock
    if one.told_at is not None:
        state, role = f"☑ {t('theme.told', when=moments.when(one.told_at, zone, language(), now))}", "good"
    elif one.no is not None:
        state, role = f"– {t(f'theme.no.{one.no}')}", "warn"
    else:
        state, role = f"☐ {t('theme.to_tell')}", "text"
    other = f" · {t(f'lines.lang.{one.language}')}" if one.language != language() else ""
    head: Line = (mark, (" " + column(shown_name(one.name), 16), "strong"), (state + other, role))
    if one.told_at is not None or one.no is not None or not one.body:
        return [fit(head, width)]
    return [fit(head, width), *paragraph(shared_text(one.body, (one.name,)), "ours", width, indent="     ")]


def _voice(voice: Voice, name: str | None, chosen: bool, clock: tuple[tzinfo, int]) -> Line:
    day = f"{moments.local(voice.at, clock[0]):%m/%d}"
    return (
        ("✓" if chosen else " ", "mark"),
        (f"{day} {'●' * voice.severity}{'○' * (3 - voice.severity)} ", "dim"),
        (column(shown_name(name) if name else t("customer.unknown"), 10), "strong"),
        (f"“{shared_text(voice.body, (name,) if name else ())}”", "quote"),
    )
