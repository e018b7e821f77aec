"""One queue for many desks: looking at how it stands, joining, leaving."""

import platform
from typing import TYPE_CHECKING

from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.dialogs import Choose, Write

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def go_together(desk: "DeskScreen", command: Command) -> None:
    """How the desk stands with the others, and what wants somebody's eyes."""
    from cxdesk.screens.together import CONNECT, DISCONNECT, Together

    answer = await desk.performer.ask(Together(desk.desk))
    if answer == CONNECT:
        await connect(desk, command)
    elif answer == DISCONNECT:
        await disconnect(desk, command)
    else:
        desk.come_back(answer)


async def connect(desk: "DeskScreen", command: Command) -> None:
    """Join the queue of other desks: where, with which code, under which name."""
    from cxdesk.screens.joining import Joining

    ask = desk.performer.ask
    if desk.desk.store.shared:
        desk.say("together.already")
        return
    url = await ask(Write(t("ask.server"), placeholder="https://"))
    code = await ask(Write(t("ask.code"))) if url else None
    name = await ask(Write(t("ask.desk_name"), text=platform.node())) if code else None
    if not (url and code and name):
        return
    phrase = None
    if desk.desk.syncing.secrets.needs_passphrase:
        phrase = await ask(Write(t("ask.sync_passphrase"), secret=True))
        if phrase is None:
            return
    await ask(Joining(desk.desk, desk.behind, url, code, name, phrase))
    desk.come_back(None)


async def disconnect(desk: "DeskScreen", command: Command) -> None:
    """Stand alone again. The one thing here that ``z`` does not take back: the way in needs a new code."""
    if not desk.desk.store.shared:
        desk.say("connect.alone")
        return
    options = [("1", t("ask.stay"), False), ("2", t("ask.leave"), True)]
    if await desk.performer.ask(Choose(t("ask.disconnect"), options)):
        desk.desk.syncing.disconnect()
        desk.come_back(None)
        desk.say("connect.left")


ACTS = {"go_together": go_together, "connect": connect, "disconnect": disconnect}
