"""Wiring: themes, the desk screen, and nothing else."""

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from cxdesk.desk import Desk
from cxdesk.keys import KeyMap
from cxdesk.screens.desk import DeskScreen, Pulse
from cxdesk.widgets.look import THEMES, VARIABLES

__all__ = ["DeskApp"]


class DeskApp(App[None]):
    """The program on a terminal."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []

    def __init__(
        self,
        desk: Desk,
        keymap: KeyMap,
        scripts: Path | None = None,
        *,
        theme: str = "dark",
        notice: str = "",
        pulse: Pulse | None = None,
        first_frame: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        for known in THEMES.values():
            self.register_theme(known)
        self.theme = f"desk-{theme}"
        self.title = "cxdesk"
        self._first_frame = first_frame
        self._desk = desk
        self.desk_screen = DeskScreen(desk, keymap, scripts, pulse=pulse, notice=notice)

    def action_help_quit(self) -> None:
        """Ctrl+C leaves nothing; it says how to."""
        self.desk_screen.say("did.how_to_quit")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's roles under any theme."""
        return VARIABLES

    def get_default_screen(self) -> DeskScreen:
        """The desk itself is the lowest screen: an empty one beneath it would be built, styled and painted first."""
        return self.desk_screen

    def on_mount(self) -> None:
        """Ask for a name once."""
        if self._desk.agent is None:
            from cxdesk.screens.name import ask_name

            self.push_screen(ask_name(), self._signed_in)
        self.call_after_refresh(self._first_frame)

    def _signed_in(self, name: str | None) -> None:
        if name is None:
            self.exit()
            return
        self.desk_screen.changed(self._desk.sign_in(name))
        self.desk_screen.say("did.sign_in", name=name.strip())
