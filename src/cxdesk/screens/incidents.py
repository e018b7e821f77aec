"""The list of incidents: what begs for one, those that go on, and those that are over."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cxdesk.desk import Desk
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.incidents import due_at
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Write
from cxdesk.screens.incident_frame import Act, Frame
from cxdesk.screens.incident_page import IncidentPage
from cxdesk.widgets.incidents import burst_text, burst_title, incident_line
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.desk.phrases import Phrases

__all__ = ["Incidents"]


class Incidents(Frame):
    """Open ones first, the most pressing at the top."""

    KEYS = (("Enter", "open"), ("n", "new"), ("z", "undo"), ("Esc", "leave"))

    def __init__(self, desk: Desk, phrases: "Phrases | None") -> None:
        super().__init__(desk)
        self._phrases = phrases
        self._found: Sequence[tuple[Incident, int]] = ()
        self._at = 0

    def title_line(self) -> str:
        """What the list is."""
        return t("incident.list")

    def read(self) -> None:
        """Read the list."""
        group = self.desk.incidents
        self._found = [(one, sum(group.statuses(one.id).values())) for one in group.every()]
        self._at = max(0, min(self._at, len(self._found) - 1))

    def lines(self, width: int, height: int) -> list[Line]:
        """What begs for an incident, and those there are."""
        now, rhythm = self.desk.clock(), self.desk.incidents.rhythm
        burst = self.desk.incidents.watching.burst
        lines: list[Line] = [((f"! {burst_text(burst)}", "warn"),), ()] if burst is not None else []
        if not self._found:
            return [*lines, ((t("incident.none"), "dim"),)]
        rows = max(3, height - len(lines))
        top = max(0, min(self._at - rows // 2, len(self._found) - rows))
        for i, (incident, tickets) in enumerate(self._found[top : top + rows], top):
            bar = ("▌" if i == self._at else " ", "accent")
            lines.append((bar, *incident_line(incident, tickets, due_at(incident, now, rhythm), now)))
        return lines

    def acts(self) -> Mapping[str, Act]:
        """Moving, opening, beginning."""
        return {
            **dict.fromkeys(("j", "down"), partial(self._move, 1)),
            **dict.fromkeys(("k", "up"), partial(self._move, -1)),
            "enter": self._open,
            "n": self._new,
            "!": self._new,
            "z": self.undo,
            "escape": self.leave,
        }

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._found) - 1, self._at + by))

    def _open(self) -> None:
        if self._found:
            self._show(self._found[self._at][0].id)

    def _show(self, incident_id: str) -> None:
        self.app.push_screen(IncidentPage(self.desk, self._phrases, incident_id), self._back)

    def _back(self, ticket_id: str | None) -> None:
        if ticket_id is not None:
            self.call_later(self.dismiss, ticket_id)
            return
        self.read()
        self.draw()

    async def _new(self) -> None:
        burst = self.desk.incidents.watching.burst
        proposed = incident_title(self.desk)
        title = await self.ask(Write(t("incident.title"), text=proposed, placeholder=t("incident.title_example")))
        if title is None:
            return
        if burst is not None and title == proposed:
            opened, _ = self.desk.incidents.begin(title, burst.topic, burst.product, burst.tickets)
        else:
            opened, _ = self.desk.incidents.begin(title)
        self.read()
        self._show(opened.id)


def incident_title(desk: Desk) -> str:
    """A title for what begs for an incident; ``""`` when nothing does."""
    burst = desk.incidents.watching.burst
    return burst_title(burst) if burst is not None else ""
