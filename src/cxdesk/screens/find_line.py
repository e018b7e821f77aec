"""Finding a line to say while writing: a few letters, Enter puts it into the reply, filled for this customer."""

from collections.abc import Sequence

from cxdesk.desk import Desk
from cxdesk.desk.lines import Lines
from cxdesk.desk.look import Look
from cxdesk.domain.words import Stage
from cxdesk.empathy.library import Line as Script
from cxdesk.i18n import t
from cxdesk.screens.pick import Pick
from cxdesk.widgets.lines import Line, column

__all__ = ["FindLine"]


class FindLine(Pick[tuple[str, str]]):
    """Answers the id of a line and its words for this customer."""

    PLACEHOLDER = "lines.placeholder"

    def __init__(self, desk: Desk, lines: Lines, look: Look) -> None:
        super().__init__(t("lines.find"))
        self._lines, self._look = lines, look
        self._fill, self._apt = lines.filler(desk, look), lines.apt(desk, look)
        self._words: dict[str, str | None] = {}

    def find(self, text: str) -> Sequence[Script]:
        """The lines that hold what is typed; before anything is, those of the present stage and the ones after it.

        What is not for this moment, or says something that is not known of this customer, comes last.
        """
        found = [line for line in self._lines.all(self._look.language, text) if not line.hidden]
        if text.strip():
            found.sort(key=lambda line: (self._said(line) is None, not self._apt(line)))
        else:
            stages = list(Stage)
            here = stages.index(self._look.thread.ticket.stage)
            found.sort(key=lambda line: ((stages.index(line.stage) - here) % len(stages), not self._apt(line)))
        return found

    def line(self, item: Script) -> Line:
        """Its stage, and its words; dimmed when something it says is not known of this customer."""
        said = self._said(item)
        return (
            (column(t(f"stage.{item.stage}"), 12), "dim"),
            (" ".join((said or item.text).split()), "text" if said else "dim"),
        )

    def answer(self, item: Script) -> tuple[str, str] | None:
        """The line, unless it cannot be said to this customer."""
        said = self._said(item)
        return (item.id, said) if said else None

    def _said(self, line: Script) -> str | None:
        if line.id not in self._words:
            self._words[line.id] = self._fill(line)
        return self._words[line.id]
