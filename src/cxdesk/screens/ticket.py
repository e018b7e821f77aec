"""The middle of the desk: an open ticket with its conversation and the composer below it."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from cxdesk.desk.look import Look
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import t
from cxdesk.widgets.advice import AdviceLine
from cxdesk.widgets.head import TicketHead
from cxdesk.widgets.thread import ThreadView

if TYPE_CHECKING:
    from cxdesk.widgets.composer import Composer

__all__ = ["TicketPane"]


class TicketPane(Widget):
    """Shows one ticket and holds what is being written into it."""

    DEFAULT_CSS = """
    TicketPane { border: round $desk-edge; border-title-color: $desk-dim; width: 1fr; layout: vertical; }
    TicketPane TicketHead { height: 3; }
    TicketPane ThreadView { height: 1fr; }
    TicketPane AdviceLine { height: 2; padding: 0 1; display: none; }
    TicketPane AdviceLine.writing { display: block; }
    """

    class Writing(Message):
        """A reply is being written, or what is known of its ticket has changed: its check has to be made anew."""

        def can_replace(self, message: Message) -> bool:
            """Several in a row are one."""
            return isinstance(message, TicketPane.Writing)

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.head = TicketHead(zone)
        self.conversation = ThreadView(zone)
        self._composer: Composer | None = None
        self.advice = AdviceLine()
        self.kind: MessageKind | None = None
        self.script_id: str | None = None

    def compose(self) -> ComposeResult:
        """Head, conversation and the line of advice; the composer comes later, above the advice."""
        yield self.head
        yield self.conversation
        yield self.advice

    @property
    def composer(self) -> "Composer":
        """Where replies are written. It is heavy, so it is built when it is first asked for, after the first frame."""
        if self._composer is None:
            from cxdesk.widgets.composer import Composer

            self._composer = Composer()
            self.mount(self._composer, before=self.advice)
        return self._composer

    @property
    def typing(self) -> bool:
        """Whether keys go to the composer."""
        return self._composer is not None and self._composer.has_focus

    def read(self, shown: Look, estimate: Estimate | None, now: int, *, keep: bool) -> None:
        """Show a ticket; ``keep`` stays where the reader scrolled to."""
        self.tick(shown, estimate, now)
        self.conversation.read(shown.thread, now, shown.sounds, keep=keep)
        if self.kind is MessageKind.REPLY:
            self.post_message(self.Writing())

    def tick(self, shown: Look, estimate: Estimate | None, now: int) -> None:
        """Show its clock, stage and wait as they are at ``now``."""
        title = shown.incident.title if shown.incident is not None else ""
        self.head.read(shown.thread, estimate, now, shown.next_stage, title)

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
        self.advice.set_class(kind is MessageKind.REPLY, "writing")
        self.composer.focus()
        self.post_message(self.Writing())

    def put_away(self) -> None:
        """Close the composer, empty."""
        self.kind = self.script_id = None
        self.advice.remove_class("writing")
        if self._composer is None:
            return
        # Emptying a text area lays it out; most tickets are opened with nothing in it.
        if self._composer.text:
            self._composer.load_text("")
        self._composer.remove_class("writing")
