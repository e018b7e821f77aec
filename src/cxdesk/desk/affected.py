"""The people an incident touched, a page at a time: those who came by themselves, then those whom its rules find."""

from collections.abc import Sequence

from cxdesk.desk.writer import Writer
from cxdesk.domain.afterwards import IncidentPerson, IncidentReach
from cxdesk.domain.consents import CONTACT, forbidden
from cxdesk.domain.incident_report import Touched
from cxdesk.domain.reaching import Stretch
from cxdesk.storage import people, touched

__all__ = ["Affected", "counted"]

PAGE = 50


class Affected:
    """Reads on as far as somebody looks. What is done for a person is read anew with ``again``."""

    def __init__(self, desk: Writer, incident_id: str) -> None:
        self._desk = desk
        self._incident_id = incident_id
        self._rules = touched.reaches(desk.db, incident_id)
        self.found: list[Touched] = []
        self.whole = False
        self._after_id = ""
        self._after: touched.Place | None = None
        self._reaching = False

    @property
    def rules(self) -> tuple[IncidentReach, ...]:
        """The rules that find people."""
        return self._rules

    def more(self) -> bool:
        """Read a page more; whether there was any."""
        if self.whole:
            return False
        page = self._next()
        self.found += [one for key, rule in page if (one := self._touched(key, rule)) is not None]
        self.whole = not page
        return bool(page)

    def again(self, index: int) -> None:
        """Read anew what was done for one of those found."""
        known = self.found[index]
        rule = None if known.came else self._rule_of(known.customer.id)
        self.found[index] = self._touched(known.customer.id, rule) or known

    def _next(self) -> list[tuple[str, IncidentReach | None]]:
        db, key = self._desk.db, self._incident_id
        if not self._reaching:
            came = touched.came_by_themselves(db, key, self._after_id, PAGE)
            if came:
                self._after_id = came[-1]
                return [(one, None) for one in came]
            self._reaching = True
        reached = touched.reached(db, key, self._rules, self._after, PAGE)
        if reached:
            self._after = reached[-1][1]
        return [(one, self._rules[place[0]]) for one, place in reached]

    def _touched(self, customer_id: str, rule: IncidentReach | None) -> Touched | None:
        db = self._desk.db
        customer = people.customer(db, customer_id)
        if customer is None:
            return None
        done = touched.done_for(db, self._incident_id, customer_id)
        no = CONTACT in forbidden(people.consents(db, customer_id))
        told = _latest(done, "told_at") or touched.told_at(db, self._incident_id, customer_id)
        if told is None and rule is not None and not no:
            told = rule.told_at  # everybody whom the rule finds was told at once, but for those who want no contact
        return Touched(
            customer,
            touched.phone(db, customer_id),
            came=rule is None,
            forbidden=no,
            told_at=told,
            cared_at=_latest(done, "cared_at"),
            asked_at=_latest(done, "asked_at"),
        )

    def _rule_of(self, customer_id: str) -> IncidentReach | None:
        """The first rule that finds somebody."""
        db = self._desk.db
        return next((rule for rule in self._rules if touched.finds(db, rule, customer_id)), None)


def counted(desk: Writer, product: str, stretch: Stretch) -> int:
    """How many people a rule would find, before it is kept."""
    rule = IncidentReach("", "", product, 0, stretch.since, stretch.until, stretch.option)
    return touched.touched(desk.db, "", (rule,))


def _latest(done: Sequence[IncidentPerson], field: str) -> int | None:
    return max((at for one in done if (at := getattr(one, field)) is not None), default=None)
