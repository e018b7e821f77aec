"""The shop's own lines: written beside the shipped ones, in files the owner can also edit by hand.

A line with the id of a shipped one takes its place; taking it out puts the shipped wording back. Every act is one
writing of one or two files, and can be taken back as long as nobody has changed them since.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cxdesk.desk.look import Look
from cxdesk.desk.phrases import Phrases, moment_of
from cxdesk.desk.result import Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain.inert import inert
from cxdesk.domain.outcomes import Tally
from cxdesk.domain.words import Language, Stage
from cxdesk.empathy.canned import CannedError, Skipped, read_canned
from cxdesk.empathy.check import check_library
from cxdesk.empathy.choose import bearable
from cxdesk.empathy.example import example
from cxdesk.empathy.library import Library, Line
from cxdesk.empathy.lines import Problem, read_library
from cxdesk.empathy.writing import put, take_out, written
from cxdesk.storage.store import UNDO_DEPTH

__all__ = ["Brought", "Lines", "faults"]

Edit = tuple[Path, str | None, str]
"""A file, its text before (``None`` when there was none) and after."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file of canned replies brought: lines that are new, that changed, that were there already; the rest."""

    new: int
    changed: int
    same: int
    skipped: tuple[Skipped, ...]


def faults(line: Line) -> tuple[Problem, ...]:
    """What is wrong with a line as it is being written; empty when it can be kept."""
    _, unread = read_library({f"{line.lang}/{line.stage}.toml": written(line)})
    return unread or check_library(Library([line]))


