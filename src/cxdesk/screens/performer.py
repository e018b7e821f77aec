"""Carrying actions out: is it possible, who asks what, and what is said when the desk refuses."""

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

from cxdesk.actions import why_not
from cxdesk.desk import Fault, Refused
from cxdesk.keys import Command

if TYPE_CHECKING:
    from textual.screen import Screen

    from cxdesk.screens.desk import DeskScreen

__all__ = ["Performer"]

T = TypeVar("T")


class Performer:
    """Runs the acts of one desk screen."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._tasks: set[asyncio.Task[None]] = set()

    def perform(self, action: str, command: Command | None = None) -> None:
        """Carry an action out, or say why it cannot be done now."""
        if (code := why_not(action, self._screen.situation())) is not None:
            self._screen.say(f"cannot.{code}")
            return
        from cxdesk.screens.acts import ACTS

        try:
            with self._screen.desk.reading():
                waiting = ACTS[action](self._screen, command or Command(action, ""))
        except (Refused, Fault) as error:
            self.refuse(error)
            return
        if waiting is not None:
            # An act that asks something goes on after the answer; the reference keeps its task alive.
            task = asyncio.ensure_future(self._finish(waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _finish(self, waiting: Awaitable[None]) -> None:
        try:
            with self._screen.desk.reading():
                await waiting
        except (Refused, Fault) as error:
            self.refuse(error)

    def refuse(self, error: Refused | Fault) -> None:
        """Say why something could not be done."""
        family = "refused" if isinstance(error, Refused) else "fault"
        self._screen.say(f"{family}.{error.code}", **error.values)

    async def ask(self, dialog: "Screen[T | None]") -> T | None:
        """Show a dialog or another screen and wait for its answer (``None`` when it was left)."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

        def answered(value: T | None) -> None:
            if not answer.done():
                answer.set_result(value)

        self._screen.app.push_screen(dialog, answered)
        return await answer
