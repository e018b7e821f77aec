"""A word at the foot of the desk when a promise falls due, and a little before: no focus moves and no typing stops.

The second hand of the desk asks here; between one promise and the next that is one comparison of two numbers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxdesk.domain import moments
from cxdesk.domain.changes import Change
from cxdesk.domain.records import FollowUp
from cxdesk.i18n import language, t
from cxdesk.widgets.privacy import shared_text, shown_name

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["Reminding"]

_AGAIN_MS = 60_000
"""Another machine's promises come into the file without a key being pressed here."""
_PATIENCE = 8
"""Seconds for which another sentence at the foot may stand before a reminder takes its place."""
_STANDS = 30
"""Seconds for which a reminder stands when no key is pressed that would take it away."""


class Reminding:
    """What one desk screen says of promises in time."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._next = 0
        self._seen = 0
        self._waited = 0
        self._said = ""
        self._stood = 0
        self._first = True

    def changed(self, change: Change) -> None:
        """A promise that was made, moved or settled may be the next."""
        if change.touched("follow_up"):
            self._next = 0

    def tick(self) -> None:
        """Once a second."""
        self._let_go()
        now = self._screen.desk.clock()
        if now < self._seen:  # the clock was set back; what was said already is not said again
            self._next = 0
        self._seen = now
        if now < self._next or not self._may_speak():
            return
        found = self._screen.desk.promises.remind()
        next_at = self._screen.desk.promises.next_at()
        self._next = min(now + _AGAIN_MS, now + _AGAIN_MS if next_at is None else next_at)
        if found:
            self._said = self._sentence(found, now)
            self._stood = 0
            self._screen.show_notice(self._said)
        self._first = False

    def _may_speak(self) -> bool:
        """Not under another screen, and not over a sentence that was just said."""
        if self._screen.hidden:
            return False
        self._waited = self._waited + 1 if self._screen.notice else _PATIENCE
        if self._waited < _PATIENCE:
            return False
        self._waited = 0
        return True

    def _let_go(self) -> None:
        """After a while the keys are shown again where the reminder stood."""
        if self._said and self._screen.notice == self._said:
            self._stood += 1
            if self._stood >= _STANDS:
                self._screen.show_notice("")
        else:
            self._said = ""

    def _sentence(self, found: Sequence[FollowUp], now: int) -> str:
        due = [one for one in found if one.due_at <= now]
        one = due[0] if due else found[0]
        customer = self._screen.desk.read.customer(one.customer_id) if one.customer_id else None
        who = shown_name(customer.name) if customer else t("customer.unknown")
        what = shared_text(one.what, (customer.name,) if customer else ()) or t("promise.contact")
        if not due:
            far = moments.duration(max(60, (one.due_at - now) // 1000), language())
            return t("remind.soon", far=far, who=who, what=what)
        if self._first:
            return t("remind.missed", n=len(due), who=who, what=what)
        return t("remind.due" if len(due) == 1 else "remind.due_many", n=len(due), who=who, what=what)
