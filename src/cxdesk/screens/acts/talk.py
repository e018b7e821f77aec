"""Speaking with the customer: replies, notes, lines, stages, and what the voice sounds like."""

from typing import TYPE_CHECKING

from cxdesk.actions import FEELINGS
from cxdesk.domain import moments
from cxdesk.domain.words import Emotion, MessageKind
from cxdesk.i18n import language, t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import feelings, tell
from cxdesk.screens.dialogs import Choose

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "put_line"]


def reply(desk: "DeskScreen", command: Command) -> None:
    """Write to the customer."""
    _write(desk, MessageKind.REPLY)


def note(desk: "DeskScreen", command: Command) -> None:
    """Write something the customer does not see."""
    _write(desk, MessageKind.NOTE)


def _write(desk: "DeskScreen", kind: MessageKind) -> None:
    ticket = desk.target()
    if ticket is None:
        return
    if not desk.in_ticket or desk.look is None or desk.look.thread.ticket.id != ticket.id:
        desk.open_ticket(ticket.id)
    desk.pane.write(kind)


def line(desk: "DeskScreen", command: Command) -> None:
    """Put a line of the sidebar into the reply, with the cursor on its first blank."""
    offers = desk.look.offers if desk.look else ()
    index = desk.keyboard.keymap.keys["line"].index(command.key)
    if index >= len(offers):
        desk.say("cannot.no_line", n=len(offers))
        return
    put_line(desk, offers[index].line.id, offers[index].text)


def put_line(desk: "DeskScreen", line_id: str, text: str) -> None:
    """Put a line into the reply, with the cursor on its first blank."""
    if desk.pane.kind is None:
        desk.pane.write(MessageKind.REPLY)
    desk.pane.script_id = line_id
    desk.pane.composer.put(text)
    desk.pane.composer.focus()
    _to_blank(desk)
    desk.give_digits_to_lines(False)


def _to_blank(desk: "DeskScreen", start: int = 0) -> bool:
    """Select the first blank of the reply from ``start`` on, so that typing fills it; whether there is one."""
    from cxdesk.empathy.blanks import next_blank

    blank = next_blank(desk.pane.composer.text, start)
    if blank is None:
        return False
    desk.pane.composer.select_span(blank.start, blank.end)
    return True


def scripts(desk: "DeskScreen", command: Command) -> None:
    """Give the digits to the lines, in a drawer on a small screen; again: say why each line is there."""
    if desk.has_class("drawers") and not desk.has_class("drawer-scripts"):
        desk.give_digits_to_lines(desk.drawer("scripts"))
    elif desk.has_class("on-scripts"):
        desk.scripts.reasons = not desk.scripts.reasons
        desk.scripts.lay_out()
    else:
        desk.give_digits_to_lines(True)


def send(desk: "DeskScreen", command: Command) -> None:
    """Send the reply or keep the note. Nothing unfilled can be sent, and a refusal without a choice is asked about."""
    if desk.look is None or desk.pane.kind is None:
        return
    text, ticket = desk.pane.composer.text, desk.look.thread.ticket
    if desk.pane.kind is MessageKind.NOTE:
        done = desk.desk.note(ticket.id, text)
    elif _held_back(desk):
        return
    else:
        done = desk.desk.reply(ticket.id, text, desk.pane.script_id)
    kind = desk.pane.kind
    desk.pane.script_id = None
    desk.pane.put_away()
    tell(desk, done, f"did.{kind}")


def _held_back(desk: "DeskScreen") -> bool:
    """Whether the check holds the reply back; then it has been said why."""
    if not desk.draft.advising.checking:  # sent before the word lists were read
        desk.behind.load_word_lists()
        desk.draft.check()
    finding = desk.draft.advising.before_sending()
    if finding is None:
        return False
    if finding.weight == "block":
        blanks = [one for one in desk.draft.advising.findings if one.weight == "block"]
        _to_blank(desk)
        desk.say("cannot.unfilled", n=len(blanks), first=desk.pane.composer.text[finding.start : finding.end])
    else:
        desk.say("did.ask_once")
    return True


def better(desk: "DeskScreen", command: Command) -> None:
    """Do what the line under the reply proposes: write the better words, note the promise, or show where it is."""
    finding = desk.draft.advising.current
    if finding is not None and finding.due is not None and desk.look is not None:
        _note_promise(desk, desk.pane.composer.text[finding.start : finding.end], desk.look.id)
    elif (start := desk.draft.advising.write()) is not None:
        _to_blank(desk, start)
        desk.say("did.better")


def _note_promise(desk: "DeskScreen", words: str, ticket_id: str) -> None:
    made, done = desk.desk.promises.make(words, ticket_id)
    when = moments.when(made.due_at, desk.desk.zone, language(), desk.desk.clock())
    tell(desk, done, "did.promise", when=when, what=made.what or t("promise.contact"))


def stage_back(desk: "DeskScreen", command: Command) -> None:
    """One stage back."""
    desk.changed(desk.desk.step(desk.targets(), -1))


def stage_on(desk: "DeskScreen", command: Command) -> None:
    """One stage on."""
    desk.changed(desk.desk.step(desk.targets(), 1))


async def emotion(desk: "DeskScreen", command: Command) -> None:
    """Show the six emotions and take one."""
    ids = desk.targets()
    felt = await desk.performer.ask(Choose(t("ask.emotion"), feelings(), hint=t("ask.emotion_again")))
    if felt is not None:
        _felt(desk, ids, felt)


def feel(desk: "DeskScreen", command: Command) -> None:
    """An emotion on one key; the same again makes it stronger."""
    _felt(desk, desk.targets(), list(Emotion)[FEELINGS[command.key]])


def _felt(desk: "DeskScreen", ids: list[str], felt: Emotion) -> None:
    done = desk.desk.feel(ids, felt)
    tell(desk, done, "did.feel", emotion=t(f"emotion.{felt}"))


ACTS = {
    "reply": reply,
    "note": note,
    "line": line,
    "scripts": scripts,
    "send": send,
    "better": better,
    "stage_back": stage_back,
    "stage_on": stage_on,
    "emotion": emotion,
    "feel": feel,
}
