"""How many people, as charts and sentences: somebody who comes now, the line over the next hour, and a day to come."""

from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.moments import HOUR, MINUTE
from cxdesk.domain.staffing import Day, Hour, Option
from cxdesk.domain.views import Estimate
from cxdesk.i18n import language, t
from cxdesk.widgets.chart import Chart, Series
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import shown_name

__all__ = ["day_chart", "day_lines", "hour_lines", "line_chart", "wait_chart"]


def wait_chart(hour: Hour) -> Chart:
    """The wait of somebody who comes now, for each number of people."""
    waits = [option.newcomer if option.newcomer.known else None for option in hour.options]
    return Chart(
        t("staffing.now"),
        "ranges",
        tuple(_called(option) for option in hour.options),
        (
            Series(t("staffing.low"), tuple(_minutes(wait, "low") for wait in waits)),
            Series(t("staffing.usual"), tuple(_minutes(wait, "expected") for wait in waits)),
            Series(t("staffing.high"), tuple(_minutes(wait, "high") for wait in waits)),
        ),
        _said_minutes,
    )


def line_chart(hour: Hour) -> Chart | None:
    """How many wait over the next hour, with one fewer, as it is, and with more; ``None`` where it was not played."""
    played = [option for option in hour.options if option.queue and option.back is None]
    if not played:
        return None
    played.sort(key=lambda option: abs(option.extra))
    roles = ("strong", "good", "warn", "accent")
    return Chart(
        t("staffing.line"),
        "curves",
        tuple(t("staffing.in_minutes", n=round(at / 60)) for at, _, _, _ in played[0].queue),
        tuple(
            Series(_called(option), tuple(expected for _, _, expected, _ in option.queue), role)
            for option, role in zip(played, roles, strict=False)
        ),
    )


def hour_lines(hour: Hour) -> list[Line]:
    """What one more person changes, then a line of shares for each number of people."""
    lines: list[Line] = []
    now = next((option for option in hour.options if not option.extra and option.back is None), None)
    for option in hour.options:
        if now is not None and (option.extra == 1 or option.back) and now.newcomer.known:
            lines += _changes(now, option)
    share, seconds = hour.target
    lines.append(
        ((t("staffing.next_hour", n=round(hour.arrivals), share=round(100 * share), seconds=round(seconds)), "dim"),)
    )
    return lines + [_shares(option, share) for option in hour.options]


def _changes(now: Option, then: Option) -> list[Line]:
    """``지금 한 명 더 나오면: 지금 오시는 분 보통 22분 → 14분, 맨 뒤 분 30분 → 20분``."""
    what = t("staffing.if_back", name=shown_name(then.back)) if then.back else t("staffing.if_more")
    text = t("staffing.newcomer", before=_time(now.newcomer.expected), after=_time(then.newcomer.expected))
    if now.last is not None and then.last is not None and not then.back:
        text += ", " + t("staffing.last", before=_time(now.last.expected), after=_time(then.last.expected))
    return [((what + " ", "accent"), (text, "strong"))]


def _shares(option: Option, target: float) -> Line:
    head = (column(_called(option), 18), "text")
    if option.level is None or option.mean_s is None:
        return (head, (t(f"staffing.{'nobody_comes' if option.method == 'simulation' else option.method}"), "dim"))
    met = option.level >= target
    line: Line = (
        head,
        (
            ("  " if met else "! ") + column(t("staffing.level", share=round(100 * option.level)), 16),
            "good" if met else "warn",
        ),
        (column(t("staffing.wait", time=_time(option.mean_s)), 20), "text"),
    )
    return line if option.leave is None else (*line, (t("staffing.leave", share=round(100 * option.leave)), "dim"))


def day_chart(day: Day, zone: tzinfo, now: int) -> Chart:
    """How many people each hour of a day needs."""
    when = moments.day(day.slots[0].start, zone, language(), now) if day.slots else f"{day.day:%Y-%m-%d}"
    share, seconds = day.target
    title = t("staffing.day", day=when, share=round(100 * share), seconds=round(seconds))
    return Chart(
        title,
        "bars",
        tuple(moments.clock(slot.start, zone, language()) for slot in day.slots),
        (
            Series(
                t("staffing.people"), tuple(None if slot.needed is None else float(slot.needed) for slot in day.slots)
            ),
        ),
        lambda value: t("staffing.n_people", n=round(value)),
    )


def day_lines(day: Day) -> list[Line]:
    """What the chart rests on, and how many people to put on the roster."""
    unknown: list[Line] = [((t("staffing.no_holidays", country=day.country), "warn"),)] if day.country else []
    if not day.days:
        return [*unknown, ((t("staffing.no_past"), "dim"),)]
    contacts = round(sum(slot.arrivals * (slot.end - slot.start) / HOUR for slot in day.slots))
    lines: list[Line] = [*unknown, ((t("staffing.rests_on", n=contacts, days=day.days, aht=_time(day.aht_s)), "dim"),)]
    rosters = [slot.to_roster for slot in day.slots if slot.to_roster is not None]
    if rosters:
        lines.append(((t("staffing.most", n=max(rosters)), "strong"),))
    if any(slot.method == "simulation" for slot in day.slots):
        lines.append(((t("staffing.small"), "dim"),))
    return lines


def _called(option: Option) -> str:
    if option.back:
        return t("staffing.back", name=shown_name(option.back))
    if not option.extra:
        return t("staffing.as_is", n=option.agents)
    return t("staffing.more" if option.extra > 0 else "staffing.fewer", n=abs(option.extra))


def _minutes(wait: Estimate | None, part: str) -> float | None:
    return None if wait is None else getattr(wait, part) * 1000 / MINUTE


def _said_minutes(value: float) -> str:
    return t("queue.minutes", n=round(value))


def _time(seconds: float) -> str:
    return moments.duration(seconds if seconds < 60 else 60 * round(seconds / 60), language())
