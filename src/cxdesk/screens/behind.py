"""What is loaded behind the first frame, on a thread: lines, word lists, the ear, and the history of the waits."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen
    from cxdesk.screens.others import Others

__all__ = ["Behind"]


class Behind:
    """Gives the desk screen, one after the other, what it works without until then.

    ``own`` is the folder of the shop's own lines; its word lists, cues and scenarios are in folders beside it.
    """

    def __init__(self, screen: "DeskScreen", own: Path | None) -> None:
        self._screen, self._own = screen, own
        self.others: Others | None = None

    def own_folder(self, name: str) -> Path | None:
        """Where the shop's own files of a kind are."""
        return self._own.parent / name if self._own else None

    def load(self) -> None:
        """On a thread with its own connection, what is needed soonest first."""
        import cxdesk.screens.acts  # so that the first key does not wait for it
        import cxdesk.widgets.composer  # noqa: F401
        from cxdesk.desk.lines import Lines
        from cxdesk.desk.phrases import Phrases

        screen, desk, call = self._screen, self._screen.desk, self._screen.app.call_from_thread
        call(lambda: screen.pane.composer)
        desk.warm_up()
        screen.phrases = Phrases(desk.zone, self._own)
        screen.lines = Lines(screen.phrases)
        self.load_word_lists()
        self._load_hearing()
        call(screen.refresh_ticket)
        reader = desk.store.reader()
        try:
            desk.waits.start(reader, desk.clock(), leaving=lambda: screen.leaving)
            call(self._loaded)
            screen.phrases.warm_up()
            screen.phrases.learn(reader, desk.clock(), desk.settings.lines)
            counted = desk.suggesting.count(reader)
        finally:
            reader.close()
        gc.freeze()  # what was loaded stays for good: looking through it again and again would be the longest key
        if counted is not None and not screen.leaving:
            call(desk.suggesting.keep, counted)
        if desk.store.shared and not screen.leaving:
            call(self.meet_others)

    def meet_others(self) -> None:
        """Keep in step with the other desks of the shop from now on, until the program ends."""
        from cxdesk.screens.others import Others

        self.others = Others(self._screen)
        self.others.begin()

    def load_word_lists(self) -> None:
        """Read the lists of the reply check, shipped and the shop's own, before the first reply is begun."""
        if self._screen.rulebook is None:
            from cxdesk.desk.checking import Rulebook

            book = Rulebook(self.own_folder("check"))
            book.load()
            self._screen.rulebook = book

    def watch_incidents(self) -> None:
        """On the thread of the estimates, with a connection of its own: whose word is due, and what so many ask."""
        desk = self._screen.desk
        if not desk.store.busy:
            reader = desk.store.reader()
            try:
                desk.incidents.watching.look(reader)
            finally:
                reader.close()

    def _load_hearing(self) -> None:
        """From here on the desk listens to what customers write."""
        from cxdesk.desk.hearing import Hearing

        hearing = Hearing.load(self.own_folder("cues"))
        self._screen.app.call_from_thread(self._screen.desk.listening.begin, hearing)

    def _loaded(self) -> None:
        """Say what could not be used, and show what is known now."""
        screen = self._screen
        readers = (screen.phrases, screen.rulebook)
        for problem in (problem for reader in readers if reader is not None for problem in reader.problems):
            screen.say("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
        for problem in screen.desk.listening.problems:
            screen.say(f"hearing.{problem.code}", file=problem.file, n=problem.row, detail=problem.detail)
        screen.desk.keep_learning()
        screen.refresh_waits()
        screen.refresh_ticket()
