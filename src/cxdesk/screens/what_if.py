"""What if one more came? Charts of the wait now, of the line over the next hour, and of the people tomorrow needs."""

from functools import partial

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.worker import Worker, WorkerState

from cxdesk.desk import Desk
from cxdesk.domain.staffing import Day, Hour
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.screens.why import wrapped
from cxdesk.widgets.chart import Chart, draw
from cxdesk.widgets.lines import Line
from cxdesk.widgets.staffing import day_chart, day_lines, hour_lines, line_chart, wait_chart

__all__ = ["WhatIfScreen"]

_PAGES = ("now", "line", "day")


class WhatIfScreen(Dialog[None]):
    """Three pages; ``t`` turns a chart into its table. It is reckoned on a thread, once, as it opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("staffing.title"))
        self._desk = desk
        self._board = Board()
        self._page = 0
        self._table = False
        self._hour: Hour | None = None
        self._day: Day | None = None
        self._reckoned: set[str] = set()

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Say that it is being reckoned, and do so."""
        self._draw()
        self.run_worker(self._reckon, thread=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Why there is no chart is said where the chart would be."""
        if event.state is WorkerState.ERROR:
            self._board.show([((t("fault.unknown", detail=repr(event.worker.error)), "warn"),)])

    def _reckon(self) -> None:
        """On a thread with its own connection: the next hour first, then the day."""
        from cxdesk.desk import staffing

        reader = self._desk.store.reader()
        try:
            self.app.call_from_thread(partial(self._got, "hour", staffing.next_hour(self._desk, reader), None))
            self.app.call_from_thread(partial(self._got, "day", self._hour, staffing.next_day(self._desk, reader)))
        finally:
            reader.close()

    def _got(self, what: str, hour: Hour | None, day: Day | None) -> None:
        self._hour, self._day = hour, day
        self._reckoned.add(what)
        if self.is_mounted:
            self._draw()

    def on_resize(self, event: Resize) -> None:
        """Another width, another chart."""
        self._draw()

    def on_key(self, event: Key) -> None:
        """Tab, arrows and digits turn the pages, ``t`` the table."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if key in ("1", "2", "3"):
            self._page = int(key) - 1
        elif event.key in ("tab", "right", "left"):
            self._page = (self._page + (-1 if event.key == "left" else 1)) % len(_PAGES)
        elif key == "t":
            self._table = not self._table
        elif key in ("q", "g"):
            self.dismiss(None)
            return
        event.prevent_default()
        self._draw()

    def _draw(self) -> None:
        page = _PAGES[self._page]
        tabs: Line = ()
        for n, name in enumerate(_PAGES):
            tabs += ((f" {n + 1} {t(f'staffing.page.{name}')} ", "accent" if name == page else "dim"),)
        lines = {"now": self._now, "line": self._line, "day": self._tomorrow}[page]()
        rows = [row for line in lines for row in (wrapped(line, self._width) if line else [()])]
        self._board.show([(*tabs, ("  " + t("staffing.hint"), "dim")), (), *rows])

    @property
    def _width(self) -> int:
        """Cells for a line of the box."""
        return max(40, min(96, self.app.size.width - 6))

    def _now(self) -> list[Line]:
        if self._hour is None:
            return self._nothing("hour")
        return [*self._chart(wait_chart(self._hour)), (), *hour_lines(self._hour)]

    def _line(self) -> list[Line]:
        chart = line_chart(self._hour) if self._hour else None
        if chart is None:
            return self._nothing("hour")
        return self._chart(chart)

    def _tomorrow(self) -> list[Line]:
        if self._day is None:
            return self._nothing("day")
        chart = day_chart(self._day, self._desk.zone, self._desk.clock())
        return [*(self._chart(chart) if self._day.slots else []), *day_lines(self._day)]

    def _chart(self, chart: Chart) -> list[Line]:
        return draw(chart, self._width, max(6, min(16, self.app.size.height - 14)), table=self._table)

    def _nothing(self, what: str) -> list[Line]:
        return [((t("staffing.nothing" if what in self._reckoned else "staffing.reckoning"), "dim"),)]
