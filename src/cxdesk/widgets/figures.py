"""A customer in figures, each with what it rests on: recency, frequency, money, and a year's worth with its formula."""

from cxdesk.domain.figures import rfm, worth
from cxdesk.domain.money import format_money
from cxdesk.domain.segments import Rules, Standing
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.memory import why_outwaited, why_segment

__all__ = ["figure_lines"]


def figure_lines(standing: Standing, now: int, rules: Rules, width: int) -> list[Line]:
    """The segment with its reason, the three figures with their steps, and the coming year where enough is known."""
    summary = standing.summary
    lines = paragraph(f"{t(f'segment.{standing.segment}')}: {why_segment(standing)}", "text", width)
    if standing.outwaited:
        lines += paragraph(why_outwaited(standing, now), "warn", width)
    figures = rfm(summary, now, rules)
    if figures is not None:
        steps = "".join(str(step or "-") for step in (figures.recency, figures.frequency, figures.money))
        spent = format_money(figures.spent, figures.currency, language())
        lines += paragraph(
            t("figures.rfm", days=figures.days, n=figures.orders, spent=spent, steps=steps), "dim", width
        )
    year = worth(summary, now)
    if year is not None:
        amounts = (_about(year.amount), year.per_order)
        amount, each = (format_money(value, year.currency, language()) for value in amounts)
        lines += paragraph(
            t("figures.worth", amount=amount, each=each, rate=f"{year.per_year:g}", n=year.n), "dim", width
        )
    return lines


def _about(amount: int) -> int:
    """Two digits of a figure that is not known to more."""
    step = int(10 ** max(0, len(str(abs(amount))) - 2))
    return round(amount / step) * step
