"""This week's kindnesses for the team, and, for the agent alone, what was hard."""

from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.i18n import language, t
from cxdesk.screens.why import Explained
from cxdesk.widgets.lines import Line
from cxdesk.widgets.privacy import shown_name

__all__ = ["TeamScreen"]


class TeamScreen(Explained):
    """Something good to read; any key leaves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("team.title"), [*_kind(desk), (), *_hard(desk)])


def _kind(desk: Desk) -> list[Line]:
    lines: list[Line] = []
    for kindness, agent, customer in desk.caring.kindnesses():
        day = moments.day(kindness.at, desk.zone, language(), desk.clock())
        who = " · ".join(name for name in (day, shown_name(customer) if customer else "", agent) if name)
        lines.append(((f"♥ {kindness.body}", "good"), (f"  {who}", "dim")))
    return [((t("team.kind"), "accent"),), *(lines or [((t("team.no_kind"), "dim"),)])]


def _hard(desk: Desk) -> list[Line]:
    """Only the agent's own: nobody is compared."""
    hard = desk.caring.this_week()
    lines: list[Line] = [((t("team.hard"), "accent"),), ((t("team.hard_n", n=len(hard)), "text"),)]
    if any(abuse for _, abuse in hard):
        lines.append(((t("team.abuse"), "warn"),))
    return lines
