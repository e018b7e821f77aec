"""The golden vectors: what goes in and what must come out, one idea a file, for anybody's implementation.

``merge``: ``ops`` are joined into ``rows`` in the given order, or in any; then the rows are ``after`` and the values in
``lost`` (table, id, field, value, operation) are in the history.

``admit``: a server with these ``rows`` hears each step's operation at its ``now``. It answers ``results`` (without
``seq``), writes ``log`` and then has the rows ``after``. Its own id is ``server``, a lease lasts 600,000 ms, and the
next free number of a ticket is one more than the greatest.
"""

import json
from pathlib import Path
from typing import Any

from cxdesk.protocol.rows import Entity, from_wire

__all__ = ["Vector", "entities", "vectors"]

Vector = dict[str, Any]


def vectors(rule: str) -> dict[str, Vector]:
    """The vectors of one rule by their names."""
    files = sorted((Path(__file__).parent / "vectors").glob("*.json"))
    found = {file.stem: json.loads(file.read_text("utf-8")) for file in files}
    return {name: vector for name, vector in found.items() if vector["rule"] == rule}


def entities(lines: list[dict[str, Any]]) -> dict[tuple[str, str], Entity]:
    """The rows that lines of a snapshot say."""
    return {(line["ent"], line["id"]): from_wire(line) for line in lines}
