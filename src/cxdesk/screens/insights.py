"""How it went: any period beside the one before, in charts and as tables, with the customers' way and touchpoints."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.domain.insights import JourneyReport, Report
from cxdesk.domain.periods import Period, Unit, around, read_period
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Write
from cxdesk.screens.status import status_line
from cxdesk.widgets.bars import KeyBar, StatusBar, between, key_line
from cxdesk.widgets.insight_rows import period_name
from cxdesk.widgets.insights import flow_lines, formula_lines, heart_lines, part_lines, summary_lines, week_lines
from cxdesk.widgets.journey import journey_lines, rule_lines, touch_lines, touch_name
from cxdesk.widgets.lines import Line, fit, paragraph
from cxdesk.widgets.paint import Painted

__all__ = ["PAGES", "InsightsScreen"]

PAGES = ("summary", "flow", "week", "parts", "hearts", "journey", "touch")
_UNITS = {"d": Unit.DAY, "w": Unit.WEEK, "m": Unit.MONTH, "q": Unit.QUARTER, "y": Unit.YEAR}
_KEYS = (
    ("1-7", "page"),
    ("←→", "step"),
    ("d w m q y", "unit"),
    (".", "period"),
    ("t", "table"),
    ("x", "export"),
    ("l", "formulas"),
    ("Esc", "leave"),
)
_TOUCH_KEYS = (("+ -", "feasible"), ("z", "undo"), *_KEYS[:4], *_KEYS[5:])


class InsightsScreen(Screen[None]):
    """Seven pages over one period. It opens on ``page`` with the present week."""

    DEFAULT_CSS = """
    InsightsScreen { background: $desk-back; layout: vertical; }
    InsightsScreen StatusBar, InsightsScreen KeyBar { height: 1; background: $desk-bar; }
    InsightsScreen #tabs { height: 2; padding: 0 1; }
    InsightsScreen #page { height: 1fr; padding: 0 1; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, page: str = "summary") -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._period = around(Unit.WEEK, desk.insights.today())
        self._report: Report | None = None
        self._journey: JourneyReport | None = None
        self._table = self._explained = False
        self._at = 0
        self._said = ""
        self.status, self.bar = StatusBar(), KeyBar()
        self.tabs, self.page = Painted(id="tabs"), Painted(id="page")

    def compose(self) -> ComposeResult:
        """How things stand, the pages and the period, the page, what can be pressed."""
        yield self.status
        yield self.tabs
        yield self.page
        yield self.bar

    def on_mount(self) -> None:
        """Draw once the page has a width."""
        self.call_after_refresh(self._draw)

    def on_resize(self, event: Resize) -> None:
        """Another width, other charts."""
        self.call_after_refresh(self._draw)

    # -- keys

    def on_key(self, event: Key) -> None:
        """One key, one thing; jamo count as the letters they sit on."""
        event.stop()
        event.prevent_default()
        self._said = ""
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        act = self._acts().get(event.key) or self._acts().get(key)
        if act is not None:
            self._try(act)
        self._draw()

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        acts: dict[str, Callable[[], object]] = {
            **{str(n): partial(self._turn, n - 1) for n in range(1, len(PAGES) + 1)},
            **{letter: partial(self._show, unit) for letter, unit in _UNITS.items()},
            "tab": partial(self._turn_by, 1),
            "shift+tab": partial(self._turn_by, -1),
            **dict.fromkeys(("left", "["), partial(self._step, -1)),
            **dict.fromkeys(("right", "]"), partial(self._step, 1)),
            **dict.fromkeys(("down", "j"), partial(self._move, 1)),
            **dict.fromkeys(("up", "k"), partial(self._move, -1)),
            "pagedown": partial(self._move, 10),
            "pageup": partial(self._move, -10),
            ".": self._ask,
            "t": self._turn_table,
            "l": self._explain,
            "x": self._export,
            "z": self._undo,
            **dict.fromkeys(("escape", "g"), self._leave),
        }
        if self._page == "touch":
            acts |= {"+": partial(self._feasible, 1), "=": partial(self._feasible, 1), "-": partial(self._feasible, -1)}
        return acts

    def _try(self, act: Callable[[], object]) -> None:
        """Carry something out, or say why it cannot be done."""
        try:
            with self._desk.reading():
                act()
        except (Refused, Fault) as error:
            self._said = t(f"{'refused' if isinstance(error, Refused) else 'fault'}.{error.code}", **error.values)

    def _leave(self) -> None:
        self.dismiss(None)

    def _turn(self, number: int) -> None:
        self._page, self._at, self._explained = PAGES[number], 0, False
        self.page.scroll_to_row(0)

    def _turn_by(self, by: int) -> None:
        self._turn((PAGES.index(self._page) + by) % len(PAGES))

    def _turn_table(self) -> None:
        self._table = not self._table

    def _explain(self) -> None:
        self._explained = not self._explained
        self.page.scroll_to_row(0)

    def _show(self, unit: Unit) -> None:
        """The day, week, month … that the present one ends in, or the present one."""
        self._take(around(unit, min(self._period.last, max(self._period.first, self._desk.insights.today()))))

    def _step(self, by: int) -> None:
        self._take(self._period.step(by))

    def _take(self, period: Period) -> None:
        self._period, self._at = period, 0
        self._report = self._journey = None

    def _move(self, by: int) -> None:
        """Down and up a page; on the touchpoints, from one to another."""
        if self._page == "touch" and not self._explained:
            self._at = max(0, min(len(self._way().touchpoints) - 1, self._at + by))
            self.page.scroll_to_row(max(0, self._at - self.page.size.height + 6))
        else:
            self.page.scroll_by(by)

    def _ask(self) -> None:
        """Which period, in words; what is understood stands below."""
        today = self._desk.insights.today()

        def understood(text: str) -> Sequence[Line]:
            found = read_period(text, today) if text.strip() else None
            if found is None:
                return [((t("insights.not_a_period"), "dim"),)] if text.strip() else []
            return [((period_name(found), "good"),)]

        self.app.push_screen(
            Write(
                t("insights.ask_period"),
                understood=understood,
                accept=lambda text: read_period(text, today) is not None,
                placeholder=t("insights.ask_period_example"),
            ),
            self._asked,
        )

    def _asked(self, text: str | None) -> None:
        if text is not None:
            self._try(lambda: self._take(self._desk.insights.period(text)))
            self._draw()

    def _export(self) -> None:
        """The period as a CSV and as a page for the owner, in the data folder."""
        from cxdesk.desk.sheets import write_sheet
        from cxdesk.widgets.insight_sheet import csv_rows, html_page

        report, way = self._figures(), self._way()
        folder = self._desk.store.path.parent / "exports"
        stem = f"insights-{report.now.period.first}-{report.now.period.last}"
        made = self._desk.clock()
        write_sheet(folder / f"{stem}.csv", csv_rows(report, way))
        write_sheet(
            folder / f"{stem}.html", html_page(report, way, self._desk.settings.shop.name, made, self._desk.zone)
        )
        self._said = t("insights.exported", path=str(folder))

    def _feasible(self, by: int) -> None:
        """One more or less feasible; from the middle where nobody has said, and below 1 nobody has."""
        points = self._way().touchpoints
        if not points:
            return
        touch = points[self._at].touch
        present = points[self._at].feasibility
        value = (3 if present is None else present + by) or None
        if value is not None and value > 5:
            return
        self._desk.insights.feasible(touch.key, value)
        self._journey = None
        self._follow(touch.key)
        self._said = t("touch.set" if value else "touch.cleared", point=touch_name(touch), n=value or 0)

    def _follow(self, key: str) -> None:
        """Stay on a touchpoint that has another place now."""
        keys = [point.touch.key for point in self._way().touchpoints]
        self._at = keys.index(key) if key in keys else 0

    def _undo(self) -> None:
        """Take back the last thing that was done."""
        inverse = self._desk.undo()
        self._journey = self._report = None
        self._said = t("did.undo", what=t(f"verb.{inverse.verb}")) if inverse else t("cannot.undo_nothing")

    # -- what is shown

    def _figures(self) -> Report:
        if self._report is None:
            self._report = self._desk.insights.report(self._period)
        return self._report

    def _way(self) -> JourneyReport:
        if self._journey is None:
            self._journey = self._desk.insights.journey(self._period)
        return self._journey

    def _draw(self) -> None:
        if not self.is_attached or self.page.size.width < 8:
            return
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        with self._desk.reading():
            self.tabs.show(self._head(width - 3))
            self.page.show(self._lines(self.page.size.width - 1))
        keys = _TOUCH_KEYS if self._page == "touch" else _KEYS
        hints = [(key, t(f"insights.key.{name}"), True) for key, name in keys]
        self.bar.show([((f" {self._said}", "mark"),) if self._said else key_line(hints, width)])

    def _head(self, width: int) -> list[Line]:
        """The pages, and the period with what has to be known of it."""
        tabs: Line = ()
        for n, name in enumerate(PAGES, 1):
            here = name == self._page
            tabs += ((f"{'▸' if here else ' '}{n} {t(f'insights.page.{name}')} ", "accent" if here else "dim"),)
        when: Line = ((period_name(self._period), "strong"),)
        today = self._desk.insights.today()
        if self._period.first > today:
            when += (("  " + t("insights.future"), "warn"),)
        elif self._period.last > today:
            when += ((f" ({t('insights.so_far')})", "dim"),)
        zone = self._desk.insights.out_of_date()
        warning: Line = ((t("insights.out_of_date", zone=zone), "warn"),) if zone else ()
        return [fit(tabs, width), between(when, warning, width)]

    def _lines(self, width: int) -> list[Line]:
        if self._explained:
            return rule_lines(width) if self._page == "journey" else formula_lines(width)
        match self._page:
            case "summary":
                return summary_lines(self._figures(), width)
            case "flow":
                return flow_lines(self._figures(), width, self.page.size.height, table=self._table)
            case "week":
                return week_lines(self._figures().now, width, table=self._table)
            case "parts":
                return part_lines(self._figures().now, width, table=self._table)
            case "hearts":
                return heart_lines(self._figures().now, width, table=self._table)
            case "journey":
                return journey_lines(self._way(), width)
        return [
            ((t("touch.title"), "accent"),),
            *touch_lines(self._way().touchpoints, self._at, width),
            (),
            *paragraph(t("touch.formula"), "dim", width),
        ]
