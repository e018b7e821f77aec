"""Going elsewhere and looking after the program: search, other screens, duty, help, palette, looks, leaving."""

from typing import TYPE_CHECKING

from cxdesk import i18n
from cxdesk.domain import moments
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.settings import THEMES
from cxdesk.widgets import privacy

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def search(desk: "DeskScreen", command: Command) -> None:
    """Find a customer, a ticket number, or a word somebody said."""
    from cxdesk.screens.search import Search

    hit = await desk.performer.ask(Search(desk.desk))
    if hit is None:
        return
    if hit.ticket is not None:
        desk.open_ticket(hit.ticket.id)
    elif hit.customer is not None:
        await _person(desk, hit.customer.id)


async def _person(desk: "DeskScreen", customer_id: str) -> None:
    from cxdesk.screens.person import Person

    key = await desk.performer.ask(Person(desk.desk, customer_id))
    desk.come_back(key)


async def go_customers(desk: "DeskScreen", command: Command) -> None:
    """The list of customers."""
    from cxdesk.screens.customers import Customers

    key = await desk.performer.ask(Customers(desk.desk))
    desk.come_back(key)


def share(desk: "DeskScreen", command: Command) -> None:
    """The screen is shown to others from now on, or no longer."""
    privacy.share(not privacy.sharing())
    desk.come_back(None)
    desk.say("did.share_on" if privacy.sharing() else "did.share_off")


def go_queue(desk: "DeskScreen", command: Command) -> None:
    """Back to the queue."""
    desk.close_ticket()


async def go_promises(desk: "DeskScreen", command: Command) -> None:
    """What was promised, the most overdue first."""
    from cxdesk.screens.promises import Promises

    key = await desk.performer.ask(Promises(desk.desk))
    desk.refresh_queue()
    desk.refresh_ticket()
    if key is not None:
        desk.open_ticket(key)


async def go_morning(desk: "DeskScreen", command: Command) -> None:
    """Whom to see to first today."""
    from cxdesk.screens.morning import MorningList

    key = await desk.performer.ask(MorningList(desk.desk))
    desk.come_back(key)


async def practice(desk: "DeskScreen", command: Command) -> None:
    """Speak with a customer who is not there, as often as the agent likes."""
    from cxdesk.desk.practice import Practice
    from cxdesk.screens.practice import ChoosePractice, PracticeScreen

    desk.behind.load_word_lists()
    if desk.rulebook is None:
        return
    room = Practice(desk.desk, desk.rulebook, i18n.language(), desk.behind.own_folder("practice"))
    for problem in room.problems:
        desk.say("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
    scenario = await desk.performer.ask(ChoosePractice(room))
    while scenario is not None:
        again = await desk.performer.ask(PracticeScreen(room, scenario, desk.keyboard.keymap))
        scenario = scenario if again else await desk.performer.ask(ChoosePractice(room))


async def duty(desk: "DeskScreen", command: Command) -> None:
    """On duty, on a break until a time, or home."""
    options = [("1", t("duty.on"), "on"), ("2", t("duty.break"), "break"), ("3", t("duty.off"), "off")]
    state = await desk.performer.ask(Choose(t("ask.duty"), options, hint=_team(desk)))
    if state is None:
        return
    until = None
    if state == "break":
        from cxdesk.screens.acts.care import read_back

        text = await desk.performer.ask(
            Write(t("ask.break_until"), understood=lambda text: read_back(desk.desk, text), accept=lambda text: True)
        )
        due = desk.desk.promises.read(text) if text else None
        until = due.at if due else None
    desk.changed(desk.desk.duty(state, until))
    desk.say(f"did.duty_{state}")


def _team(desk: "DeskScreen") -> str:
    """Who is on duty, who rests and until when."""
    parts = []
    for duty in desk.desk.read.duties():
        state = t(f"duty.{duty.shift.state if duty.shift else 'off'}")
        until = duty.shift.planned_until if duty.shift else None
        back = " ~" + moments.clock(until, desk.desk.zone, i18n.language()) if until else ""
        parts.append(f"{duty.agent.name} {state}{back}")
    return " · ".join(parts)


async def palette(desk: "DeskScreen", command: Command) -> None:
    """Every action by name."""
    from cxdesk.screens.palette import Palette

    action = await desk.performer.ask(Palette(desk.keyboard.keymap, desk.situation()))
    if action is not None:
        desk.performer.perform(action)


async def help_(desk: "DeskScreen", command: Command) -> None:
    """What can be done here."""
    from cxdesk.screens.help import Help

    await desk.performer.ask(Help(desk.keyboard.keymap, desk.situation()))


async def bring(desk: "DeskScreen", command: Command) -> None:
    """Bring a file of orders or customers in."""
    from cxdesk.imports.reasons import ImportRefused
    from cxdesk.screens.bring import Columns, Import, open_file

    text = await desk.performer.ask(Write(t("ask.file"), placeholder=t("ask.file_example")))
    password = None
    while text is not None:
        try:
            bringing = open_file(desk.desk, text, password)
            break
        except ImportRefused as refusal:
            if refusal.code not in ("password_needed", "wrong_password"):
                desk.say(f"import.{refusal.code}", **refusal.values)
                return
            password = await desk.performer.ask(Write(t(f"ask.{refusal.code}"), secret=True))
            text = text if password is not None else None
    else:
        return
    unknown = bringing.map is None
    while True:
        if unknown and not await desk.performer.ask(Columns(bringing)):
            return
        dialog = Import(bringing)
        outcome = await desk.performer.ask(dialog)
        unknown = dialog.again
        if not unknown:
            break
    if outcome is not None:
        desk.refresh_queue()
        desk.refresh_ticket()
        desk.say("import.done", new=outcome.new, changed=outcome.changed, same=outcome.same)


async def theme(desk: "DeskScreen", command: Command) -> None:
    """Dark, light, high contrast or the terminal's own colours."""
    options = [(str(i), t(f"theme.{name}"), name) for i, name in enumerate(THEMES, 1)]
    name = await desk.performer.ask(Choose(t("ask.theme"), options))
    if name is not None:
        desk.app.theme = f"desk-{name}"
        desk.desk.store.remember("theme", name)


async def language(desk: "DeskScreen", command: Command) -> None:
    """Korean or English."""
    options = [("1", "한국어", Language.KO), ("2", "English", Language.EN)]
    lang = await desk.performer.ask(Choose(t("ask.language"), options))
    if lang is not None:
        i18n.use(lang)
        desk.desk.store.remember("language", lang)
        desk.relabel()
        desk.refresh_queue()
        desk.refresh_ticket()
        desk.scripts.lay_out()


def quit_(desk: "DeskScreen", command: Command) -> None:
    """Leave; what was being typed is kept."""
    desk.draft.keep()
    desk.app.exit()


ACTS = {
    "search": search,
    "go_customers": go_customers,
    "share": share,
    "go_queue": go_queue,
    "go_promises": go_promises,
    "go_morning": go_morning,
    "practice": practice,
    "duty": duty,
    "palette": palette,
    "help": help_,
    "import": bring,
    "theme": theme,
    "language": language,
    "quit": quit_,
}
