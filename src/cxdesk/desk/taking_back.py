"""Imports so far, and taking one back. Apart from ``bring``, so that the undo key need not load every reader."""

from cxdesk.desk.desk import Desk
from cxdesk.domain.changes import Stamp
from cxdesk.imports.ids import RunIds
from cxdesk.storage.bulk import Importing
from cxdesk.storage.taking_back import Run, TakenBack

__all__ = ["Run", "TakenBack", "latest_import", "past_imports", "take_back"]


def past_imports(desk: Desk) -> list[Run]:
    """Every import, the latest first."""
    return Importing(desk.store).runs()


def latest_import(desk: Desk) -> Run | None:
    """The import that is the agent's latest act still standing, if the latest is an import."""
    return Importing(desk.store).latest(desk.stamp().agent_id)


def take_back(desk: Desk, run: Run) -> TakenBack:
    """Undo a whole import; what people have worked with since stays. Raises ``Fault``."""
    stamp = desk.stamp()
    ids = RunIds.again(stamp.at, run.id)
    return Importing(desk.store).take_back(run.id, Stamp(stamp.at, stamp.agent_id, ids.mint))
