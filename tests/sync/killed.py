"""A desk that works and syncs until it is killed, again and again: ``python -m tests.sync.killed FOLDER``.

A line on standard input, a seed and how many milliseconds to live, is one life, in a process forked from this one. The
desk prints every note once it is on the disk. Now and then it kills itself between merging a page and keeping the
cursor.
"""

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from cxdesk import places
from cxdesk.desk import Desk
from cxdesk.desk.syncing import Syncing
from cxdesk.settings import Settings
from cxdesk.storage import replica, secrets
from cxdesk.storage.store import Store

OVER = "-- over"
_keep = vars(replica)["keep"]


def main() -> None:
    hurry()
    for line in sys.stdin:
        seed, ms = map(int, line.split())
        life = os.fork()
        if not life:
            live(Path(sys.argv[1]), random.Random(seed))
        end = time.monotonic() + ms / 1000
        while os.waitpid(life, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                with suppress(ProcessLookupError):
                    os.kill(life, signal.SIGKILL)
            time.sleep(0.005)
        print(f"\n{OVER}", flush=True)


def hurry() -> None:
    """Make keys from passphrases quickly: here it is not about guessing them."""
    for name, value in {"_MEMORY_KIB": 8, "_PASSES": 1, "_LANES": 1}.items():
        setattr(secrets, name, value)


def live(folder: Path, dice: random.Random) -> None:
    def keep(*given: object) -> None:
        if dice.random() < 0.03:
            os.kill(os.getpid(), signal.SIGKILL)
        _keep(*given)

    setattr(replica, "keep", keep)  # noqa: B010 - not a name that the module exports
    with Store.open(folder) as store:
        desk = Desk(store, Settings(), clock=places.now, mint=places.mint)
        syncing = Syncing(desk)
        (ticket,) = desk.db.execute("SELECT id FROM ticket LIMIT 1").fetchone()
        while True:
            for _ in range(dice.randrange(1, 6)):
                said = f"note {places.mint()}"
                desk.note(ticket, said)
                print(said, flush=True)
            syncing.sync_now(lambda _touched: None, lambda _done, _total: None)


if __name__ == "__main__":
    main()
