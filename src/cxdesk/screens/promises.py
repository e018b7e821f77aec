"""Open promises, the overdue ones above everything: kept, broken, put to another time, closed, or opened."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cxdesk.desk import Desk
from cxdesk.desk.promises import REPORT_DAYS
from cxdesk.domain import moments
from cxdesk.domain.promises import Kept, Promised, is_due
from cxdesk.domain.words import PromiseState
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Write
from cxdesk.screens.listing import Listing, Section
from cxdesk.widgets.lines import Line
from cxdesk.widgets.promises import kept_line, promise_about, promise_row, what_of

__all__ = ["Promises"]


class Promises(Listing[Promised]):
    """Answers the id of a ticket to open."""

    KEYS = (
        ("Enter", "promises.key.open"),
        ("e", "promises.key.kept"),
        ("x", "promises.key.broken"),
        ("f", "promises.key.move"),
        (".", "promises.key.close"),
        ("z", "promises.key.undo"),
        ("F4", "promises.key.share"),
        ("Esc", "promises.key.leave"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept = Kept()
        self._counts = (0, 0, 0)

    def find(self) -> Sequence[Section[Promised]]:
        """Overdue, today, later."""
        now, zone = self.desk.clock(), self.desk.zone
        today = moments.local(now, zone).date()
        parts: tuple[list[Promised], list[Promised], list[Promised]] = ([], [], [])
        for one in self.desk.promises.board():
            due = is_due(one.promise.due_at, now, one.told_at)
            parts[0 if due else 1 if moments.local(one.promise.due_at, zone).date() == today else 2].append(one)
        self._kept = self.desk.promises.figures()
        self._counts = (len(parts[0]), len(parts[1]), len(parts[2]))
        names = ("overdue", "today", "later")
        roles = ("bad", "accent", "accent")
        return [
            (((t(f"promises.{name}", n=len(part)), role),), part)
            for name, role, part in zip(names, roles, parts, strict=True)
        ]

    def headline(self) -> Line:
        """What it is, and how many of each."""
        overdue, today, later = self._counts
        counted = t("promises.head", overdue=overdue, today=today, later=later)
        return ((f" {t('promises.title')}  ", "accent"), (counted, "bad" if overdue else "dim"))

    def row(self, item: Promised, width: int) -> Line:
        """One promise."""
        return promise_row(item, self.desk.clock(), self.desk.zone, width)

    def about(self, item: Promised, width: int) -> Sequence[Line]:
        """What is known of it."""
        return promise_about(item, self.desk.clock(), self.desk.zone, width)

    def foot(self, width: int) -> Line:
        """How promises were kept lately."""
        return ((kept_line(self._kept, REPORT_DAYS), "dim"),)

    def empty(self) -> str:
        """Nothing is promised."""
        return t("promises.none")

    def acts(self, item: Promised) -> Mapping[str, Callable[[], object]]:
        """``e`` kept, ``x`` broken, ``f`` another time, ``.`` the customer came first, Enter opens the ticket."""
        return {
            "enter": partial(self._open, item),
            "e": partial(self._settle, item, PromiseState.KEPT, "did.promise_kept"),
            "x": partial(self._ask_reason, partial(self._break, item)),
            "f": partial(self._ask_time, item),
            ".": partial(self._close, item),
        }

    def _open(self, item: Promised) -> None:
        if item.promise.ticket_id is not None:
            self.dismiss(item.promise.ticket_id)
        elif item.promise.customer_id is not None:
            from cxdesk.screens.person import Person, leave_to

            def back(ticket_id: str | None) -> None:
                if ticket_id is not None:
                    leave_to(self, ticket_id)

            self.app.push_screen(Person(self.desk, item.promise.customer_id), back)
        else:
            self.say(t("promises.nothing_to_open"))

    def _settle(self, item: Promised, state: PromiseState, said: str, reason: str = "") -> None:
        settled = partial(self.desk.promises.settle, item.promise, state, reason)
        self.do(settled, t(said, what=what_of(item)))

    def _break(self, item: Promised, reason: str) -> None:
        self._settle(item, PromiseState.BROKEN, "did.promise_broken", reason)

    def _close(self, item: Promised) -> None:
        """Only when the customer came first; otherwise it was kept, or it was not."""
        if item.answered_at is None:
            self.say(t("promises.not_answered"))
        else:
            self._settle(item, PromiseState.ANSWERED, "did.promise_answered")

    def _ask_time(self, item: Promised) -> None:
        from cxdesk.screens.acts.care import read_back

        def chosen(text: str | None) -> None:
            if text is not None:
                self._ask_reason(partial(self._move, item, text))

        question = Write(
            t("promises.move"),
            understood=lambda text: read_back(self.desk, text),
            accept=lambda text: self.desk.promises.read(text) is not None,
        )
        self.app.push_screen(question, chosen)

    def _move(self, item: Promised, text: str, reason: str) -> None:
        self.do(partial(self.desk.promises.move, item.promise, text, reason), t("did.promise_moved"))

    def _ask_reason(self, then: Callable[[str], None]) -> None:
        """One line, which may stay empty; Escape leaves everything as it was."""

        def answered(text: str | None) -> None:
            if text is not None:
                then(text)

        question = Write(t("promises.reason"), accept=lambda text: True, placeholder=t("promises.reason_example"))
        self.app.push_screen(question, answered)
