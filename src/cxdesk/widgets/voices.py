"""The board of voices as lines: four columns from what was said to who was told, and the matrix of what to do first.

No Textual, for the command line too. A quick win is a star, a rising theme an arrow and a word, never a colour alone.
"""

from collections.abc import Iterable, Sequence

from cxdesk.domain import money
from cxdesk.domain.afterwards import Theme, ThemeStage
from cxdesk.domain.impact import EFFORT, WINDOW_DAYS, WORTH
from cxdesk.domain.levels import Level, Trend
from cxdesk.domain.voice_views import Board, Card
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph, width_of, wrap

__all__ = [
    "COLUMNS",
    "card_line",
    "columns_lines",
    "impact_words",
    "level_words",
    "matrix_lines",
    "tabs_line",
    "theme_line",
]

COLUMNS = (ThemeStage.COLLECT, ThemeStage.ANALYSE, ThemeStage.IMPROVE, ThemeStage.SHARE)
_ARROWS = {Trend.RISING: "↑", Trend.FALLING: "↓", Trend.USUAL: "·", Trend.UNKNOWN: "?"}
_ROLES = {Trend.RISING: "warn", Trend.FALLING: "good", Trend.USUAL: "dim", Trend.UNKNOWN: "dim"}
_CARD, _TALL_CARD = 3, 5
"""Lines a card takes in a broad and in a narrow column, with the blank one below it."""
_BROAD, _INDENT = 60, 5
_LABEL = 9


def tabs_line(board: Board, at: ThemeStage, width: int) -> Line:
    """The four stages with how many themes each has, the one that is shown in brackets."""
    spans: list[tuple[str, str]] = [(" ", "dim")]
    for n, stage in enumerate(COLUMNS):
        name = f"{t(f'theme.stage.{stage}')} {len(board.columns.get(stage, ()))}"
        spans += [(" → ", "dim")] if n else []
        spans.append((f"[{name}]", "accent") if stage is at else (f" {name} ", "dim"))
    return fit(tuple(spans), width)


def columns_lines(
    board: Board, stages: Sequence[ThemeStage], here: tuple[ThemeStage, int], width: int, height: int
) -> list[Line]:
    """The cards of these stages side by side; ``here`` is the stage and the row of the cursor."""
    gap = 1
    each = (width - gap * (len(stages) - 1)) // len(stages)
    columns = [
        _column(board.columns.get(stage, ()), here[1] if stage is here[0] else None, each, height) for stage in stages
    ]
    rows: list[Line] = []
    for y in range(max(map(len, columns), default=0)):
        row: Line = ()
        for n, lines in enumerate(columns):
            line = fit(lines[y] if y < len(lines) else (), each)
            pad = each - width_of(line) + (gap if n < len(columns) - 1 else 0)
            row = (*row, *line, (" " * pad, "text"))
        rows.append(row)
    return rows


