"""One frozen object with every setting: the defaults here, the owner's ``cxdesk.toml``, then the environment.

A setting that cannot be used is reported with file, line and reason and its default stays; the program always starts.
``config/cxdesk.toml`` lists every setting with its default and one line of why; a test compares the two.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import field, fields, is_dataclass, replace
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import Any

from cxdesk.domain import evidence, sparing
from cxdesk.domain.care import Care
from cxdesk.domain.order import Credits
from cxdesk.domain.segments import Rules
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, Priority, Segment

__all__ = [
    "WEEK",
    "Incidents",
    "Lines",
    "Opening",
    "Problem",
    "Settings",
    "Shop",
    "View",
    "Waiting",
    "read_settings",
    "shipped",
]

THEMES = ("dark", "light", "contrast", "terminal")
LANGUAGES = ("auto", "ko", "en")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop itself."""

    name: str = ""
    currency: str = "KRW"
    time_zone: str = "Asia/Seoul"
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class View:
    """How the program looks and speaks on this machine."""

    language: str = "auto"
    theme: str = "dark"
    mouse: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the estimator believes before this desk has a history of its own."""

    business: str = "phone"
    history: int = 1000


@dataclass(frozen=True, slots=True)
class Opening:
    """When the desk is open: windows (``09:00-12:00``) by weekday, nothing at all meaning always; what closes it."""

    week: dict[str, list[str]] = field(default_factory=dict)
    holidays: str = "KR"
    closed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lines:
    """How much the outcomes of this shop's contacts move the lines to say."""

    prior: int = 20
    explore: float = 0.8


@dataclass(frozen=True, slots=True)
class Incidents:
    """Minutes until customers hear the first word of an incident, and from each word to the next; from how many
    contacts within an hour on a burst is worth a warning."""

    first_word: int = 15
    next_word: int = 30
    burst: int = 5


@dataclass(frozen=True, slots=True)
class Promises:
    """When to speak of a promise before it is due."""

    remind_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Sync:
    """How this machine reaches the shared desk: a proxy, and a file of authorities to trust instead of the usual."""

    proxy: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, one attribute per section of ``cxdesk.toml``."""

    shop: Shop = field(default_factory=Shop)
    view: View = field(default_factory=View)
    waiting: Waiting = field(default_factory=Waiting)
    hours: Opening = field(default_factory=Opening)
    segments: Rules = field(default_factory=Rules)
    queue: Credits = field(default_factory=Credits)
    suggestions: evidence.Rules = field(default_factory=evidence.Rules)
    lines: Lines = field(default_factory=Lines)
    care: Care = field(default_factory=Care)
    promises: Promises = field(default_factory=Promises)
    morning: evidence.Morning = field(default_factory=evidence.Morning)
    feedback: sparing.Rules = field(default_factory=sparing.Rules)
    incidents: Incidents = field(default_factory=Incidents)
    sync: Sync = field(default_factory=Sync)

    def zone(self) -> tzinfo:
        """The shop's time zone; UTC where this machine does not know it."""
        return _zone(self.shop.time_zone) or UTC


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file of the owner's that could not be used; ``code`` names the sentence (``config.<code>``)."""

    file: str
    line: int | None
    code: str
    detail: str


CHOICES: Mapping[str, tuple[str, ...]] = {
    "view.theme": THEMES,
    "view.language": LANGUAGES,
    "shop.language": ("ko", "en"),
    "waiting.business": ("phone", "chat", "counter", "salon", "repair", "cafe"),
    "queue.priority": tuple(Priority),
    "queue.segment": tuple(Segment),
    "queue.urgency": ("soon", "now"),
    "queue.feeling": tuple(Emotion),
}
"""Settings with a closed set of values, or, for a table, of names."""


def shipped(*parts: str) -> Path:
    """A file or folder of the defaults that come with the program."""
    here = Path(__file__).parent / "config"
    root = here if here.is_dir() else Path(__file__).parents[2] / "config"
    return root.joinpath(*parts)


