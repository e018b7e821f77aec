"""Many tickets with one cause: linking them in a few keys, and going to the incidents."""

from typing import TYPE_CHECKING

from cxdesk.domain.incidents import due_at
from cxdesk.domain.words import Topic
from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.dialogs import Choose, Option, Write
from cxdesk.widgets.incidents import burst_text, burst_title, due_line, subject

if TYPE_CHECKING:
    from cxdesk.desk import Done
    from cxdesk.domain.bursts import Burst
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]

_SHOWN = 7
"""Open incidents to choose from; whoever has more finds the others in their list."""


async def incident(desk: "DeskScreen", command: Command) -> None:
    """Link to an incident: to what so many ask about, to one that goes on, or to a new one."""
    group, ids = desk.desk.incidents, desk.targets()
    burst = group.watching.burst
    answer = await desk.performer.ask(Choose(t("incident.ask_link", n=len(ids)), _choices(desk, ids)))
    if answer is None:
        return
    what, _, key = answer.partition(" ")
    if what == "unlink":
        tell(desk, group.unlink(ids), "did.incident_unlink")
    elif what == "link":
        await _link(desk, key, ids)
    elif what == "burst" and burst is not None:
        begun = burst_title(burst), burst.topic, burst.product
        await _begin(desk, *begun, [*burst.tickets, *_of_the_same(desk, burst, ids)])
    else:
        await _named(desk, ids)
    desk.queue.unmark()


def _choices(desk: "DeskScreen", ids: list[str]) -> list[Option[str]]:
    """What so many ask about first, with its reason; then those that go on; then a new one."""
    group, now = desk.desk.incidents, desk.desk.clock()
    options: list[Option[str]] = []
    if (burst := group.watching.burst) is not None:
        options.append(("1", f"{t('incident.new')}: {burst_text(burst)}", "burst"))
    mine = group.of(ids[0]) if ids else None
    for one in [one for one in group.every(0) if mine is None or one.id != mine.id][:_SHOWN]:
        due = due_at(one, now, group.rhythm)
        when = "".join(text for text, _ in due_line(due, now)) if due is not None else ""
        options.append((str(len(options) + 1), f"{one.title} · {when}", f"link {one.id}"))
    options.append(("n", t("incident.new_named"), "new"))
    if mine is not None:
        options.append(("x", t("incident.take_out", title=mine.title), "unlink"))
    return options


def _of_the_same(desk: "DeskScreen", burst: "Burst", ids: list[str]) -> list[str]:
    """The tickets keys go to that belong with a burst: marked by hand, or about the same topic."""
    if desk.queue.marked:
        return ids
    ticket = desk.target()
    return ids if ticket is not None and ticket.topic is burst.topic else []


async def _named(desk: "DeskScreen", ids: list[str]) -> None:
    """A new one under a title of the agent's own; the topic is the tickets', when they share one."""
    topics = {ticket.topic for key in ids if (ticket := desk.desk.read.ticket(key)) is not None}
    topic = topics.pop() if len(topics) == 1 else None
    topic = None if topic is Topic.OTHER else topic
    usual = subject(topic, "")  # Enter alone takes it, a letter begins another title
    question = Write(
        t("incident.title"),
        placeholder=usual or t("incident.title_example"),
        accept=lambda text: bool(text.strip() or usual),
    )
    title = await desk.performer.ask(question)
    if title is not None:
        await _begin(desk, title.strip() or usual, topic, "", ids)


async def _begin(desk: "DeskScreen", title: str, topic: Topic | None, product: str, ids: list[str]) -> None:
    opened, done = desk.desk.incidents.begin(title, topic, product, ids)
    tell(desk, done, "did.incident_open")
    await _elsewhere(desk, opened.id, done)
    await _show(desk, opened.id)


async def _link(desk: "DeskScreen", incident_id: str, ids: list[str]) -> None:
    done = desk.desk.incidents.link(incident_id, ids)
    tell(desk, done, "did.incident_link")
    await _elsewhere(desk, incident_id, done)


async def _elsewhere(desk: "DeskScreen", incident_id: str, done: "Done") -> None:
    """Tickets that belong to another open incident: said so, and moved when that is wanted."""
    other = [key for key, code in done.skipped if code == "linked_elsewhere"]
    if not other:
        return
    options = [("1", t("incident.move"), True), ("2", t("incident.leave_there"), False)]
    if await desk.performer.ask(Choose(t("incident.elsewhere", n=len(other)), options)):
        tell(desk, desk.desk.incidents.link(incident_id, other, move=True), "did.incident_link")


async def _show(desk: "DeskScreen", incident_id: str) -> None:
    from cxdesk.screens.incident_page import IncidentPage

    key = await desk.performer.ask(IncidentPage(desk.desk, desk.phrases, incident_id))
    desk.come_back(key)


async def go_incidents(desk: "DeskScreen", command: Command) -> None:
    """The incidents, the most pressing first."""
    from cxdesk.screens.incidents import Incidents

    key = await desk.performer.ask(Incidents(desk.desk, desk.phrases))
    desk.come_back(key)


ACTS = {"incident": incident, "go_incidents": go_incidents}
