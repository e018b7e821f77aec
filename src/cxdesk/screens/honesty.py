"""How honest our waits are: what was told against what came, and how long contacts take, in one glance."""

from cxdesk.desk import Desk
from cxdesk.i18n import t
from cxdesk.screens.why import Explained
from cxdesk.widgets.honesty import honesty_lines

__all__ = ["HonestyPanel"]


class HonestyPanel(Explained):
    """The honesty panel; any key leaves it."""

    def __init__(self, desk: Desk) -> None:
        newcomer = desk.waits.outlook.newcomer
        lines = honesty_lines(
            [desk.read.honesty(days) for days in (7, 30)],
            desk.waits.learned(),
            desk.read.service_times(30),
            newcomer.basis if newcomer else None,
        )
        super().__init__(t("honesty.title"), lines)
