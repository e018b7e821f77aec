"""Bringing a file in, as the command line and the screen both do it: open, choose a map, look ahead, apply."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdesk.desk.desk import Desk
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.imports.choose import choose_map, from_pairs, to_toml
from cxdesk.imports.convert import Defaults
from cxdesk.imports.ids import RunIds
from cxdesk.imports.maps import ColumnMap, load_maps, read_map
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.rejects import RejectFile, place_for
from cxdesk.imports.run import Job, Outcome, Preview, apply, dry_run
from cxdesk.imports.suggest import suggest
from cxdesk.imports.table import Table, read_file
from cxdesk.settings import shipped
from cxdesk.storage.bulk import Importing

__all__ = ["GENERIC", "Bringing", "say"]

GENERIC = "generic"
"""The map that is guessed from the names of the columns and what is in them."""

Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


def say(code: str, /, **values: object) -> str:
    """The sentence of an import's reason."""
    return t(f"import.{code}", **values)


@dataclass
class Bringing:
    """One file on its way in. ``map`` is ``None`` while nobody has said what its columns mean.

    ``folder`` holds the shop's own maps. A map that a person made here is kept there once the file is in.
    """

    desk: Desk
    table: Table
    folder: Path
    map: ColumnMap | None = None
    _said: bool = False

    @classmethod
    def open(cls, desk: Desk, path: Path, *, password: str | None = None, folder: Path | None = None) -> "Bringing":
        """Open a file and recognise it if one of the maps, the shop's own first, knows its header.

        Raises ``ImportRefused``.
        """
        made = cls(desk, read_file(path, password), (folder or desk.store.path.parent) / "imports")
        if (choice := choose_map(made.table, made._maps())) is not None:
            made.table, made.map = made.table.under(choice.header_row), choice.map
        return made

    @property
    def said_by_hand(self) -> bool:
        """Whether a person said what the columns mean, now or for an earlier file of this header."""
        return self.map is not None and bool(self.map.header)

    def read_by(self, name: str) -> None:
        """Use the map of this name, or in this file; ``generic`` guesses. Raises ``ImportRefused``."""
        if name == GENERIC:
            guess = suggest(self.table.header, self.table.sample)
            self.mean(guess.pairs, date_order=guess.date_order)
            return
        chosen = {map_.id: map_ for map_ in self._maps()}.get(name) or read_map(Path(name))
        if (choice := choose_map(self.table, [chosen])) is not None:
            self.table = self.table.under(choice.header_row)
        self.map, self._said = chosen, False

    def mean(self, pairs: Sequence[tuple[str, str]], *, date_order: str = "") -> None:
        """Say what the columns mean. Raises ``ImportRefused``."""
        self.map, self._said = from_pairs(pairs, self.table.header, date_order=date_order), True

    def look_ahead(
        self, progress: Progress = lambda done, total: None, cancelled: Cancelled = lambda: False
    ) -> Preview:
        """What would change, without a write. Raises ``ImportRefused``."""
        return dry_run(self._job(), Importing(self.desk.store), progress=progress, cancelled=cancelled)

    def apply(
        self,
        progress: Progress = lambda done, total: None,
        cancelled: Cancelled = lambda: False,
        total: int | None = None,
    ) -> Outcome:
        """Bring it in, whole or not at all. Raises ``ImportRefused`` and ``Fault``."""
        stamp = self.desk.stamp()
        rejects = RejectFile(place_for(self.table.path, self.desk.store.path.parent), self.table.header, say)
        outcome = apply(
            self._job(),
            Importing(self.desk.store),
            stamp,
            RunIds(stamp.at, secrets.randbits(48)),
            clock=self.desk.clock,
            rejects=rejects,
            total=total,
            progress=progress,
            cancelled=cancelled,
        )
        self._remember()
        return outcome

    def _maps(self) -> tuple[ColumnMap, ...]:
        return load_maps(shipped("imports"), self.folder)

    def _remember(self) -> None:
        """Keep what a person said about the columns as a map of the shop's own, to be found by the same header."""
        if self.map is None or not self._said:
            return
        name = re.sub(r"[^\w-]+", "-", self.table.path.name.partition(".")[0]).strip("-") or "file"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        known = next((map_.id for map_ in load_maps(self.folder) if map_.header == self.map.header), None)
        path = self.folder / f"{known or f'{name}-{self.map.header[:6]}'}.toml"
        path.write_text(f"# {say('own_map', name=self.table.path.name)}\n{to_toml(self.map)}", "utf-8")

    def _job(self) -> Job:
        if self.map is None:
            raise ImportRefused("no_map", header=", ".join(self.table.header[:6]))
        shop = self.desk.settings.shop
        return Job(self.table, self.map, Defaults(shop.currency, self.desk.zone), Language(shop.language))
