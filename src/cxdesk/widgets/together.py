"""How the shared desk reads: how things stand with the server, what was refused, and two values for one field."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from cxdesk.domain import moments
from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.together import RefusedOp, Status
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column, paragraph
from cxdesk.widgets.privacy import masked, shared_text, shown_name

__all__ = [
    "conflict_line",
    "label_of",
    "refused_lines",
    "sides",
    "standing_lines",
    "standing_words",
    "written",
]

_TROUBLE = frozenset({"login", "portal", "clock", "upgrade", "refused"})
"""States in which nothing gets better by waiting."""


def standing_words(standing: Status, to_see: int) -> Line:
    """A few words for the top line; ``to_see`` entries want somebody's eyes."""
    role = "bad" if standing.state in _TROUBLE else "warn" if standing.state == "offline" else "dim"
    line: Line = ((_words(standing), role),)
    return (*line, (" · ", "dim"), (t("together.to_see", n=to_see), "warn")) if to_see else line


def standing_lines(standing: Status, zone: tzinfo, now: int, width: int) -> list[Line]:
    """The same words, since when, and what can be done about it."""
    if standing.total:
        return [((t("together.first", done=standing.done, total=standing.total), "strong"),)]
    line: Line = ((_words(standing), "bad" if standing.state in _TROUBLE else "strong"),)
    if standing.since is not None:
        line += ((f" · {t('together.since', when=moments.when(standing.since, zone, language(), now))}", "dim"),)
    advice = f"together.advice.{'locked' if standing.detail == 'locked' else standing.state}"
    return [line, *(paragraph(t(advice), "text", width) if has(advice) else ())]


def _words(standing: Status) -> str:
    if standing.detail == "locked":
        return t("together.locked")
    return t(f"sync.state.{standing.state}", n=standing.pending, s=abs(standing.offset) // 1000, detail=standing.detail)


def label_of(ent: str, field: str) -> str:
    """What a field is called: ``주소``."""
    key = f"together.field.{ent}.{field}"
    return t(key) if has(key) else f"{ent} · {field}"


def conflict_line(conflict: Conflict, who: str, width: int) -> Line:
    """One line for the list: whose, which field, and both values."""
    winner, loser = sides(conflict)
    return (
        (column(shown_name(who), 14), "strong"),
        (column(label_of(conflict.ent, conflict.field), 10), "dim"),
        (column(f"{winner}  ↔  {loser}", max(10, width - 24)), "text"),
    )


def sides(conflict: Conflict) -> tuple[str, str]:
    """Both values as a person reads them, the one that counts now first."""
    return _value(conflict, conflict.winner), _value(conflict, conflict.loser)


def _value(conflict: Conflict, text: str | None) -> str:
    value = None if text is None else json.loads(text)
    if value is None or value == "":
        return t("together.nothing")
    if (conflict.ent, conflict.field) == ("purchase", "state") and has(f"purchase.{value}"):
        return t(f"purchase.{value}")
    if conflict.ent == "identity":
        return masked("email" if "@" in str(value) else "phone", str(value))
    return shown_name(str(value)) if conflict.field == "name" else shared_text(str(value))


def refused_lines(act: RefusedOp, about: str, zone: tzinfo, now: int, width: int) -> list[Line]:
    """What was tried, on what, when, why it does not count, and the words that were written."""
    problem = f"together.problem.{act.problem.replace('-', '_')}"
    why = t(problem) if has(problem) else act.problem
    head = t(
        "together.tried",
        what=t(f"together.kind.{act.k}"),
        about=about,
        when=moments.when(act.at, zone, language(), now),
    )
    lines: list[Line] = [((head, "strong"),), *paragraph(why, "warn", width)]
    if words := written(act.f):
        lines += paragraph(f"“{shared_text(words)}”", "text", width)
    return lines


def written(f: Mapping[str, Any]) -> str:
    """The words in what was refused, if there are any."""
    return next((str(f[name]) for name in ("body", "what", "subject", "comment", "sentence", "tag") if f.get(name)), "")
