"""What other desks did, shown as it comes in but never more often than somebody can look."""

import threading
from typing import TYPE_CHECKING

from cxdesk.desk.whose import agent_name
from cxdesk.domain.together import Status
from cxdesk.protocol.exchange import Touched

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["Others"]

_AT_MOST_EVERY = 0.25


class Others:
    """Between the thread of the sync and the screen: what came in meanwhile is shown together."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._lock = threading.Lock()
        self._touched: set[tuple[str, str]] = set()
        self._asked = False
        self._known = 0

    def begin(self) -> None:
        """Keep in step from now on, if this desk belongs to a shared queue."""
        self._known = self._screen.desk.syncing.attention_count()
        self._screen.desk.syncing.start(self._heard, self._stands)
        self._stand()

    def end(self) -> None:
        """The program ends."""
        self._screen.desk.syncing.stop()

    def _heard(self, touched: Touched) -> None:
        """On the thread of the sync."""
        with self._lock:
            self._touched |= touched
        self._ask()

    def _stands(self, _status: Status) -> None:
        self._ask()

    def _ask(self) -> None:
        with self._lock:
            if self._asked:
                return
            self._asked = True
        self._screen.call_later(self._screen.set_timer, _AT_MOST_EVERY, self._show)

    def _show(self) -> None:
        """On the screen's own thread: the rows that are other ones, and how the desk stands."""
        with self._lock:
            touched, self._touched, self._asked = frozenset(self._touched), set(), False
        screen, desk = self._screen, self._screen.desk
        if screen.leaving:
            return
        self._stand()
        if touched:
            screen.changed(desk.syncing.follow(touched))
            screen.refresh_ticket()  # what was said in it is known by its own id alone
        else:
            screen.refresh_status()
        self._say_who_was_first()

    def _stand(self) -> None:
        """What the top line says of the others, kept so that it costs the line no statement."""
        syncing = self._screen.desk.syncing
        self._screen.desk.together = (syncing.status(), len(syncing.conflicts()) + syncing.attention_count())

    def _say_who_was_first(self) -> None:
        """A colleague took a ticket before the server heard of it from here: said once, and where the words are."""
        syncing = self._screen.desk.syncing
        count = syncing.attention_count()
        if count > self._known:
            latest = syncing.attention()[0]
            holder = syncing.holders([latest.ent_id]).get(latest.ent_id)
            name = agent_name(self._screen.desk, holder.agent_id) if holder else None
            if latest.ent == "ticket" and name:
                self._screen.say("together.first_was", name=name)
            else:
                self._screen.say("together.refused", n=count)
        self._known = count
