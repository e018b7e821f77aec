"""The one question of the first start: who is working here."""

from cxdesk.i18n import t
from cxdesk.screens.dialogs import Write

__all__ = ["ask_name"]


def ask_name() -> Write:
    """Ask the agent's name."""
    return Write(t("ask.name"), placeholder=t("ask.name_example"))
