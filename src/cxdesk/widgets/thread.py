"""The conversation of a ticket: who said what, when, and what happened in between."""

from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain.views import Sounds, Thread
from cxdesk.i18n import t
from cxdesk.widgets.conversation import thread_lines
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.paint import Painted

__all__ = ["ThreadView"]


class ThreadView(Painted):
    """The open ticket's conversation, scrolled to what was said last."""

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._thread: Thread | None = None
        self._now = 0
        self._sounds: Sounds | None = None

    def read(self, thread: Thread | None, now: int, sounds: Sounds | None = None, *, keep: bool = False) -> None:
        """Show a ticket and what its last words sound like; ``keep`` stays where the reader scrolled to."""
        self._thread, self._now, self._sounds = thread, now, sounds
        self.lay_out()
        if not keep:
            self.scroll_to_row(len(self.lines))

    def lines_for(self, width: int) -> Sequence[Line]:
        """The conversation in this width."""
        if self._thread is None:
            return [(), *paragraph(t("thread.welcome"), "dim", width, indent=" ")]
        return thread_lines(self._thread, width, self._zone, self._now, self._sounds)
