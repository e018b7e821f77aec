"""Themes can be read, and colour is never the only sign."""

import pytest

from cxdesk.domain.records import Ticket
from cxdesk.domain.views import QueueRow, Section
from cxdesk.domain.words import Channel, Emotion, Language, Priority, Status
from cxdesk.i18n import t, use
from cxdesk.settings import THEMES as CHOICES
from cxdesk.widgets.bars import key_line
from cxdesk.widgets.lines import width_of
from cxdesk.widgets.look import PALETTES, ROLES, THEMES
from cxdesk.widgets.rows import heading, queue_line
from tests.screens.hands import NOW

MINUTE = 60_000
READABLE = [name for name in PALETTES if name != "terminal"]
"""The terminal's own colours are whatever their owner made them."""


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("back", ["back", "bar", "cursor"])
def test_every_role_can_be_read_on_every_background(name: str, back: str) -> None:
    palette = PALETTES[name]
    weak = {role: round(found, 2) for role in ROLES if (found := _contrast(palette[role], palette[back])) < 4.5}
    assert not weak


@pytest.mark.parametrize("name", READABLE)
def test_the_row_under_the_cursor_differs_from_the_rest_by_more_than_its_bar(name: str) -> None:
    assert PALETTES[name]["cursor"] != PALETTES[name]["back"]


def test_every_theme_colours_every_role() -> None:
    assert set(PALETTES) == set(THEMES) == set(CHOICES)
    for palette in PALETTES.values():
        assert set(ROLES) | {"cursor", "back", "bar", "edge"} == set(palette)


def _ticket(**fields: object) -> Ticket:
    return Ticket("t", 1001, Channel.PHONE, NOW, NOW, NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("width", [36, 54, 78])
def test_a_late_row_has_a_mark_and_a_heading_besides_its_colour(lang: Language, width: int) -> None:
    use(lang)
    ticket = _ticket(quoted_from=NOW, quoted_until=NOW + 10 * MINUTE)
    early, late = (queue_line(QueueRow(ticket, "김민지", None), None, NOW + m * MINUTE, width) for m in (1, 11))
    assert "!" not in "".join(text for text, _ in early)
    assert "!" in "".join(text for text, _ in late)
    assert t("queue.late", n=1) in "".join(text for text, _ in heading(Section.LATE, 1, width))
    assert width_of(late) <= width


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("emotion", list(Emotion))
@pytest.mark.parametrize("priority", list(Priority))
def test_a_row_keeps_its_columns_whatever_stands_in_them(lang: Language, emotion: Emotion, priority: Priority) -> None:
    """The mark of a late row stands in the same cell for every name, feeling and priority."""
    use(lang)
    ticket = _ticket(
        quoted_from=NOW, quoted_until=NOW + MINUTE, emotion=emotion, intensity=3, priority=priority
    )  # fmt: skip
    columns = set()
    for name in ("김", "김민지", "남궁빛나라", "Bartholomew Featherstonehaugh", None):
        spans = queue_line(QueueRow(ticket, name, None), None, NOW + 99 * MINUTE, 36)
        columns.add(width_of((("".join(text for text, _ in spans).split("!")[0], ""),)))
        assert width_of(spans) <= 36
    assert len(columns) == 1


@pytest.mark.parametrize("minutes", [0, 59, 60, 23 * 60, 24 * 60, 999 * 24 * 60])
@pytest.mark.parametrize("lang", list(Language))
def test_a_held_row_says_its_unit(lang: Language, minutes: int) -> None:
    use(lang)
    ticket = _ticket(status=Status.PENDING, hold_until=NOW + minutes * MINUTE)
    line = "".join(text for text, _ in queue_line(QueueRow(ticket, "김민지", "이서준"), None, NOW, 60))
    unit = "minutes" if minutes < 60 else "hours" if minutes < 24 * 60 else "days"
    count = minutes if minutes < 60 else minutes // 60 if minutes < 24 * 60 else minutes // 1440
    assert t(f"queue.{unit}", n=count) in line


def test_the_key_bar_leaves_out_whole_hints_and_keeps_the_last() -> None:
    hints = [("a", "first", True), ("b", "second", False), ("z", "undo", True)]
    for width in range(8, 60):
        line = key_line(hints, width)
        text = "".join(part for part, _ in line)
        assert width_of(line) <= width
        assert "undo" in text
        assert ("second" in text) is (" b " in text)
    assert key_line([], 10) == ()
