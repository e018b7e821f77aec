"""How honest our waits are: what was told against what came, and how long contacts take, in one glance."""

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.domain.honesty import TARGET, Honesty
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line, column

__all__ = ["HonestyPanel", "honesty_lines"]

_FEW = 5


def honesty_lines(desk: Desk) -> list[Line]:
    """A line for the last 7 and 30 days, then the mean time in hand by topic."""
    lines: list[Line] = [_line(desk.read.honesty(days)) for days in (7, 30)]
    lines.append(((t("honesty.times"), "accent"),))
    for time in desk.read.service_times(30)[:8]:
        mean = moments.duration(time.mean_s, language())
        lines.append(
            (
                ("  " + column(t(f"topic.{time.topic}"), 20), "text"),
                (column(mean, 12), "strong"),
                (f"n {time.n}", "dim"),
            )
        )
    outlook = desk.waits.outlook.newcomer
    if outlook is not None:
        lines.append(((t("honesty.method", n=outlook.basis), "dim"),))
    return lines


def _line(figures: Honesty) -> Line:
    """Shares only where there are cases enough to speak of shares."""
    head = (column(t("honesty.days", n=figures.days), 14), "strong")
    inside, late = figures.inside_share, figures.late_share
    if inside is None or late is None or figures.bias_s is None or figures.told < _FEW:
        return (head, (t("honesty.few", n=figures.told), "dim"))
    share = t("honesty.inside", share=round(100 * inside), target=round(100 * TARGET))
    bias = moments.duration(abs(figures.bias_s), language())
    way = t("honesty.longer" if figures.bias_s > 0 else "honesty.shorter", time=bias)
    role = "good" if inside >= TARGET else "warn"
    return (
        head,
        (share, role),
        (" · " + t("honesty.late", share=round(100 * late)), "text"),
        (f" · {way} · n {figures.told}", "dim"),
    )


class HonestyPanel(Dialog[None]):
    """The honesty panel; any key leaves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("honesty.title"))
        self._desk = desk
        self._board = Board()

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Read and show."""
        self._board.show([*honesty_lines(self._desk), ((t("dialog.esc"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """Leave."""
        event.stop()
        self.dismiss(None)
