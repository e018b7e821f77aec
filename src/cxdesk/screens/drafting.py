"""What is being typed into the open ticket: kept in the file as it grows, and looked over."""

from typing import TYPE_CHECKING

from cxdesk.desk import Fault
from cxdesk.domain import moments
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import language, t
from cxdesk.screens.advising import Advising
from cxdesk.screens.hints import key_name

if TYPE_CHECKING:
    from cxdesk.domain.due import Due
    from cxdesk.screens.desk import DeskScreen

__all__ = ["Drafting"]

_JOURNAL_S = 0.7
"""How long typing may stay unsaved: under the one second that a power cut may cost."""


class Drafting:
    """The reply or note that is not sent yet. ``advising`` is the check of a reply."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._due = False
        self.advising = Advising(
            lambda: screen.pane.composer,
            screen.pane.advice,
            key=lambda: key_name(screen.keyboard.keymap.keys["better"] or ("",)),
            promised=self._promised,
            changed=screen.refresh_bar,
        )

    def keep(self) -> None:
        """Write what is being typed to the file now."""
        self._due = False
        look, pane = self._screen.look, self._screen.pane
        if look is None or pane.kind is None:
            return
        try:
            self._screen.desk.save_draft(look.id, pane.kind, pane.composer.text)
        except Fault as fault:
            self._screen.performer.refuse(fault)

    def typed(self) -> None:
        """Journal the draft within a second of the first letter that is not in it yet."""
        if self._screen.pane.writing and not self._due:
            self._due = True
            self._screen.set_timer(_JOURNAL_S, self.journal)

    def journal(self) -> None:
        """Write what was typed since the last time."""
        if self._due:
            self.keep()

    def check(self) -> None:
        """Look over what is written, with what is known of its ticket now. Notes are not for customers: no check."""
        screen = self._screen
        if screen.pane.kind is not MessageKind.REPLY or screen.look is None or screen.rulebook is None:
            self.advising.begin(None)
            return
        from cxdesk.desk.checking import known_of

        self.advising.begin(screen.rulebook.checker(known_of(screen.desk, screen.look, screen.phrases)).check)

    def _promised(self, due: "Due") -> str:
        """A promise as it is read back."""
        when = moments.when(due.at, self._screen.desk.zone, language(), self._screen.desk.clock())
        return f"{when} {due.what or t('promise.contact')}"