class Lines:
    """The lines of one shop. Without a folder of the owner's they can be looked at and not changed."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._done: list[tuple[Edit, ...]] = []

    # -- looking

    def all(self, lang: Language, text: str = "") -> tuple[Line, ...]:
        """The lines of a language, hidden ones too, by stage; those that ``text`` finds, the best first."""
        if text.strip():
            return self._phrases.seek(text, lang)
        stages = list(Stage)
        return tuple(sorted(self._phrases.library(lang), key=lambda line: stages.index(line.stage)))

    def read_again(self) -> tuple[Problem, ...]:
        """Take up what was written into the files by hand meanwhile; what of it cannot be used."""
        self._phrases.read_own()
        return self._phrases.problems

    def tally(self, line: Line) -> Tally:
        """How often a line was said here and what became of it."""
        return self._phrases.experience.of(line.id)

    def is_own(self, line: Line) -> bool:
        """Whether the owner wrote it, or rewrote a shipped one."""
        return self._phrases.owned[line.lang].get(line.id) is not None

    def shipped(self, line: Line) -> Line | None:
        """The line of that id as the program ships it."""
        return self._phrases.shipped[line.lang].get(line.id)

    def filled(self, line: Line, desk: Writer, look: Look | None) -> str | None:
        """The line as the customer on screen would hear it; ``None`` when something it says is not known of them.

        Without a customer on screen it is told to an invented one.
        """
        now = desk.clock()
        if look is None:
            return self._phrases.filler(line.lang, example(line.lang, now), now)(line)
        return self.filler(desk, look)(line)

    def filler(self, desk: Writer, look: Look) -> Callable[[Line], str | None]:
        """Fills lines for the customer on screen."""
        now = desk.clock()
        facts = self._phrases.facts(
            look.thread,
            look.memory,
            lang=look.language,
            now=now,
            agent=desk.agent.name if desk.agent else "",
            shop=desk.settings.shop.name,
            wait=None,
        )
        return self._phrases.filler(look.language, facts, now)

    def apt(self, desk: Writer, look: Look) -> Callable[[Line], bool]:
        """Whether a line takes nothing for granted that may not be so: the feeling of the customer on screen, a crisis,
        abuse."""
        moment = moment_of(look.thread.ticket, look.language, desk.clock(), crisis=look.incident is not None)
        return lambda line: bearable(line, moment) and (line.when is None or moment.during(line.when))

    # -- changing

    def new(self, stage: Stage, lang: Language) -> Line:
        """An empty line with an id that nothing else has."""
        library, n = self._phrases.library(lang), 1
        while library.get(f"{lang}.{stage}.own.{n}") is not None:
            n += 1
        return Line(f"{lang}.{stage}.own.{n}", stage, "", lang=lang)

    def save(self, line: Line) -> Line:
        """Keep a line in the owner's file. Raises ``Refused`` for one that could never be said."""
        line = replace(line, text=inert(line.text).strip())
        wrong = faults(line)
        if wrong:
            raise Refused("bad_line", reason=wrong[0].code, detail=wrong[0].detail)
        self._write([line])
        return line

    def hide(self, line: Line) -> Line:
        """Never offer a line again, or offer it again when it is hidden."""
        return self.save(replace(line, hidden=not line.hidden))

    def put_back(self, line: Line) -> None:
        """Take the owner's line out: the shipped wording is back, and a line of the owner's alone is gone."""
        if not self.is_own(line):
            raise Refused("not_own")
        path = self._path(line)
        before = _read(path)
        self._carry_out(((path, before, take_out(before or "", line.id)),))

    def bring(self, path: Path, stage: Stage) -> Brought:
        """Keep the canned replies in another program's file as lines of a stage. Raises ``Refused``."""
        try:
            lines, skipped = read_canned(_decoded(path), stage)
        except CannedError as error:
            raise Refused("no_canned", file=path.name) from error
        known = {line.id: self._phrases.library(line.lang).get(line.id) for line in lines}
        wanted = [line for line in lines if known[line.id] != line]
        changed = sum(known[line.id] is not None for line in wanted)
        if wanted:
            self._write(wanted)
        return Brought(len(wanted) - changed, changed, len(lines) - len(wanted), skipped)

    def undo(self) -> bool:
        """Take the last act of this session back; ``False`` when there is none. Raises ``Refused``."""
        if not self._done:
            return False
        edits = self._done[-1]
        if any(_read(path) != after for path, _, after in edits):
            self._done.clear()
            raise Refused("changed_since")
        for path, before, _ in edits:
            _write(path, before)
        self._done.pop()
        self._phrases.read_own()
        return True

    def _path(self, line: Line) -> Path:
        """Where a line is, or where it goes."""
        if self._phrases.own is None:
            raise Refused("no_lines_folder")
        place = self._phrases.owned[line.lang].places.get(line.id)
        return Path(place.file) if place else self._phrases.own / line.lang / f"{line.stage}.toml"

    def _write(self, lines: Iterable[Line]) -> None:
        texts: dict[Path, tuple[str | None, str]] = {}
        for line in lines:
            path = self._path(line)
            before, after = texts[path] if path in texts else ((text := _read(path)), text or "")
            texts[path] = (before, put(after, line))
        self._carry_out(tuple((path, before, after) for path, (before, after) in texts.items()))

    def _carry_out(self, edits: tuple[Edit, ...]) -> None:
        for path, before, _ in edits:
            _refuse_broken(path, before or "")
        for path, _, after in edits:
            _write(path, after)
        self._done = [*self._done, edits][-UNDO_DEPTH:]
        self._phrases.read_own()


def _decoded(path: Path) -> str:
    """A file of another program, in whichever encoding it was saved. Raises ``Refused``."""
    from cxdesk.imports.encoding import find_encoding
    from cxdesk.imports.reasons import ImportRefused

    try:
        data = path.read_bytes()
        return data.decode(find_encoding(lambda: iter((data,))))
    except (OSError, ImportRefused) as error:
        raise Refused("lines_unreadable", file=path.name, detail=str(error)) from error


def _refuse_broken(path: Path, text: str) -> None:
    """A file with an entry that cannot be read is put right by hand first: nothing in it is to be lost."""
    _, problems = read_library({f"{path.parent.name}/{path.name}": text})
    if problems:
        worst = problems[0]
        raise Refused("broken_lines", file=path.name, n=worst.row, reason=worst.code, detail=worst.detail)


def _read(path: Path) -> str | None:
    """The text of a file, ``None`` when there is none. Raises ``Refused``."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("lines_unreadable", file=path.name, detail=str(error)) from error


def _write(path: Path, text: str | None) -> None:
    """Replace a file whole, or remove it: whoever reads it sees the old text or the new. Raises ``Refused``."""
    beside = path.with_suffix(".new")
    try:
        if text is None:
            path.unlink()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Refused("lines_unwritable", file=path.name, detail=error.strerror or str(error)) from error
