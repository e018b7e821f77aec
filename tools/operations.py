"""Writes the example of ``docs/protocol-operations.md``: what a short day puts into the outbox, operation by operation.

``python tools/operations.py --write``. Time and ids are made up, so the text is the same every time; a test compares.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from cxdesk.desk import Desk
from cxdesk.domain.ids import uuid7
from cxdesk.domain.words import Channel, Language, Topic
from cxdesk.settings import Settings
from cxdesk.storage.store import Store

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "protocol-operations.md"
BEGIN, END = "<!-- example:begin -->", "<!-- example:end -->"
_START = 1_790_000_000_000


def example() -> str:
    """The operations of each act under its name, as they lie in the outbox."""
    now = 0
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        desk = Desk(store, Settings(), clock=lambda: _START + 1000 * now, mint=_counting())
        desk.sign_in("이서준")
        known = _newest(store)
        parts = []
        for now, (title, act) in enumerate(_day(desk), 1):  # noqa: B007 - the clock reads it
            act()
            lines = [body for (body,) in store.db.execute("SELECT body FROM outbox WHERE n > ? ORDER BY n", (known,))]
            known = _newest(store)
            parts.append(f"**{title}**\n\n```json\n" + "\n".join(map(_spaced, lines)) + "\n```\n")
        return "\n".join(parts)


def _day(desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    def arrive() -> None:
        customer, edits = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
        desk.arrive(Channel.PHONE, customer=customer, topic=Topic.DELIVERY, also=edits)

    def ticket() -> str:
        return str(desk.db.execute("SELECT id FROM ticket").fetchone()[0])

    def customer() -> str:
        return str(desk.db.execute("SELECT id FROM customer").fetchone()[0])

    return [
        ("A caller nobody knows yet", arrive),
        ("Taking the ticket", lambda: desk.take([ticket()])),
        ("Two stages on: a field that is not part of a ticket's state", lambda: desk.step([ticket()], 2)),
        ("A preference", lambda: desk.people.remember(customer(), "사이즈: M", ticket())),
        ("A corrected name", lambda: desk.people.rename(customer(), "김민지 (민지네)")),
        ("A tag, and taking it off again", lambda: (desk.toggle_tag([ticket()], "재발송"), desk.undo())),
        ("Resolving", lambda: desk.resolve([ticket()])),
    ]


def _newest(store: Store) -> int:
    return int(store.db.execute("SELECT coalesce(max(n), 0) FROM outbox").fetchone()[0])


def _spaced(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False)


def _counting() -> Callable[[], str]:
    numbers = count(1)
    return lambda: uuid7(_START, next(numbers))


def with_example(document: str) -> str:
    """The document with its example up to date."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{example()}\n{END}{after}"


def main() -> None:
    """Print or write the example."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="put it into the document")
    if arguments.parse_args().write:
        DOCUMENT.write_text(with_example(DOCUMENT.read_text("utf-8")), encoding="utf-8")
        print(f"{DOCUMENT.name}: written")
    else:
        print(example())


if __name__ == "__main__":
    main()
