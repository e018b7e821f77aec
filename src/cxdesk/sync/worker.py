"""The thread that keeps one desk in step with its server, woken by what is done here, by the server, or by time.

The screen never waits for it. It says what changed and how things stand through two callbacks, from its own thread.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import httpx

from cxdesk.protocol.exchange import FileTrouble, Touched
from cxdesk.sync.backoff import Backoff
from cxdesk.sync.cycle import cycle
from cxdesk.sync.ports import Replica
from cxdesk.sync.session import LoginNeeded, Session, TokenKeeper
from cxdesk.sync.status import Event, State, Status, after
from cxdesk.sync.transport import Problem, Stranger, Transport, Unreachable

__all__ = ["FAILURES", "Worker", "failure_of", "run_once"]

T = TypeVar("T")

IDLE_LIVE, IDLE_POLL = 60.0, 5.0
"""Seconds until the server is asked again: while it says by itself when there is something, and while it does not."""
QUIET_AFTER, IDLE_QUIET = 300.0, 30.0
"""Where nothing was done for so long, it is asked less often."""
FILE_BUSY = 2.0
"""Seconds until a file that somebody writes to, such as an import, is tried again."""
GATHER = 0.1
"""Seconds in which what happens together is sent together."""


def failure_of(error: Exception) -> tuple[Event, str, float | None]:
    """What a failure means: the event, the name of the problem, and when the server wants to be asked again."""
    match error:
        case Stranger():
            return Event.STRANGER, "", None
        case LoginNeeded():
            return Event.UNAUTHORISED, error.reason, None
        case Problem() if error.status == 426:
            return Event.OUTDATED, error.name, error.retry_after
        case Problem() if error.status == 401 or error.name == "device-forked":
            return Event.UNAUTHORISED, error.name, error.retry_after
        case Problem():
            return Event.REFUSED, error.name, error.retry_after
        case FileTrouble() if error.passing:
            return Event.BEGUN, "", FILE_BUSY
        case FileTrouble():
            return Event.REFUSED, error.code, None
        case Unreachable():
            return Event.UNREACHABLE, error.reason, error.retry_after
    raise error


FAILURES = (Stranger, LoginNeeded, Problem, Unreachable, FileTrouble)


async def run_once(
    replica: Replica,
    http: httpx.AsyncClient,
    tokens: TokenKeeper,
    clock: Callable[[], int],
    tell: Callable[[Touched], None],
    progress: Callable[[int, int], None],
) -> Status:
    """One sync from the first request to the last, and how things stand after it."""
    member = replica.membership
    status = Status()
    if member is None:
        await http.aclose()
        return status
    transport = Transport(member.url, http, clock, member.server)
    try:
        await cycle(Session(transport, member.device, tokens, clock), replica, clock, tell, progress)
        event, detail = Event.DONE, ""
    except FAILURES as error:
        event, detail, _ = failure_of(error)
    finally:
        await http.aclose()
    return replace(after(replace(status, offset=transport.offset), event, clock(), detail), pending=replica.pending())


async def _within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event, at most so long; whether it came."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


class Worker:
    """Syncs until it is stopped. ``open_replica`` and ``open_client`` are called on its thread."""

    def __init__(
        self,
        open_replica: Callable[[], Replica],
        open_client: Callable[[], httpx.AsyncClient],
        tokens: TokenKeeper,
        *,
        clock: Callable[[], int],
        tell: Callable[[Touched], None],
        show: Callable[[Status], None],
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._open_replica, self._open_client, self._tokens = open_replica, open_client, tokens
        self._clock, self._tell, self._show, self._dice = clock, tell, show, dice
        self.status = Status()
        self.error: Exception | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: Session | None = None
        self._wake = asyncio.Event()
        self._asked = asyncio.Event()
        self._leaving = asyncio.Event()
        self._in_touch = asyncio.Event()
        self._live = False
        self._busy_at = time.monotonic()

    # -- from any thread

    def ask(self, question: Callable[[Session], Coroutine[Any, Any, T]]) -> T:
        """What somebody at this desk asks of the server, on the thread of the sync and in its name; waits for it.

        Raises one of ``FAILURES``; ``Unreachable`` while the thread has not begun.
        """
        loop, session = self._loop, self._session
        if loop is None or session is None or loop.is_closed():
            raise Unreachable("not_begun")
        return asyncio.run_coroutine_threadsafe(question(session), loop).result()

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to send, or somebody wants to know at once."""
        self._busy_at = time.monotonic()
        self._call(self._wake.set)

    def retry(self) -> None:
        """Somebody asks for it, perhaps because they did what was in the way: now, and not when it was due again."""
        self._busy_at = time.monotonic()
        self._call(self._asked.set)
        self._call(self._wake.set)

    def stop(self, timeout: float = 5.0) -> None:
        """End: a request under way is given up, a transaction under way is finished."""
        self._call(self._leaving.set)
        if self._thread is not None:
            self._thread.join(timeout)

    def _call(self, what: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(what)

    # -- on its own

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except Exception as error:  # a traceback would tear the screen: it is kept, and the top line names it
            self.error = error
            self.status = after(self.status, Event.REFUSED, self._clock(), type(error).__name__)
            self._show(self.status)

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        replica = self._open_replica()
        http = self._open_client()
        try:
            member = replica.membership
            if member is None:
                return
            transport = Transport(member.url, http, self._clock, member.server)
            session = self._session = Session(transport, member.device, self._tokens, self._clock)
            working = asyncio.create_task(self._work(session, replica))
            listening = asyncio.create_task(self._listen(session))
            leaving = asyncio.create_task(self._left())
            done, _ = await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            for task in (working, listening, leaving):
                task.cancel()
            await asyncio.gather(working, listening, leaving, return_exceptions=True)
            for task in done:
                task.result()
        finally:
            await http.aclose()
            replica.close()

    async def _left(self) -> None:
        await self._leaving.wait()

    async def _work(self, session: Session, replica: Replica) -> None:
        backoff = Backoff()
        while True:
            self._wake.clear()
            self._asked.clear()
            try:
                self._say(Event.BEGUN, replica)
                await cycle(session, replica, self._clock, partial(self._heard, replica), self._progress)
            except FAILURES as error:
                event, detail, wait = failure_of(error)
                backoff = backoff.failed(time.monotonic(), self._dice(), wait)
                self._in_touch.clear()
                self._say(event, replica, detail)
            else:
                backoff = backoff.succeeded()
                self._in_touch.set()
                self.status = replace(self.status, offset=session.transport.offset, done=0, total=0)
                self._say(Event.DONE, replica)
            await self._pause(backoff)

    async def _pause(self, backoff: Backoff) -> None:
        """Until there is something to do, and never before the server may be asked again."""
        if backoff.failures:
            await _within(self._asked, backoff.wait(time.monotonic()))
            return
        quiet = time.monotonic() - self._busy_at > QUIET_AFTER
        idle = IDLE_LIVE if self._live else IDLE_QUIET if quiet else IDLE_POLL
        if await _within(self._wake, idle):
            await asyncio.sleep(GATHER)

    async def _listen(self, session: Session) -> None:
        """Be woken by the server, while it can be reached. Whether it can is for ``_work`` to find out."""
        backoff = Backoff()
        while True:
            await self._in_touch.wait()
            try:
                await session.be_known()
                async for _ in session.transport.live():
                    self._live, backoff = True, backoff.succeeded()
                    self._wake.set()
            except FAILURES as error:
                backoff = backoff.failed(time.monotonic(), self._dice(), failure_of(error)[2])
            if self._live:
                self._live = False
                self._wake.set()
            await asyncio.sleep(max(1.0, backoff.wait(time.monotonic())))

    def _heard(self, replica: Replica, touched: Touched) -> None:
        """Something was answered or came in: what still waits is told with it."""
        self._tell(touched)
        self.status = replace(self.status, pending=replica.pending())
        self._show(self.status)

    def _progress(self, done: int, total: int) -> None:
        self.status = replace(self.status, state=State.SYNCING, done=done, total=total)
        self._show(self.status)

    def _say(self, event: Event, replica: Replica, detail: str = "") -> None:
        pending = replica.pending()
        self.status = replace(after(self.status, event, self._clock(), detail), pending=pending)
        self._show(self.status)
