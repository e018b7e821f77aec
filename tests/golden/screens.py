"""The demo shop at a moment that never changes, and the screens that are kept of it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from cxdesk.demo.shop import build, fill
from cxdesk.desk import Desk
from cxdesk.domain.changes import Stamp
from cxdesk.domain.records import Agent
from cxdesk.domain.words import Language
from cxdesk.settings import Settings
from cxdesk.storage.rows import fetch
from cxdesk.storage.store import Store
from tests.screens.hands import NOW, Clock, Hands, Shop, at_desk, minter

__all__ = ["SIZES", "Taken", "demo_file"]

SIZES = ((80, 24), (120, 36), (200, 50))
_SEED = 7


def demo_file(lang: Language, folder: Path) -> Path:
    """The demo shop as it is when its day begins, on a file; what its history teaches of waits has been learned."""
    clock = Clock(NOW)
    shop = build(_SEED, NOW, minter(clock, 2), lang)
    with Store.open(folder) as store:
        for change in fill(shop):
            store.commit(change, Stamp(NOW, None, minter(clock, 3)), undoable=False)
        store.remember("agent", shop.me)
        store.remember("shop", shop.name)
        desk = Desk(store, _settings(store, lang), clock=clock, mint=minter(clock, 4))
        desk.waits.start(store.db, NOW)
        desk.keep_learning()
        desk.agent = fetch(store.db, Agent, "id = ?", shop.me)
        desk.promises.remind()  # said already, so that no picture depends on how long it took
    return folder / "desk.db"


def _settings(store: Store, lang: Language) -> Settings:
    settings = Settings()
    return replace(settings, shop=replace(settings.shop, name=store.recall("shop") or "", language=lang))


@dataclass
class Taken:
    """Opens a fresh copy of the shop for every picture."""

    lang: Language
    file: Path
    folder: Path
    _numbers: "count[int]" = field(default_factory=count)

    @asynccontextmanager
    async def shot(self, size: tuple[int, int], *, empty: bool = False) -> AsyncIterator[Hands]:
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        if not empty:
            shutil.copy(self.file, folder / "desk.db")
        clock = Clock(NOW)
        with Store.open(folder) as store:
            shop = Shop(store, clock, _settings(store, self.lang), minter(clock, 4))
            key = store.recall("agent")
            if key is None:
                shop.sign_in("이서준" if self.lang is Language.KO else "Emma Clarke")
            else:
                shop.desk.agent = fetch(store.db, Agent, "id = ?", key)
            async with at_desk(shop, size=size, lang=self.lang) as hands:
                yield hands