def read_settings(path: Path, environ: Mapping[str, str] = os.environ) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in force, and what was wrong with the file at ``path``; a missing file is no problem."""
    settings, problems = Settings(), []
    if path.exists():
        import tomllib

        try:
            text = path.read_text(encoding="utf-8")
            table = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            line = re.search(r"line (\d+)", str(error))
            problems.append(Problem(str(path), int(line[1]) if line else None, "unreadable", str(error)))
        else:
            settings, found = _merged(settings, table, path, text)
            problems += found
    if theme := environ.get("CXDESK_THEME"):
        if theme in THEMES:
            settings = replace(settings, view=replace(settings.view, theme=theme))
        else:
            problems.append(Problem("CXDESK_THEME", None, "choice", f"{theme}: {', '.join(THEMES)}"))
    return settings, tuple(problems)


def _merged(settings: Settings, table: Mapping[str, Any], path: Path, text: str) -> tuple[Settings, list[Problem]]:
    """The settings with the table's usable values in place of the defaults."""
    problems: list[Problem] = []
    for section, values in table.items():
        known = getattr(settings, section, None) if section in _names(settings) else None
        if not is_dataclass(known) or isinstance(known, type) or not isinstance(values, dict):
            problems.append(Problem(str(path), _line_of(text, section), "unknown", section))
            continue
        good: dict[str, Any] = {}
        for name, value in values.items():
            reason = _refusal(section, name, value, known)
            if reason is None:
                default = getattr(known, name)
                good[name] = default | value if isinstance(default, dict) else type(default)(value)
            else:
                problems.append(Problem(str(path), _line_of(text, name, section), *reason))
        merged: dict[str, Any] = {section: replace(known, **good)}
        settings = replace(settings, **merged)
    return settings, problems


def _refusal(section: str, name: str, value: Any, known: Any) -> tuple[str, str] | None:
    """Why a value cannot be used: a code and what it was, or ``None``."""
    where = f"{section}.{name}"
    if name not in _names(known):
        return "unknown", where
    default = getattr(known, name)
    if section == "hours":
        return _refusal_of_hours(name, value)
    if isinstance(default, dict):
        if not isinstance(value, dict) or not all(type(v) is int and v >= 0 for v in value.values()):
            return "type", f"{where}: {value!r}"
        strange = sorted(set(value) - set(CHOICES[where]))
        return ("choice", f"{where}: {', '.join(strange)} ({', '.join(CHOICES[where])})") if strange else None
    number = isinstance(default, int | float) and not isinstance(default, bool)
    if number:
        fits = type(value) in (int, float) and value >= 0 and (isinstance(default, float) or type(value) is int)
    else:
        fits = type(value) is type(default)
    if not fits:
        return "type", f"{where}: {value!r}"
    if where in CHOICES and value not in CHOICES[where]:
        return "choice", f"{where}: {value!r} ({', '.join(CHOICES[where])})"
    if where == "shop.time_zone" and _zone(value) is None:
        return "choice", f"{where}: {value!r} (Asia/Seoul, Europe/London, …)"
    return None


def _refusal_of_hours(name: str, value: Any) -> tuple[str, str] | None:
    """Windows by weekday, days that are closed, a country of two letters or none."""
    where = f"hours.{name}"
    if name == "holidays":
        fits = isinstance(value, str) and re.fullmatch(r"(?:[A-Z]{2})?", value)
        return None if fits else ("choice", f'{where}: {value!r} ("KR", "GB", "")')
    lists = list(value.values()) if name == "week" and isinstance(value, dict) else [value]
    if not all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in lists):
        return "type", f"{where}: {value!r}"
    if name == "week" and (strange := sorted(set(value) - set(WEEK))):
        return "choice", f"{where}: {', '.join(strange)} ({', '.join(WEEK)})"
    from cxdesk.domain.hours import read_window

    read: Callable[[str], object] = _day if name == "closed" else read_window
    wrong = [text for texts in lists for text in texts if read(text) is None]
    example = "2026-12-31" if name == "closed" else "09:00-12:00"
    return ("choice", f"{where}: {', '.join(map(repr, wrong))} ({example})") if wrong else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _zone(name: str) -> tzinfo | None:
    """The time zone of that name, if this machine knows it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _names(instance: Any) -> set[str]:
    return {f.name for f in fields(instance)}


def _line_of(text: str, name: str, section: str | None = None) -> int | None:
    """The line that sets ``name``, looked for after its section's heading."""
    start = 0
    if section is not None and (heading := re.search(rf"^\s*\[{re.escape(section)}", text, re.M)):
        start = heading.start()
    within = rf"(?:{re.escape(section)}\s*\.\s*)?" if section else ""
    found = re.search(rf"^\s*\[?{within}{re.escape(name)}\b", text[start:], re.M)
    return text.count("\n", 0, start + found.end()) + 1 if found else None
