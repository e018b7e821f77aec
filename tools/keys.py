"""Writes what is only a view of the table of actions: the key tables of both READMEs and ``config/keymap.toml``.

``python tools/keys.py`` says what is stale and exits with 1; ``--write`` brings it up to date. A test does the former.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cxdesk.actions import ACTIONS, Action, Group
from cxdesk.domain.words import Language
from cxdesk.i18n import t_in

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- keys:begin -->", "<!-- keys:end -->"
READMES = {Language.EN: ROOT / "README.md", Language.KO: ROOT / "README.ko.md"}
KEYMAP = ROOT / "config" / "keymap.toml"

_HEADINGS = {Language.EN: ("Key", "Action", "What it does"), Language.KO: ("키", "하는 일", "설명")}
_NAMES = {
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "↑",
    "down": "↓",
}

KEYMAP_HEAD = """\
# The keys of cxdesk. Copy this file into the data folder as keymap.toml, take the # off a line and change its list.
# A line replaces all keys of its action. A key given twice is refused at the start, with the line. A key is a
# character ("j", "?"), a name ("enter", "pagedown", "f5", "ctrl+s", "alt+1"), or two keys in turn ("g q"). Letters
# answer in the Korean input mode too. This file is made by: python tools/keys.py --write
#
# cxdesk 의 키입니다. 이 파일을 데이터 폴더에 keymap.toml 로 복사한 뒤, 바꿀 줄의 # 을 떼고 목록을 고치세요.
# 한 줄은 그 일의 키 전부를 바꿉니다. 같은 키를 두 번 쓰면 시작할 때 몇째 줄인지 알려 드립니다. 키는
# 글자("j", "?"), 이름("enter", "pagedown", "f5", "ctrl+s", "alt+1"), 또는 잇달아 누르는 두 키("g q")입니다.
# 글자 키는 한글 입력 상태에서도 그대로 듣습니다.

[keys]
"""


def written(key: str) -> str:
    """A key as it stands on a keyboard: ``Ctrl+S``, ``Shift+↑``, ``g q``."""
    if " " in key:
        return " ".join(written(part) for part in key.split(" "))
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    name = _NAMES.get(last, last.upper() if modifiers or _is_function(last) else last)
    name = name if len(last) == 1 or last in _NAMES or _is_function(last) else last.capitalize()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def _is_function(key: str) -> bool:
    return key[0] == "f" and key[1:].isdigit()


def keys_of(action: Action) -> tuple[str, ...]:
    """The keys of an action, runs of digits as one."""
    return (f"{action.keys[0]}-{action.keys[-1]}",) if action.id == "line" else tuple(map(written, action.keys))


def table(lang: Language) -> str:
    """The Markdown table of every action that has a key, under the headings of help."""
    key, does, means = _HEADINGS[lang]
    rows = [f"| {key} | {does} | {means} |", "| --- | --- | --- |"]
    for group in Group:
        rows.append(f"| | **{t_in(lang, f'group.{group}')}** | |")
        rows += [_row(action, lang) for action in ACTIONS if action.group is group and action.keys]
    return "\n".join(rows)


def _row(action: Action, lang: Language) -> str:
    keys = " ".join(f"<kbd>{_cell(key)}</kbd>" for key in keys_of(action))
    label, meaning = t_in(lang, f"action.{action.id}"), t_in(lang, f"action.{action.id}.help")
    return f"| {keys} | {_cell(label)} | {_cell(meaning)} |"


def _cell(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("|", "\\|")


def with_table(readme: str, lang: Language) -> str:
    """The README with its key table up to date."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table(lang)}\n{END}{after}"


def keymap() -> str:
    """``config/keymap.toml``: every action with its keys, behind a ``#``, and what it does in two languages."""
    lines = [KEYMAP_HEAD]
    for group in Group:
        lines.append(f"\n# {t_in(Language.EN, f'group.{group}')} · {t_in(Language.KO, f'group.{group}')}\n")
        lines += [f"{line}\n" for line in _entries(group)]
    fixed = " · ".join(t_in(lang, "action.emotion") for lang in (Language.EN, Language.KO))
    return "".join(lines) + f"\n# Alt+1-6: {fixed} (fixed · 고정)\n"


def _entries(group: Group) -> Iterator[str]:
    for action in ACTIONS:
        if action.group is group:
            setting = f"# {action.id} = {json.dumps(list(action.keys), ensure_ascii=False)}"
            labels = " · ".join(t_in(lang, f"action.{action.id}") for lang in (Language.EN, Language.KO))
            yield f"{setting:<42} # {labels}"


def stale() -> dict[Path, str]:
    """File → what it should say, of those that say something else."""
    wanted = {path: with_table(path.read_text("utf-8"), lang) for lang, path in READMES.items()}
    wanted[KEYMAP] = keymap()
    return {path: text for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}


def main() -> int:
    """Report or write; 1 when something is stale and was not written."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="bring the files up to date")
    write = arguments.parse_args().write
    found = stale()
    for path, text in found.items():
        if write:
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'written' if write else 'stale'}")
    return 1 if found and not write else 0


if __name__ == "__main__":
    sys.exit(main())
