"""Copying a sentence: through this machine's own tool where there is one, else through the terminal (OSC 52)."""

import os
import shutil
from collections.abc import Mapping

from textual.app import App

from cxdesk.domain.inert import inert

__all__ = ["copy", "local_tool"]

_TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "-ib")),
    ("", ("pbcopy",)),
)


def local_tool(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """The command that fills this machine's clipboard; none over ssh, where it would fill the wrong machine's."""
    if environ.get("SSH_CONNECTION"):
        return None
    for needs, command in _TOOLS:
        if (not needs or environ.get(needs)) and shutil.which(command[0]):
            return command
    return None


def copy(app: App[None], text: str) -> str:
    """Copy, and say by which way: ``local`` for a tool of this machine, ``terminal`` when the terminal was asked."""
    import subprocess

    text = inert(text)
    command = local_tool(os.environ)
    if command is not None:
        try:
            subprocess.run(command, input=text.encode(), timeout=1, check=True, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            command = None
    if command is None:
        app.copy_to_clipboard(text)
        return "terminal"
    return "local"
