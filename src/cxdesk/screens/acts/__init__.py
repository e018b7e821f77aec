"""What each key does on the desk: one short function an action, grouped by what it is about.

An act takes the screen and the command, calls one verb of the desk and hands the change back to the screen. An act
that asks something first is a coroutine. Loaded after the first frame, which shows keys but runs none.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from cxdesk.keys import Command
from cxdesk.screens.acts import (
    care,
    feedback,
    go,
    incidents,
    know,
    library,
    looking_back,
    order,
    serve,
    talk,
    team,
    together,
    voices,
    waiting,
    walk,
)

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "Act"]

Act = Callable[["DeskScreen", Command], Awaitable[None] | None]

ACTS: Mapping[str, Act] = (
    walk.ACTS
    | serve.ACTS
    | talk.ACTS
    | care.ACTS
    | know.ACTS
    | feedback.ACTS
    | voices.ACTS
    | waiting.ACTS
    | order.ACTS
    | incidents.ACTS
    | team.ACTS
    | together.ACTS
    | library.ACTS
    | looking_back.ACTS
    | go.ACTS
)
