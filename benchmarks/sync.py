"""How long a shop's history takes to get to the shared desk and to a new one: ``python -m benchmarks.sync``.

A desk brings in an export of a shop program and connects to a server on this machine (SQLite); its history is sent.
Then an empty desk joins and is cut off twenty times on its way. Printed are wall seconds, CPU seconds of the desk alone
(what is left when other programs share the machine), rows per second, and whether every row is the same.
"""

import argparse
import os
import re
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cxdesk import places
from cxdesk.desk import Desk
from cxdesk.desk.bring import Bringing
from cxdesk.protocol.exchange import Touched
from cxdesk.settings import Settings
from cxdesk.storage.store import Store
from cxdesk.sync.status import State

TABLES = ("customer", "identity", "purchase")
HEAD = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem discount,Billing Name,Billing Address1,Billing City,Phone,Cancelled at\n"
)


class Cut(Exception):
    """The network is gone, in the middle of everything."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--customers", type=int, default=5_000)
    arguments.add_argument("--events", type=int, default=3, help="orders of each customer")
    arguments.add_argument("--cuts", type=int, default=20)
    chosen = arguments.parse_args()
    os.environ["CXDESK_PASSPHRASE"] = secrets.token_hex()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server, url, code = serving(folder / "server")
        try:
            first = folder / "first"
            with Store.open(first) as store:
                Bringing.open(desk_at(store), generated(folder / "orders.csv", chosen.customers, chosen.events)).apply()
                waiting = desk_at(store).syncing.pending
                desk_at(store).syncing.connect(url, code, "first")
                measured("history sent", waiting, lambda: whole(store))
            measured(
                "history received",
                waiting,
                lambda: joined(folder / "second", url, another(first), chosen.cuts, waiting),
            )
            print("rows are the same:", rows(first) == rows(folder / "second"))
        finally:
            server.terminate()
            server.wait()


def serving(folder: Path) -> tuple["subprocess.Popen[str]", str, str]:
    """A server in a process of its own, where it is, and the code for the first desk."""
    command = [sys.executable, "-m", "cxdesk", "serve", "--lang", "en", "--data", str(folder)]
    process = subprocess.Popen([*command, "--port", "0", "--new-shop", "Shop"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = ""
    while "http://" not in said:
        said += process.stdout.readline()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", said)
    url = re.search(r"http://[\d.:]+", said)
    assert code is not None
    assert url is not None
    return process, url[0], code[0]


def generated(path: Path, customers: int, events: int) -> Path:
    """An export with so many orders of each of so many customers."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(customers * events):
            guest = n % customers
            file.write(
                f"#{n},guest{guest}@example.com,paid,x,fulfilled,USD,{n}.00,2025-12-06 10:37:33 -0500,1,Mug {n % 500},"
                f"{n}.00,0,Guest {guest},{guest} Main St,Boston,,\n"
            )
    return path


def desk_at(store: Store) -> Desk:
    return Desk(store, Settings(), clock=places.now, mint=places.mint)


def whole(store: Store, heard: Callable[[Touched], None] = lambda _touched: None) -> None:
    """One sync to its end."""
    status = desk_at(store).syncing.sync_now(heard, lambda _done, _total: None)
    assert status.state in (State.ONLINE, State.CLOCK), status


def joined(folder: Path, url: str, code: str, cuts: int, rows_in_all: int) -> None:
    """A new desk that is cut off so many times before it has everything."""
    with Store.open(folder) as store:
        desk_at(store).syncing.connect(url, code, "second")
    for n in range(cuts):
        came = 0

        def heard(touched: Touched) -> None:
            nonlocal came
            came += len(touched)
            if came > rows_in_all // (cuts + 1):
                raise Cut

        with Store.open(folder) as store:
            try:
                whole(store, heard)
            except Cut:
                continue
            print(f"everything had come after {n} cuts")
            return
    with Store.open(folder) as store:
        whole(store)


def another(folder: Path) -> str:
    """A code for one more desk, asked for by one that is there."""
    import asyncio

    from cxdesk.sync.session import Session
    from cxdesk.sync.transport import Transport, client

    async def asked(desk: Desk) -> str:
        member = desk.syncing.membership
        assert member is not None
        transport = Transport(member.url, client(), places.now, member.server)
        session = Session(transport, member.device, desk.syncing.secrets, places.now)
        store = (await session.ask("GET", "/v1/devices")).json()["devices"][0]["store"]
        answer = await session.ask("POST", "/v1/devices", body={"store": store, "role": "agent"})
        await transport.close()
        return str(answer.json()["code"])

    with Store.open(folder) as store:
        return asyncio.run(asked(desk_at(store)))


def measured(what: str, count: int, act: Callable[[], None]) -> None:
    began, spent = time.perf_counter(), cpu()
    act()
    wall, used = time.perf_counter() - began, cpu() - spent
    print(f"{what}: {count} operations, {wall:.1f} s wall, {used:.1f} s CPU here, {count / wall:.0f} a second")


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(folder, write=False) as store:
        return {t: store.db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in TABLES}  # noqa: S608


if __name__ == "__main__":
    main()
