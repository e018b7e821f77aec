"""From a key press to an action: the keymap, its twins on a Korean keyboard, counts and two-key sequences.

With the input method in Hangul mode a terminal sends ``ㅓ`` for ``j``, or a whole syllable (``너`` for ``s j``); both
are read as the letters that were pressed.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from cxdesk.actions import ACTIONS, Action
from cxdesk.domain.values import dataclass
from cxdesk.hangul.keyboard import letters_of

__all__ = ["Command", "KeyMap", "Keyboard", "KeymapError", "read_keymap"]


class KeymapError(Exception):
    """The owner's keymap cannot be used; ``code`` names the sentence (``config.<code>``)."""

    def __init__(self, file: str, line: int | None, code: str, detail: str) -> None:
        super().__init__(file, line, code, detail)
        self.file, self.line, self.code, self.detail = file, line, code, detail


@dataclass(frozen=True, slots=True)
class Command:
    """An action to carry out, the key that asked for it and how many times (1 unless a count was typed)."""

    action: str
    key: str
    count: int = 1


class KeyMap:
    """Which key means which action."""

    def __init__(self, actions: Iterable[Action], overrides: Mapping[str, tuple[str, ...]] | None = None) -> None:
        chosen = overrides or {}
        self.keys: dict[str, tuple[str, ...]] = {a.id: chosen.get(a.id, a.keys) for a in actions}
        self._meaning = {key: action for action, keys in self.keys.items() for key in keys}
        self._prefixes = {key.split(" ")[0] for key in self._meaning if " " in key}
        self._counted = {a.id for a in actions if a.counted}

    def meaning(self, key: str) -> str | None:
        """The action of a key or of a sequence (``g q``)."""
        return self._meaning.get(key)

    def is_prefix(self, key: str) -> bool:
        """Whether a key begins a sequence."""
        return key in self._prefixes

    def is_counted(self, action: str) -> bool:
        """Whether a number typed before the key repeats the action."""
        return action in self._counted


class Keyboard:
    """Remembers a count or the first key of a sequence between two presses."""

    def __init__(self, keymap: KeyMap) -> None:
        self.keymap = keymap
        self._count = ""
        self._prefix = ""

    def press(self, key: str, character: str | None, *, digits_act: bool = False) -> list[Command]:
        """The commands a press completes, usually one or none.

        ``key`` is Textual's name, ``character`` what it would type. ``digits_act`` says that digits insert lines
        here unless they begin a count, which they do when a movement follows.
        """
        return [command for token in _tokens(key, character) if (command := self._feed(token, digits_act))]

    def _feed(self, token: str, digits_act: bool) -> Command | None:
        if self._prefix:
            token, self._prefix = f"{self._prefix} {token}", ""
        elif self.keymap.is_prefix(token):
            self._prefix = token
            return None
        action = self.keymap.meaning(token)
        if token.isdecimal() and not digits_act:
            self._count = (self._count + token)[:4]
            return None
        count, self._count = self._count, ""
        if action is None:
            return None
        times = int(count) if count and self.keymap.is_counted(action) else 1
        return Command(action, token, max(1, times))


def _tokens(key: str, character: str | None) -> tuple[str, ...]:
    """The keys of the table that were pressed."""
    if key in ("space", "enter", "tab", "escape", "backspace"):
        return (key,)
    if character and len(character) == 1 and character.isprintable() and not key.startswith(("ctrl+", "alt+")):
        return tuple(letters_of(character)) if character > "\u1100" else (character,)
    if key.startswith("ctrl+") and len(key) == 6 and key[-1] > "\u1100":
        return ("ctrl+" + letters_of(key[-1]).lower(),)
    return (key,)


def read_keymap(path: Path) -> KeyMap:
    """The keymap with the owner's file applied; a missing file changes nothing.

    Raises ``KeymapError`` for a file that cannot be read, an unknown action, a key given twice, or a key that also
    begins a sequence and so would never act.
    """
    if not path.exists():
        return KeyMap(ACTIONS)
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise KeymapError(str(path), int(found[1]) if found else None, "unreadable", str(error)) from error
    for name, table in tables.items():
        if name != "keys" or not isinstance(table, dict):
            raise KeymapError(str(path), _line_of(text, name), "type" if name == "keys" else "unknown", name)
    known = {action.id for action in ACTIONS}
    overrides: dict[str, tuple[str, ...]] = {}
    for name, keys in tables.get("keys", {}).items():
        line = _line_of(text, name)
        if name not in known:
            raise KeymapError(str(path), line, "unknown", name)
        if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
            raise KeymapError(str(path), line, "type", name)
        overrides[name] = tuple(keys)
    _refuse_twice(path, text, overrides)
    return KeyMap(ACTIONS, overrides)


def _refuse_twice(path: Path, text: str, overrides: Mapping[str, tuple[str, ...]]) -> None:
    taken: dict[str, str] = {}
    begins: dict[str, str] = {}
    for action in ACTIONS:
        for key in overrides.get(action.id, action.keys):
            first, _, rest = key.partition(" ")
            other = taken.get(key) or taken.get(first) if rest else taken.get(key) or begins.get(key)
            if other is not None:
                guilty = action.id if action.id in overrides else other
                raise KeymapError(str(path), _line_of(text, guilty), "twice", f"{key}: {other}, {action.id}")
            taken[key] = action.id
            if rest:
                begins[first] = action.id


def _line_of(text: str, name: str) -> int | None:
    found = re.search(rf'^\s*\[?"?{re.escape(name)}"?\s*[=\]]', text, re.M)
    return text.count("\n", 0, found.start()) + 1 + text[found.start() : found.end()].count("\n") if found else None
