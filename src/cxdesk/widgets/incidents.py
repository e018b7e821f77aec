"""How incidents look: the word that is due, the list of them, the page of one, and its report. No Textual here."""

import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentReach
from cxdesk.domain.bursts import Burst
from cxdesk.domain.candour import NEXT, WHO, Check
from cxdesk.domain.incident_report import Report, View
from cxdesk.domain.incidents import Alert, EntryKind, Pace, pace
from cxdesk.domain.words import Language
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph, width_of
from cxdesk.widgets.privacy import shared_text

__all__ = [
    "alert_line",
    "burst_text",
    "burst_title",
    "due_line",
    "incident_line",
    "page_lines",
    "reach_text",
    "report_lines",
    "subject",
]

_ROLES = {Pace.CALM: "good", Pace.SOON: "warn", Pace.LATE: "bad"}
_MARKS = {Pace.CALM: "", Pace.SOON: "! ", Pace.LATE: "!! "}
"""How pressing a word is, without its colour."""


def due_line(due: int, now: int) -> Line:
    """``다음 안내 12분 뒤``, ``! 3분 뒤``, ``!! 안내가 4분 늦음``: sign, words and colour say the same."""
    how = pace(due, now)
    minutes = max(1, -(-abs(due - now) // moments.MINUTE))
    key = "incident.late" if how is Pace.LATE else "incident.due"
    return ((_MARKS[how] + t(key, n=minutes), _ROLES[how]),)


def alert_line(alert: Alert, due: int | None, now: int) -> Line:
    """For the top line: the word that is due next, or what begs for an incident."""
    if alert.incident is not None and due is not None:
        more = ((" " + t("incident.more", n=alert.open - 1), "dim"),) if alert.open > 1 else ()
        return (*due_line(due, now), *more)
    if alert.burst is not None:
        topic, _, n = alert.burst
        return ((f"! {t('incident.burst', topic=t(f'topic.{topic}'), n=n)}", "warn"),)
    return ()


def burst_text(burst: Burst) -> str:
    """``배송 · 린넨 셔츠 문의 9건 / 1시간, 보통 1.2건``."""
    return t("incident.burst_why", what=subject(burst.topic, burst.product), n=burst.count, usual=f"{burst.usual:.1f}")


def burst_title(burst: Burst) -> str:
    """What an incident is called until somebody knows better."""
    return t("incident.burst_title", what=subject(burst.topic, burst.product))


def subject(topic: str | None, product: str) -> str:
    """What many ask about, in words."""
    return " · ".join(part for part in (t(f"topic.{topic}") if topic else "", product) if part)


def incident_line(incident: Incident, tickets: int, due: int | None, now: int) -> Line:
    """One row of the list: the title, how many tickets, and the word that is due or when it ended."""
    title: Line = ((column(incident.title, 30), "strong"), (column(" " + t("incident.tickets", n=tickets), 13), "text"))
    if due is not None:
        return (*title, *due_line(due, now))
    ended = moments.ago(incident.closed_at or now, now, language())
    return (*title, (t("incident.ended", ago=ended), "dim"))


# -- the page


def page_lines(
    view: View,
    checks: Sequence[Check],
    given: Mapping[str, IncidentEntry],
    due: int | None,
    now: int,
    zone: tzinfo,
    width: int,
) -> list[Line]:
    """What it is, the checklist, what may be said, whom it touches, and what happened."""
    lines = [
        *_what(view, due, now, width),
        _heading("incident.checks", width),
        *(_check(n, check, given, view, due, zone, now, width) for n, check in enumerate(checks, 1)),
        _heading("incident.words", width),
        *_words(view, zone, width),
        _heading("incident.people", width),
        *_people(view, zone, now, width),
        _heading("incident.timeline", width),
        *timeline(view, now, zone, width),
    ]
    return [fit(line, width) for line in lines]


def _heading(key: str, width: int) -> Line:
    label = f"── {t(key)} "
    return ((label, "accent"), ("─" * max(0, width - width_of(((label, ""),))), "dim"))


def _what(view: View, due: int | None, now: int, width: int) -> list[Line]:
    incident = view.incident
    about = subject(incident.topic, incident.product)
    lasted = moments.duration(view.report.lasted / 1000, language())
    state: Line = ((t("incident.over", time=lasted), "dim"),)
    if due is not None:
        state = (*due_line(due, now), ("  " + t("incident.lasts", time=lasted), "dim"))
    counts = " · ".join(f"{t(f'status.{status}')} {n}" for status, n in view.tickets.items())
    lines = [
        fit(((about + "  " if about else "", "strong"), *state), width),
        fit(((t("incident.linked", n=sum(view.tickets.values())), "text"), (f"  {counts}", "dim")), width),
    ]
    if view.to_tell:
        lines.append(((t("incident.to_tell", n=view.to_tell), "warn"),))
    if view.alike:
        lines.append(((t("incident.alike", n=view.alike), "warn"),))
    cause = incident.cause or t("incident.no_cause")
    lines.append(fit(((t("incident.cause") + " ", "dim"), (cause, "text" if incident.cause else "dim")), width))
    return lines


def _check(
    n: int,
    check: Check,
    given: Mapping[str, IncidentEntry],
    view: View,
    due: int | None,
    zone: tzinfo,
    now: int,
    width: int,
) -> Line:
    """One question: ticked with the answer, when and by whom; two of them the program can answer itself."""
    entry = max(
        (entry for item, entry in given.items() if item.rpartition(".")[0] == check.id),
        key=lambda entry: entry.at,
        default=None,
    )
    ask = column(check.ask, 34)
    if entry is not None:
        by = view.names.get(entry.agent_id or "", "")
        when = moments.clock(entry.at, zone, language())
        body = shared_text(entry.body)
        return fit(((f" {n} ", "key"), ("✓ ", "good"), (ask, "dim"), (body, "text"), (f"  {when} {by}", "dim")), width)
    known = ""
    if check.id == NEXT and due is not None:
        known = moments.when(due, zone, language(), now)
    elif check.id == WHO:
        known = view.names.get(view.incident.agent_id or "", "")
    if known:
        return fit(((f" {n} ", "key"), ("✓ ", "good"), (ask, "dim"), (known, "text")), width)
    example = t("incident.example", text=check.example) if check.example else ""
    return fit(((f" {n} ", "key"), ("○ ", "warn"), (ask, "text"), (example, "dim")), width)


def _words(view: View, zone: tzinfo, width: int) -> list[Line]:
    """The wording that holds in each form and language."""
    latest = {(word.language, word.form): word for word in view.words}
    if not latest:
        return [((t("incident.no_words"), "warn"),)]
    lines: list[Line] = []
    for (lang, form), word in latest.items():
        by = view.names.get(word.agent_id or "", "")
        lines.append(
            (
                (f" {t(f'form.{form}')} · {t(f'speaks.{lang}')}", "strong"),
                (f"  {moments.clock(word.at, zone, language())} {by}", "dim"),
            )
        )
        lines += paragraph(shared_text(word.body), "ours", width, indent="   ")
    return lines


def _people(view: View, zone: tzinfo, now: int, width: int) -> list[Line]:
    report = view.report
    lines: list[Line] = [
        fit(
            (
                (" " + t("incident.touched", n=report.people), "text"),
                ("  " + t("incident.done_for", told=report.told, cared=report.cared, asked=report.asked), "dim"),
            ),
            width,
        )
    ]
    return lines + [fit(((" · " + reach_text(rule, zone, now), "dim"),), width) for rule in view.reaches]


def reach_text(rule: IncidentReach, zone: tzinfo, now: int) -> str:
    """Whom a rule finds, in words."""
    lang = language()
    since = moments.day(rule.since, zone, lang, now) if rule.since is not None else ""
    until = moments.day(rule.until - 1, zone, lang, now) if rule.until is not None else ""
    parts = [rule.product, f"{since} ~ {until}" if since or until else "", rule.option]
    told = t("incident.told_all", when=moments.when(rule.told_at, zone, lang, now)) if rule.told_at is not None else ""
    return " · ".join(part for part in (*parts, told) if part)


def timeline(view: View, now: int, zone: tzinfo, width: int) -> list[Line]:
    """What happened, oldest first, each with its time and who did it."""
    lines: list[Line] = []
    day = ""
    for entry in view.entries:
        if entry.kind == EntryKind.CHECK:
            continue
        if (today := moments.day(entry.at, zone, language(), now)) != day:
            day = today
            lines.append(((f" {day}", "dim"),))
        at, by = moments.clock(entry.at, zone, language()), view.names.get(entry.agent_id or "", "")
        late = entry.due_at is not None and entry.at > entry.due_at
        text, role = _entry_text(entry)
        mark = f" {t('incident.was_late', n=-(-(entry.at - (entry.due_at or 0)) // moments.MINUTE))}" if late else ""
        lines += paragraph(f"{text}{mark}  {by}", "bad" if late else role, width, indent="       ", first=f" {at} ")
    return lines


def _entry_text(entry: IncidentEntry) -> tuple[str, str]:
    """A line of the timeline in words, and its role; an unknown step, from a later version, shows its code."""
    if entry.kind == EntryKind.WORD:
        form, _, lang = entry.item.partition(".")
        spoken = t(f"speaks.{lang}") if lang in tuple(Language) else lang
        return t("incident.step.word", form=t(f"form.{form}"), language=spoken), "ours"
    if entry.kind == EntryKind.NOTE:
        return shared_text(entry.body), "quote"
    if not has(f"incident.step.{entry.item}"):
        return entry.item, "event"
    try:
        values = json.loads(entry.body) if entry.body else {}
    except ValueError:
        values = {}
    return t(f"incident.step.{entry.item}", n=values.get("n", 0) if isinstance(values, dict) else 0), "event"


# -- the report


def report_lines(view: View, now: int, zone: tzinfo, width: int) -> list[Line]:
    """The short report: what it was, the figures, and the timeline."""
    incident, report = view.incident, view.report
    about = " · ".join(part for part in (incident.title, subject(incident.topic, incident.product)) if part)
    began = moments.when(incident.opened_at, zone, language(), now)
    lines: list[Line] = [((about, "strong"),), ((began, "dim"),)]
    if incident.cause:
        lines += paragraph(f"{t('incident.cause')}: {incident.cause}", "text", width)
    lines.append(())
    lines += [((column(label, 26), "dim"), (value, "text")) for label, value in _figures(report)]
    return [fit(line, width) for line in (*lines, (), *timeline(view, now, zone, width))]


def _figures(report: Report) -> list[tuple[str, str]]:
    def length(ms: int | None) -> str:
        return t("incident.never") if ms is None else moments.duration(ms / 1000, language())

    return [
        (t("incident.figure.lasted"), length(report.lasted)),
        (t("incident.figure.first_word"), length(report.first_word)),
        (t("incident.figure.first_told"), length(report.first_told)),
        (t("incident.figure.kept"), t("incident.kept_of", kept=report.kept, n=report.updates)),
        (t("incident.figure.tickets"), t("incident.open_of", open=report.still_open, n=report.tickets)),
        (t("incident.figure.people"), str(report.people)),
        (t("incident.figure.told"), str(report.told)),
        (t("incident.figure.cared"), str(report.cared)),
        (t("incident.figure.asked"), str(report.asked)),
    ]
