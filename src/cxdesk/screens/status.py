"""The top line: how many wait, how long somebody would wait now, who serves, what was promised, the time, the name."""

from typing import TYPE_CHECKING

from cxdesk.desk import Desk
from cxdesk.desk.telling import minutes
from cxdesk.domain import moments
from cxdesk.i18n import language, t
from cxdesk.widgets import privacy
from cxdesk.widgets.bars import between
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.domain.incidents import Alert

__all__ = ["status_line"]


def status_line(desk: Desk, width: int) -> Line:
    """The line in ``width`` cells, from three small statements."""
    now = desk.clock()
    counts = desk.read.counts()
    left: Line = ((" cxdesk ", "accent"), (f" {t('status.waiting_n', n=counts.get('waiting', 0))}", "strong"))
    if newcomer := _newcomer(desk):
        left += ((f" · {newcomer}", "text"),)
    duties = desk.read.duties()
    on = [duty for duty in duties if duty.shift is not None and duty.shift.state == "on"]
    busy = sum(1 for duty in on if duty.busy)
    left += ((f" · {t('status.serving', busy=busy, on=len(on))}", "text"),)
    right: Line = ()
    if desk.alert is not None:
        right += _incidents(desk, desk.alert, now)
    if desk.together is not None:
        from cxdesk.widgets.together import standing_words

        right += (*standing_words(*desk.together), (" · ", "dim"))
    if late := desk.read.promises_late():
        right += ((t("status.promises_late", n=late), "bad"), (" · ", "dim"))
    if privacy.sharing():
        right += ((t("status.sharing"), "warn"), (" · ", "dim"))
    right += ((moments.clock(now, desk.zone, language()), "strong"),)
    if desk.agent is not None:
        mine = next((duty for duty in duties if duty.agent.id == desk.agent.id), None)
        resting = mine is None or mine.shift is None or mine.shift.state != "on"
        state = t(f"duty.{mine.shift.state if mine and mine.shift else 'off'}") if resting else ""
        right += ((f" · {desk.agent.name}" + (f" ({state})" if state else "") + " ", "warn" if state else "text"),)
    return between(left, right, width)


def _incidents(desk: Desk, alert: "Alert", now: int) -> Line:
    """The word that is due next, or what begs for an incident; from memory, so that it costs no statement."""
    from cxdesk.domain.incidents import due_at
    from cxdesk.widgets.incidents import alert_line

    due = due_at(alert.incident, now, desk.incidents.rhythm) if alert.incident is not None else None
    said = alert_line(alert, due, now)
    return (*said, (" · ", "dim")) if said else ()


def _newcomer(desk: Desk) -> str:
    """What somebody who comes now would wait; said plainly when nobody is there to serve."""
    wait = desk.waits.outlook.newcomer
    if wait is None:
        return ""
    if not wait.known:
        opens = desk.waits.outlook.opens_at
        if opens is None:
            return t("status.nobody_on_duty")
        return t("status.closed_until", when=moments.when(opens, desk.zone, language(), desk.clock()))
    low, high = minutes(wait.expected, wait.high)
    if wait.high < 60:
        return t("status.at_once")
    return t("status.come_now_learning" if wait.state == "cold" else "status.come_now", low=low, high=high)
