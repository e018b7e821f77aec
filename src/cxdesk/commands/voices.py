"""``cxdesk voices``: the themes of what customers say, by stage, with what they weigh and whether they grow."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cxdesk.commands.desk import reading
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import as_row
from cxdesk.domain.voice_views import Card
from cxdesk.i18n import t
from cxdesk.widgets.voices import COLUMNS, card_line

__all__ = ["run"]

_WIDTH = 110


def run(options: Namespace) -> int:
    """Read the file and print the board."""
    with reading(options) as desk:
        board = desk.voices.board()
    if options.json:
        data = {stage: [_as_json(card) for card in board.columns[stage]] for stage in COLUMNS}
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0
    lines = []
    for stage in COLUMNS:
        cards = board.columns[stage]
        lines.append(f"{t(f'theme.stage.{stage}')} {len(cards)}")
        lines += ["".join(text for text, _ in card_line(card, _WIDTH)) for card in cards]
    print("\n".join(inert_line(line, 1000) for line in lines))
    return 0


def _as_json(card: Card) -> dict[str, Any]:
    """A theme with every figure its place on the board rests on."""
    return as_row(card.theme) | {
        "number": card.number,
        "weight": asdict(card.weight),
        "impact": asdict(card.impact) | {"score": card.impact.score},
        "level": asdict(card.level),
        "quick_win": card.quick,
        "overdue": card.late,
    }
