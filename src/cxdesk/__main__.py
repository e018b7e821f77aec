"""``cxdesk`` and ``python -m cxdesk``: what must be set before Textual is imported, then the command line."""

import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if sys.argv[1:2] in (["--version"], ["-V"]):
        from cxdesk import __version__

        print(f"cxdesk {__version__}")
        return
    # No collection while the program builds its first screen; ``run`` freezes what is there and turns it on again.
    gc.disable()
    _tune_terminal(os.environ)
    from cxdesk.cli import run

    sys.exit(run(sys.argv[1:]))


def _tune_terminal(environ: "os._Environ[str]") -> None:
    """Textual reads these when it is imported. What the owner set stays."""
    remote = "SSH_CONNECTION" in environ
    environ.setdefault("ESCDELAY", "100" if remote else "25")
    environ.setdefault("TEXTUAL_FPS", "30" if remote else "120")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # These garble Hangul under the kitty keyboard protocol.
    if environ.get("TERM_PROGRAM") in ("iTerm.app", "Termius"):
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


if __name__ == "__main__":
    main()
