"""The middle of the desk: an open ticket with its conversation and the composer below it."""

from datetime import tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical

from cxdesk.domain.views import Estimate, Thread
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import t
from cxdesk.widgets.composer import Composer
from cxdesk.widgets.head import TicketHead
from cxdesk.widgets.thread import ThreadView

__all__ = ["TicketPane"]


class TicketPane(Vertical):
    """Shows one ticket and holds what is being written into it."""

    DEFAULT_CSS = """
    TicketPane { border: round $desk-edge; border-title-color: $desk-dim; width: 1fr; }
    TicketPane TicketHead { height: 3; }
    TicketPane ThreadView { height: 1fr; }
    """

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.head = TicketHead(zone)
        self.conversation = ThreadView(zone)
        self.composer = Composer()
        self.kind: MessageKind | None = None
        self.script_id: str | None = None

    def compose(self) -> ComposeResult:
        """Head, conversation, composer."""
        yield self.head
        yield self.conversation
        yield self.composer

    def read(self, thread: Thread, estimate: Estimate | None, now: int, *, keep: bool) -> None:
        """Show a ticket; ``keep`` stays where the reader scrolled to."""
        self.head.read(thread, estimate, now)
        self.conversation.read(thread, now, keep=keep)

    @property
    def writing(self) -> bool:
        """Whether a reply or a note has been begun."""
        return self.kind is not None

    def write(self, kind: MessageKind, text: str | None = None) -> None:
        """Open the composer for a reply or a note; ``text`` replaces what was in it."""
        self.kind = kind
        if text is not None:
            self.composer.load_text(text)
            self.composer.move_cursor(self.composer.document.end)
        self.composer.border_title = t(f"compose.{kind}")
        self.composer.add_class("writing")
        self.composer.focus()

    def put_away(self) -> None:
        """Close the composer, empty."""
        self.kind = self.script_id = None
        # Emptying a text area lays it out; most tickets are opened with nothing in it.
        if self.composer.text:
            self.composer.load_text("")
        self.composer.remove_class("writing")
