"""The figures of a period in words, one row each: the same rows for the screen, the CSV and the owner's page."""

from collections.abc import Iterator
from datetime import date
from math import isfinite

from cxdesk.domain import moments
from cxdesk.domain.comparing import Difference, Verdict
from cxdesk.domain.durations import Lengths
from cxdesk.domain.feedback import FEW, Score
from cxdesk.domain.insights import Report, Share
from cxdesk.domain.periods import Period, Unit
from cxdesk.domain.values import dataclass
from cxdesk.i18n import language, t
from cxdesk.widgets.heat import weekday

__all__ = ["NOT_KNOWN", "FigureRow", "figure_rows", "length", "period_name", "score_text", "share_text", "verdict_text"]

NOT_KNOWN = "–"
_MINUTE, _FINE = 60, 600
_BETTER = {
    "wait": False, "resolution": False, "left": False, "told": True, "first": True, "reopened": False, "kept": True,
    "csat": True, "ces": True, "nps": True, "ended": False,
}  # fmt: skip
"""Whether more of a figure is better; of the others it is neither."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure now and before in words, what the difference amounts to, and whether that is good, if it is either."""

    id: str
    label: str
    now: str
    then: str
    change: str
    verdict: Verdict | None
    formula: str
    good: bool | None


def figure_rows(report: Report) -> tuple[FigureRow, ...]:
    """Every figure of a report, in the order in which they are read."""
    return tuple(_rows(report))


def _rows(report: Report) -> Iterator[FigureRow]:
    now, then = report.now, report.then

    def row(name: str, here: str, there: str) -> FigureRow:
        found = report.differences.get(name)
        verdict = found.verdict if found else None
        return FigureRow(
            name,
            t(f"insights.figure.{name}"),
            here,
            there,
            _change(name, found) if found and verdict is not Verdict.FEW else "",
            verdict,
            found.formula if found else "",
            _good(name, verdict),
        )

    for name in ("arrived", "resolved"):
        yield row(name, t("insights.count", n=getattr(now, name)), t("insights.count", n=getattr(then, name)))
    for name in ("wait", "service", "resolution"):
        yield row(name, _lengths(getattr(now, name)), length(_median(getattr(then, name))))
    for name in ("told", "left", "first", "reopened", "kept", "began", "ended"):
        yield row(name, share_text(getattr(now, name)), share_text(getattr(then, name)))
    for scale in ("csat", "ces", "nps"):
        yield row(scale, score_text(now.answers.get(scale)), score_text(then.answers.get(scale)))


def _good(name: str, verdict: Verdict | None) -> bool | None:
    if name not in _BETTER or verdict not in (Verdict.MORE, Verdict.LESS):
        return None
    return _BETTER[name] is (verdict is Verdict.MORE)


def _median(known: Lengths | None) -> float | None:
    return known.median if known else None


def _lengths(known: Lengths | None) -> str:
    """``2분 30초 · 80 % 6분 20초``; too few to say more than each of them says nothing of the eighty."""
    if known is None:
        return NOT_KNOWN
    if known.n < FEW:
        return f"{length(known.median)} (n {known.n})"
    return t("insights.lengths", median=length(known.median), p80=moments.duration(known.p80, language()))


def length(seconds: float | None) -> str:
    """A length of time, to the second where it is a matter of minutes, or that it is not known."""
    if seconds is None:
        return NOT_KNOWN
    if _MINUTE <= seconds < _FINE:
        return t("insights.minutes", minutes=int(seconds) // _MINUTE, seconds=int(seconds) % _MINUTE)
    return moments.duration(seconds, language())


def share_text(share: Share) -> str:
    """``82 % (41/50)``; below five no percentage."""
    if not share.n:
        return NOT_KNOWN
    counts = f"{share.hits}/{share.n}"
    return counts if share.n < FEW else f"{100 * share.hits / share.n:.0f} % ({counts})"


def score_text(score: Score | None) -> str:
    """The figure of a scale with what it rests on; the number of answers alone where they are too few."""
    if score is None:
        return NOT_KNOWN
    if score.value is None:
        return f"n {score.n}"
    return f"{_scored(score.scale, score.value)} (n {score.n})"


def _scored(scale: str, value: float) -> str:
    return {"csat": f"{100 * value:.0f} %", "nps": _signed(100 * value)}.get(scale, f"{value:.1f}")


def _change(name: str, found: Difference) -> str:
    """What is more or less, with the sign in front."""
    gap = found.now - found.then
    match found.formula:
        case "rate":
            ratio = found.now / found.then - 1 if found.then else float("inf")
            return f"{100 * ratio:+.0f} %" if isfinite(ratio) else ""
        case "median":
            return f"{'+' if gap >= 0 else '-'}{length(abs(gap))}"
        case "share":
            return t("insights.points", n=_signed(100 * gap))
    if name == "csat":
        return t("insights.points", n=_signed(100 * gap))
    return f"{gap:+.1f}" if name == "ces" else _signed(100 * gap)


def _signed(value: float) -> str:
    """A whole number with its sign; what rounds to nothing has none."""
    return f"{value:+.0f}" if abs(value) >= 0.5 else "0"


def verdict_text(verdict: Verdict | None) -> str:
    """What a difference amounts to, with its sign: ``▲``, ``▼``, ``≈``, ``·``."""
    if verdict is None:
        return ""
    sign = {Verdict.MORE: "▲", Verdict.LESS: "▼", Verdict.NOISE: "≈", Verdict.FEW: "·"}[verdict]
    return f"{sign} {t(f'insights.verdict.{verdict}')}"


def period_name(period: Period) -> str:
    """A period as people write it."""
    first, last = period.first, period.last
    match period.unit:
        case Unit.DAY:
            return t("insights.name.day", day=_day(first), weekday=weekday(first.weekday()))
        case Unit.MONTH:
            return t("insights.name.month", year=first.year, month=first.month)
        case Unit.QUARTER:
            return t("insights.name.quarter", year=first.year, quarter=(first.month + 2) // 3)
        case Unit.YEAR:
            return t("insights.name.year", year=first.year)
    return t("insights.name.span", first=_day(first), last=_day(last))


def _day(day: date) -> str:
    return t("insights.name.date", year=day.year, month=day.month, day=day.day)
