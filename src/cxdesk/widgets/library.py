"""How lines to say look in the library: a row each, and one in full."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from textual.events import Resize

from cxdesk.domain.outcomes import FEW, Tally
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic
from cxdesk.i18n import t
from cxdesk.widgets.bars import between
from cxdesk.widgets.lines import Line, column, fit, paragraph, width_of
from cxdesk.widgets.paint import Painted

__all__ = [
    "LibraryList",
    "LibraryPage",
    "Script",
    "Told",
    "for_whom",
    "library_head",
    "library_rows",
    "line_page",
]


class Script(Protocol):
    """A line to say, as far as it is drawn."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def stage(self) -> Stage: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def emotions(self) -> frozenset[Emotion]: ...  # noqa: D102
    @property
    def topics(self) -> frozenset[Topic]: ...  # noqa: D102
    @property
    def segments(self) -> frozenset[Segment]: ...  # noqa: D102
    @property
    def form(self) -> str | None: ...  # noqa: D102
    @property
    def when(self) -> str | None: ...  # noqa: D102
    @property
    def hidden(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Told:
    """A line, what the customer on screen would hear (``filled``) or an invented one (``example``), and its record."""

    line: Script
    filled: str | None
    example: str | None
    own: bool
    shipped: str | None
    tally: Tally


def library_head(
    lang: Language,
    stage: Stage | None,
    emotion: Emotion | None,
    topic: Topic | None,
    place: tuple[int, int],
    width: int,
) -> Line:
    """What is shown, by which keys that changes, and where the cursor is; in little room one stage is named."""
    filters: Line = (
        ("  h ", "key"),
        (t(f"emotion.{emotion}" if emotion else "lines.key.emotion"), _lit(emotion)),
        ("  v ", "key"),
        (t(f"topic.{topic}" if topic else "lines.key.topic"), _lit(topic)),
    )
    at: Line = ((f"{place[0]:,}/{place[1]:,} ", "dim"),)
    language: Line = ((" l ", "key"), (t(f"lines.lang.{lang}"), "accent"))
    head = (*language, *_stages(stage, named=True), *filters)
    if width_of(head) + width_of(at) >= width:
        head = (*language, *_stages(stage, named=False), *filters)
    return between(head, at, width)


def _stages(chosen: Stage | None, *, named: bool) -> Line:
    spans: list[tuple[str, str]] = []
    for number, one in enumerate(Stage, 1):
        spans.append((f"  {number}", "key"))
        if named or one is chosen:
            spans.append((f" {t(f'stage.{one}')}", "accent" if one is chosen else "dim"))
    return tuple(spans)


def _lit(chosen: object) -> str:
    return "accent" if chosen else "dim"


def library_rows(shown: Sequence[Told], at: int, width: int, *, stages: bool) -> list[Line]:
    """One row a line, the cursor at row ``at``; ``stages`` says each line's stage."""
    if not shown:
        return paragraph(t("lines.none"), "dim", width, indent=" ")
    return [_row(told, width, here=row == at, stage=stages) for row, told in enumerate(shown)]


def _row(told: Told, width: int, *, here: bool, stage: bool) -> Line:
    mark = "–" if told.line.hidden else "＊" if told.own else ""
    stages: Line = ((column(t(f"stage.{told.line.stage}"), 12), "dim"),) if stage else ()
    said = " ".join((told.filled or told.line.text).split())
    role = "dim" if told.line.hidden or told.filled is None else "strong" if here else "text"
    return fit((("▌" if here else " ", "accent"), (column(mark, 3), "warn"), *stages, (said, role)), width)


def line_page(told: Told, width: int) -> list[Line]:
    """One line in full: as it would be said, whom it is for, how it fared, and its own words."""
    lines: list[Line] = []
    if told.filled is not None:
        lines += paragraph(told.filled, "ours", width)
    else:
        lines += paragraph(t("lines.unknown"), "warn", width)
        lines += paragraph(told.example or told.line.text, "text", width)
    lines += paragraph(for_whom(told.line), "accent", width)
    lines += paragraph(_fared(told.tally), "text" if told.tally.known >= FEW else "dim", width)
    lines += paragraph(_whose(told), "dim", width)
    if told.line.text not in (told.filled, told.example):
        lines += paragraph(told.line.text, "dim", width)
    if told.own and told.shipped is not None and told.shipped != told.line.text:
        lines += paragraph(t("lines.shipped_text", text=told.shipped), "dim", width)
    return lines


def for_whom(line: Script) -> str:
    """Whom and what a line is for, in words."""
    parts = [t(f"stage.{line.stage}")]
    for family, words, order in (
        ("emotion", line.emotions, Emotion),
        ("topic", line.topics, Topic),
        ("segment", line.segments, Segment),
    ):
        parts += _labels(family, words, order)
    parts += [t(f"form.{line.form}")] if line.form else []
    parts += [t(f"when.{line.when}")] if line.when else []
    return " · ".join(parts if len(parts) > 1 else [*parts, t("lines.for_anyone")])


def _labels(
    family: str, words: frozenset[Emotion] | frozenset[Topic] | frozenset[Segment], order: Iterable[str]
) -> list[str]:
    return [t(f"{family}.{one}") for one in order if one in words]


def _fared(tally: Tally) -> str:
    """How often it was said and what became of it; no share while there are too few to say."""
    if not tally.said:
        return t("lines.never_said")
    if tally.share is None:
        return t("lines.too_few", n=tally.said, known=tally.known)
    return t("lines.fared", n=tally.said, known=tally.known, good=tally.good, percent=round(100 * tally.share))


def _whose(told: Told) -> str:
    whose = "shipped" if not told.own else "reworded" if told.shipped is not None else "own"
    hidden = " · " + t("lines.is_hidden") if told.line.hidden else ""
    return f"{t(f'lines.is_{whose}')}{hidden} · {told.line.id}"


class LibraryList(Painted):
    """The lines; the one under the cursor stays in sight."""

    def __init__(self, draw: Callable[[int, int], list[Line]], *, id: str) -> None:
        super().__init__(id=id)
        self._draw = draw

    def lines_for(self, width: int) -> list[Line]:
        """As many rows as there is room for."""
        return self._draw(width, max(1, self.size.height))

    def on_resize(self, event: Resize) -> None:
        """Another height shows other rows, too."""
        self.lay_out()


class LibraryPage(Painted):
    """What is known of the line under the cursor."""

    def __init__(self, draw: Callable[[int], list[Line]], *, id: str) -> None:
        super().__init__(id=id)
        self._draw = draw

    def lines_for(self, width: int) -> list[Line]:
        """The page in this width."""
        return self._draw(width)
