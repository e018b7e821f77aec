"""``cxdesk connect``, ``disconnect`` and ``sync``: one queue for many desks, without a screen."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from getpass import getpass
from threading import Event

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.desk.result import Refused
from cxdesk.domain.inert import inert_line
from cxdesk.i18n import t
from cxdesk.storage.store import Store
from cxdesk.sync.status import State, Status

__all__ = ["run", "sentence"]

_IN_STEP = (State.ONLINE, State.CLOCK)


def run(options: Namespace) -> int:
    """Exit code 1 when the desk is not in step afterwards."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    with Store.open(folder) as store:
        desk = open_desk(store, settings, places.now)
        try:
            return _COMMANDS[options.command](desk, options)
        except Refused as refused:
            print(t(f"refused.{refused.code}", **refused.values), file=sys.stderr)
            return 1


def sentence(status: Status) -> str:
    """How a desk stands, in words."""
    seconds = abs(status.offset) // 1000
    return t(f"sync.state.{status.state}", n=status.pending, s=seconds, detail=status.detail)


def _connect(desk: Desk, options: Namespace) -> int:
    code = options.code or input(t("connect.ask_code"))
    secrets = desk.syncing.secrets
    asked = secrets.needs_passphrase and not secrets.has_passphrase
    passphrase = getpass(t("connect.ask_passphrase")) if asked else None
    name = options.name or (desk.agent.name if desk.agent else "cxdesk")
    member = desk.syncing.connect(options.url, code, name, passphrase)
    print(t("connect.connected", shop=inert_line(member.shop_name or member.url)))
    return _once(desk, options)


def _disconnect(desk: Desk, _options: Namespace) -> int:
    desk.syncing.disconnect()
    print(t("connect.left"))
    return 0


def _sync(desk: Desk, options: Namespace) -> int:
    if desk.syncing.membership is None:
        print(t("connect.alone"), file=sys.stderr)
        return 1
    if desk.syncing.secrets.locked and not desk.syncing.secrets.has_passphrase:
        desk.syncing.secrets.unlock(getpass(t("connect.ask_passphrase_again")))
    return _once(desk, options) if options.once else _stay(desk, options)


def _once(desk: Desk, options: Namespace) -> int:
    def progress(done: int, total: int) -> None:
        if total and not options.json:
            print(t("sync.progress", done=done, total=total), file=sys.stderr)

    status = desk.syncing.sync_now(lambda _touched: None, progress)
    _print(status, options)
    return 0 if status.state in _IN_STEP else 1


def _stay(desk: Desk, options: Namespace) -> int:
    """Until Ctrl+C; a line whenever the desk stands otherwise than before."""
    last: list[str] = []

    def show(status: Status) -> None:
        said = sentence(status)
        if status.state is not State.SYNCING and [said] != last:
            last[:] = [said]
            _print(status, options)

    desk.syncing.start(lambda _touched: None, show)
    try:
        Event().wait()
    finally:
        desk.syncing.stop()
    return 0


def _print(status: Status, options: Namespace) -> None:
    print(json.dumps(asdict(status), ensure_ascii=False) if options.json else sentence(status), flush=True)


_COMMANDS = {"connect": _connect, "disconnect": _disconnect, "sync": _sync}
