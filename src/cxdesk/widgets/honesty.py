"""How honest the told waits were, as lines: shares kept, bias, how they were estimated, and what was learned."""

from collections.abc import Iterable, Sequence

from cxdesk.domain import moments
from cxdesk.domain.honesty import TARGET, Honesty, TopicTime
from cxdesk.domain.waits import Learned
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column

__all__ = ["honesty_lines"]

_FEW = 5
_TOPICS = 8


def honesty_lines(
    figures: Iterable[Honesty], learned: Sequence[Learned], times: Iterable[TopicTime], basis: int | None
) -> list[Line]:
    """A line for each stretch of days, then for each topic what was learned and what the last days really took.

    ``basis`` is how many contacts the estimates rest on, ``None`` before anything was learned.
    """
    spans = list(figures)
    lines: list[Line] = [_line(span) for span in spans]
    if spans and (methods := _methods(spans[-1])):
        lines.append(((t("honesty.methods", methods=methods), "dim"),))
    taken = {time.topic: time for time in times}
    lines += [(), ((t("honesty.times"), "accent"),)]
    lines += [_topic(own, taken.get(own.topic)) for own in learned[:_TOPICS]]
    if basis is not None:
        lines += [(), ((t("honesty.method", n=basis), "dim"),)]
    return lines


def _line(figures: Honesty) -> Line:
    """Shares only where there are cases enough to speak of shares."""
    head = (column(t("honesty.days", n=figures.days), 14), "strong")
    inside, late = figures.inside_share, figures.late_share
    if inside is None or late is None or figures.bias_s is None or figures.told < _FEW:
        return (head, (t("honesty.few", n=figures.told), "dim"))
    share = t("honesty.inside", share=round(100 * inside), target=round(100 * TARGET))
    bias = moments.duration(abs(figures.bias_s), language())
    way = t("honesty.longer" if figures.bias_s > 0 else "honesty.shorter", time=bias)
    return (
        head,
        (("  " if inside >= TARGET else "! ") + share, "good" if inside >= TARGET else "warn"),
        (" · " + t("honesty.late", share=round(100 * late)), "text"),
        (f" · {way} · n {figures.told}", "dim"),
    )


def _methods(figures: Honesty) -> str:
    return " · ".join(f"{_named(method)} {n}" for method, n in figures.methods)


def _named(method: str) -> str:
    """A method in words; one from another version as it is."""
    return t(f"honesty.method.{method}") if has(f"honesty.method.{method}") else method


def _topic(own: Learned, taken: TopicTime | None) -> Line:
    line: Line = (
        ("  " + column(t(f"topic.{own.topic}") if has(f"topic.{own.topic}") else own.topic, 20), "text"),
        (column(moments.duration(own.mean_s, language()), 12), "strong"),
        (column(f"n {own.n}", 8), "dim"),
    )
    if taken is not None:
        time = moments.duration(taken.mean_s, language())
        line += ((t("honesty.lately", time=time, n=taken.n), "dim"),)
    return line