def _column(cards: Sequence[Card], at: int | None, width: int, height: int) -> list[Line]:
    """As many cards as there is room for, the one under the cursor among them."""
    if not cards:
        return paragraph(t("voices.none_here"), "dim", width - 1, indent=" ")
    room = max(1, height // (_CARD if width >= _BROAD else _TALL_CARD))
    top = max(0, min((at or 0) - room // 2, len(cards) - room))
    lines: list[Line] = []
    for row, card in enumerate(cards[top : top + room], top):
        lines += [*_card(card, width, here=row == at), ()]
    return lines


def _card(card: Card, width: int, *, here: bool) -> list[Line]:
    """The title and the figures; in a narrow column the title may take two lines and the trend one of its own."""
    mark = ("▌" if here else " ", "accent")
    role = "strong" if here else "text"
    figures: Line = ((t("voices.card", impact=card.impact.score, effort=card.theme.effort or "–"), "text"),)
    heard = t("voices.heard", n=card.weight.voices, people=card.weight.customers)
    trend: Line = ((f"{heard} ", "dim"), (_trend(card.level), _ROLES[card.level.trend]))
    if card.late:
        figures = (*figures, (f" ! {t('voices.late')}", "bad"))
    broad = width >= _BROAD
    titles = wrap(("★ " if card.quick else "") + card.theme.title, width - _INDENT - 1)[: 1 if broad else 2]
    below = [(*figures, (" · ", "dim"), *trend)] if broad else [figures, trend]
    number = column(str(card.number), _INDENT - 2, right=True) + " "
    rows = [((" " * (_INDENT - 1) if n else number, "dim"), (line, role)) for n, line in enumerate(titles)]
    return [fit((mark, *row), width) for row in (*rows, *(((" " * (_INDENT - 1), "dim"), *line) for line in below))]


def card_line(card: Card, width: int) -> Line:
    """One theme in one line, as the command line lists it."""
    star = "★" if card.quick else " "
    figures = t("voices.card", impact=card.impact.score, effort=card.theme.effort or "–")
    heard = t("voices.heard", n=card.weight.voices, people=card.weight.customers)
    return fit(
        (
            (column(str(card.number), 3, right=True) + f" {star} ", "dim"),
            (column(card.theme.title, 44), "strong"),
            (f" {figures} · {heard} ", "text"),
            (_trend(card.level), _ROLES[card.level.trend]),
        ),
        width,
    )


def _trend(level: Level) -> str:
    return f"{_ARROWS[level.trend]} {t(f'level.{level.trend}')}"


def level_words(level: Level) -> str:
    """This week beside the usual one, or why nothing can be said."""
    if level.trend is Trend.UNKNOWN:
        return t("level.too_short", n=level.count, weeks=level.weeks)
    words = t(
        f"level.compared.{level.trend}",
        n=level.count,
        low=level.low,
        high=level.high,
        weeks=level.weeks,
    )
    return words + (" · " + t("level.seasonal") if level.seasonal else "")


def impact_words(card: Card, board_vip: int, currency: str) -> list[str]:
    """The impact with its marks, and the rules of each mark."""
    lang = language()
    marks = " · ".join(f"{t(f'impact.{name}')} {mark:g}" for name, mark in card.impact.marks().items())
    spent = money.format_money(card.weight.spent, currency, lang)
    vip = money.format_money(board_vip, currency, lang)
    weighed = t("impact.weighed", n=card.weight.voices, people=card.weight.customers, spent=spent, days=WINDOW_DAYS)
    return [
        t("impact.is", score=card.impact.score, marks=marks),
        weighed,
        t("impact.rules", vip=vip),
    ]


def matrix_lines(cards: Iterable[Card], width: int) -> list[Line]:
    """Impact upwards, effort to the right; each theme is its number, quick wins with a star in the framed corner."""
    cards = tuple(cards)
    cell = max(6, min(14, (width - _LABEL - 2) // 5))
    lines: list[Line] = [((t("matrix.title", worth=WORTH, effort=EFFORT), "accent"),), ()]
    for row in range(5, 0, -1):
        label = column(t("matrix.impact", n=row), _LABEL, right=True)
        spans: list[tuple[str, str]] = [(label + " ", "dim")]
        for effort in range(1, 6):
            inside = [card for card in cards if card.theme.effort == effort and _row(card) == row]
            corner = row >= WORTH and effort <= EFFORT
            text = " ".join(f"{'★' if card.quick else ''}{card.number}" for card in inside)
            spans += [("┃" if corner else "│", "dim"), (column(text, cell - 1), "good" if corner else "text")]
        lines.append(tuple(spans))
    foot = " " * (_LABEL + 1) + "".join("└" + column(t("matrix.effort", n=n), cell - 1) for n in range(1, 6))
    lines += [((foot, "dim"),), ()]
    quick_wins = [card for card in cards if card.quick]
    if quick_wins:
        lines.append(((t("matrix.quick"), "good"),))
        lines += [fit(((f" ★{card.number} ", "good"), (card.theme.title, "strong")), width) for card in quick_wins]
    unrated = [card for card in cards if not card.theme.effort]
    if unrated:
        numbers = ", ".join(str(card.number) for card in unrated)
        lines += [(), *paragraph(t("matrix.unrated", n=len(unrated), numbers=numbers), "dim", width)]
    return lines


def _row(card: Card) -> int:
    """The row of the matrix: whole marks, so that the corner of quick wins holds exactly them."""
    return max(1, min(5, int(card.impact.score)))


def theme_line(theme: Theme, width: int) -> Line:
    """A theme to choose from a list."""
    return fit(((column(t(f"topic.short.{theme.topic}"), 6), "dim"), (theme.title, "text")), width)
