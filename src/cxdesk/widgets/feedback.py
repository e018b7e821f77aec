"""What customers answered, as lines: each figure with its interval, its count and how it is reckoned."""

from collections.abc import Iterable

from cxdesk.domain.feedback import FEW, SCALES, Score
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, column

__all__ = ["score_lines", "score_words"]


def score_lines(scores: Iterable[Score]) -> list[Line]:
    """Three lines a scale: the figure, the answers themselves, the formula; too few answers are only counted."""
    lines: list[Line] = []
    for score in scores:
        lines.append(((column(score.scale.upper(), 6), "accent"), (score_words(score), "strong" if score.n else "dim")))
        if score.n:
            lines.append(((" " * 6 + _counts(score), "text"),))
            lines.append(((" " * 6 + t(f"feedback.formula.{score.formula}"), "dim"),))
    return lines


def score_words(score: Score) -> str:
    """The figure with its interval and count, or that there are too few answers for one."""
    if score.n == 0:
        return t("feedback.nothing")
    if score.value is None or score.low is None or score.high is None:
        return t("feedback.few", n=score.n, few=FEW)
    return t(
        f"feedback.figure.{score.formula}",
        value=_said(score, score.value),
        low=_said(score, score.low),
        high=_said(score, score.high),
        n=score.n,
    )


def _said(score: Score, value: float) -> str:
    """Per cent, points from -100 to 100, or points of the scale."""
    if score.mean is not None:
        return f"{value:.1f}"
    return f"{round(100 * value):+d}" if score.scale == "nps" else f"{round(100 * value)}"


def _counts(score: Score) -> str:
    """``1: 2 · 2: 0 · …``: every answer of the scale, those that nobody gave too."""
    least, most = SCALES[score.scale]
    return " · ".join(f"{value}: {score.counts.get(value, 0)}" for value in range(least, most + 1))
