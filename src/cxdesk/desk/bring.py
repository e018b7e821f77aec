"""Bringing a file in, as the command line and the screen both do it: open, choose a map, look ahead, apply."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdesk.desk.desk import Desk
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.imports.choose import choose_map, from_pairs
from cxdesk.imports.convert import Defaults
from cxdesk.imports.ids import RunIds
from cxdesk.imports.maps import ColumnMap, load_maps, read_map
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.rejects import RejectFile, place_for
from cxdesk.imports.run import Job, Outcome, Preview, apply, dry_run
from cxdesk.imports.table import Table, read_file
from cxdesk.settings import shipped
from cxdesk.storage.bulk import Importing

__all__ = ["Bringing", "say"]

Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


def say(code: str, /, **values: object) -> str:
    """The sentence of an import's reason."""
    return t(f"import.{code}", **values)


@dataclass
class Bringing:
    """One file on its way in. ``map`` is ``None`` while nobody has said what its columns mean."""

    desk: Desk
    table: Table
    map: ColumnMap | None = None

    @classmethod
    def open(cls, desk: Desk, path: Path, *, password: str | None = None) -> "Bringing":
        """Open a file and recognise it if one of the maps, the shop's own first, knows its header.

        Raises ``ImportRefused``.
        """
        table = read_file(path, password)
        own = desk.store.path.parent / "imports"
        choice = choose_map(table, load_maps(shipped("imports"), own))
        if choice is None:
            return cls(desk, table)
        return cls(desk, table.under(choice.header_row), choice.map)

    def read_by(self, name: str) -> None:
        """Use the map of this name, or in this file. Raises ``ImportRefused``."""
        maps = {map_.id: map_ for map_ in load_maps(shipped("imports"), self.desk.store.path.parent / "imports")}
        chosen = maps.get(name) or read_map(Path(name))
        choice = choose_map(self.table, [chosen])
        self.map = chosen
        if choice is not None:
            self.table = self.table.under(choice.header_row)

    def mean(self, pairs: Sequence[tuple[str, str]], *, date_order: str = "") -> None:
        """Say what the columns mean. Raises ``ImportRefused``."""
        self.map = from_pairs(pairs, self.table.header, date_order=date_order)

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
        folder = self.desk.store.path.parent
        rejects = RejectFile(place_for(self.table.path, folder), self.table.header, say)
        return apply(
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

    def _job(self) -> Job:
        if self.map is None:
            raise ImportRefused("no_map", header=", ".join(self.table.header[:6]))
        shop = self.desk.settings.shop
        return Job(self.table, self.map, Defaults(shop.currency, self.desk.zone), Language(shop.language))
