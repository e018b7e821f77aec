"""The thread that syncs: woken, told to stop, never in the way."""

import asyncio
import shutil
import threading
from pathlib import Path

from cxdesk.desk import Desk
from cxdesk.protocol.exchange import Membership
from cxdesk.settings import Settings
from cxdesk.storage.replica import LocalReplica
from cxdesk.storage.store import Store
from cxdesk.sync.status import State, Status
from cxdesk.sync.transport import client
from cxdesk.sync.worker import Worker
from tests.conftest import Clock, Mint
from tests.sync.desks import Tokens
from tests.sync.proxy import answering, gateway, raw


class Watched:
    """What a worker says, and a way to wait for it."""

    def __init__(self) -> None:
        self.said: list[Status] = []
        self._news = threading.Event()

    def show(self, status: Status) -> None:
        self.said.append(status)
        self._news.set()

    async def until(self, state: State) -> None:
        async with asyncio.timeout(10):
            while not any(status.state is state for status in self.said):
                await asyncio.to_thread(self._news.wait, 1)
                self._news.clear()


def joined(folder: Path, blank: Path, url: str) -> Store:
    folder.mkdir()
    shutil.copy(blank, folder / "desk.db")
    store = Store.open(folder)
    replica = LocalReplica(store, Mint())
    replica.join(Membership(url, "server-1", "epoch-1", "device-1"))
    replica.close()
    return store


def worker(store: Store, watched: Watched, tokens: Tokens) -> Worker:
    return Worker(
        lambda: LocalReplica(store, Mint(seed=9)),
        client,
        tokens,
        clock=Clock(),
        tell=lambda _touched: None,
        show=watched.show,
        dice=lambda: 0.999,
    )


async def test_a_server_that_cannot_answer_is_not_hammered_and_the_thread_ends_when_told(
    tmp_path: Path, blank: Path
) -> None:
    async with gateway(raw(answering(503, b"{}", "Cx-Server: server-1", "Content-Type: application/json"))) as (
        url,
        came,
    ):
        store, watched = joined(tmp_path / "desk", blank, url), Watched()
        syncing = worker(store, watched, Tokens("cxd_r_1"))
        syncing.start()
        await watched.until(State.OFFLINE)
        for _ in range(50):
            syncing.wake()
        await asyncio.to_thread(syncing.stop)
        assert len(came) <= 2  # one to push, one to listen
        assert syncing.error is None
        store.close()


async def test_a_portal_is_called_one(tmp_path: Path, blank: Path) -> None:
    async with gateway(raw(answering(200, b"<html>", "Content-Type: text/html"))) as (url, _):
        store, watched = joined(tmp_path / "desk", blank, url), Watched()
        syncing = worker(store, watched, Tokens("cxd_r_1"))
        syncing.start()
        await watched.until(State.PORTAL)
        await asyncio.to_thread(syncing.stop)
        store.close()


async def test_a_desk_without_its_token_asks_to_be_connected_again(tmp_path: Path, blank: Path) -> None:
    store, watched = joined(tmp_path / "desk", blank, "http://127.0.0.1:9"), Watched()
    syncing = worker(store, watched, Tokens(None))
    syncing.start()
    await watched.until(State.LOGIN)
    await asyncio.to_thread(syncing.stop)
    store.close()


async def test_the_desk_writes_while_the_thread_does(tmp_path: Path, blank: Path) -> None:
    store = joined(tmp_path / "desk", blank, "http://127.0.0.1:9")
    desk = Desk(store, Settings(), clock=Clock(), mint=Mint())
    replica = LocalReplica(store, Mint(seed=3))
    inside, done = threading.Event(), threading.Event()

    def long_page() -> None:
        with store.short_transaction(replica._db):
            inside.set()
            done.wait(5)

    thread = threading.Thread(target=long_page)
    thread.start()
    inside.wait(5)
    assert not store.busy
    threading.Timer(0.2, done.set).start()
    desk.sign_in("이서준")  # waits for the page, and does not fail
    thread.join()
    assert [agent.name for agent in desk.read.agents()] == ["이서준"]
    replica.close()
    store.close()
