"""People first: a kindness to keep, the week's kindnesses to read, and an ear that forgets when it is told to."""

from typing import TYPE_CHECKING

from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.dialogs import Write

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def kindness(desk: "DeskScreen", command: Command) -> None:
    """Keep something kind that happened, with the ticket it happened in."""
    ticket = desk.target()
    text = await desk.performer.ask(Write(t("ask.kindness"), accept=lambda text: bool(text.strip())))
    if text is not None:
        tell(desk, desk.desk.caring.kindness(text, ticket.id if ticket else None), "did.kindness")


async def go_team(desk: "DeskScreen", command: Command) -> None:
    """What was kind this week."""
    from cxdesk.screens.team import TeamScreen

    await desk.performer.ask(TeamScreen(desk.desk))


def forget_heard(desk: "DeskScreen", command: Command) -> None:
    """Unlearn every correction of a feeling or a topic."""
    desk.desk.listening.forget()
    desk.refresh_ticket()
    desk.say("did.forget_heard")


ACTS = {"kindness": kindness, "go_team": go_team, "forget_heard": forget_heard}
