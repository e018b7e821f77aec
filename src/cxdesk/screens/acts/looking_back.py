"""Looking back: the figures of any period, and the customers' way."""

from typing import TYPE_CHECKING

from cxdesk.keys import Command

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def go_insights(desk: "DeskScreen", command: Command) -> None:
    """How it went."""
    await _open(desk, "summary")


async def go_journey(desk: "DeskScreen", command: Command) -> None:
    """The customers' way."""
    await _open(desk, "journey")


async def _open(desk: "DeskScreen", page: str) -> None:
    from cxdesk.screens.insights import InsightsScreen

    await desk.performer.ask(InsightsScreen(desk.desk, page))
    desk.come_back(None)


ACTS = {"go_insights": go_insights, "go_journey": go_journey}
