"""The morning list: whom to see to first, why, and the first sentence; one key begins, one puts away."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cxdesk.desk import Desk
from cxdesk.domain.morning import Entry, List
from cxdesk.i18n import t
from cxdesk.screens.clipboard import copy
from cxdesk.screens.listing import Listing, Section
from cxdesk.widgets.lines import Line
from cxdesk.widgets.morning import entry_about, entry_row

__all__ = ["MorningList"]


class MorningList(Listing[Entry]):
    """Answers the id of a ticket to open."""

    KEYS = (
        ("Enter", "morning.key.start"),
        ("e", "morning.key.done"),
        ("x", "morning.key.dismiss"),
        ("o", "morning.key.person"),
        ("y", "morning.key.copy"),
        ("z", "promises.key.undo"),
        ("F4", "promises.key.share"),
        ("Esc", "promises.key.leave"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._read = List()

    def find(self) -> Sequence[Section[Entry]]:
        """The list, without parts: its order is the point."""
        self._read = self.desk.morning.read()
        return [((), self._read.entries)]

    def headline(self) -> Line:
        """How many there are, and how many were done."""
        counted = t("morning.head", n=len(self._read.entries), done=self._read.done)
        more = t("morning.more", n=self._read.more) if self._read.more and self._read.entries else ""
        return ((f" {t('morning.title')}  ", "accent"), (counted, "text"), (more, "dim"))

    def row(self, item: Entry, width: int) -> Line:
        """One person."""
        return entry_row(item, self.desk.clock(), self.desk.zone, width)

    def about(self, item: Entry, width: int) -> Sequence[Line]:
        """What to say first, and why they stand where they stand."""
        return entry_about(item, self.desk.clock(), self.desk.zone, width)

    def empty(self) -> str:
        """Nothing to do, or nothing more today."""
        return t("morning.all_done", n=self._read.more) if self._read.more else t("morning.none")

    def acts(self, item: Entry) -> Mapping[str, Callable[[], object]]:
        """Enter begins, ``e`` done already, ``x`` put away, ``o`` the person's page, ``y`` copies the sentence."""
        return {
            "enter": partial(self._start, item),
            "e": partial(self.do, partial(self.desk.morning.done, item), t("morning.done")),
            "x": partial(self.do, partial(self.desk.morning.dismiss, item), t("morning.dismissed")),
            "o": partial(self._person, item),
            "y": partial(self._copy, item),
        }

    def _start(self, item: Entry) -> None:
        key, _ = self.desk.morning.start(item)
        self.dismiss(key)

    def _person(self, item: Entry) -> None:
        if item.customer is None:
            self.say(t("promises.nothing_to_open"))
            return
        from cxdesk.screens.person import Person, leave_to

        def back(ticket_id: str | None) -> None:
            if ticket_id is not None:
                leave_to(self, ticket_id)

        self.app.push_screen(Person(self.desk, item.customer.id), back)

    def _copy(self, item: Entry) -> None:
        self.say(t(f"did.copied_{copy(self.app, item.sentence)}"))
