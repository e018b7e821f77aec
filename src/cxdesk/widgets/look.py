"""Four themes and the roles a piece of text can play in any of them.

A role is a meaning (late, dim, said by us), never a colour; each theme gives every role a colour and weight. Colour
is never the only sign: whatever is late or urgent also says so in a word or a mark.
"""

from textual.theme import Theme

__all__ = ["ROLES", "THEMES", "VARIABLES"]

ROLES: dict[str, str] = {
    "text": "",
    "strong": "bold",
    "dim": "",
    "accent": "bold",
    "good": "",
    "warn": "bold",
    "bad": "bold",
    "key": "bold",
    "quote": "italic",
    "ours": "",
    "event": "",
    "mark": "bold",
    "heard": "underline",
}
"""Role → text style; its colour is the theme variable ``desk-<role>``."""

_DARK = {
    "text": "#d6dae0",
    "heard": "#d6dae0",
    "strong": "#ffffff",
    "dim": "#a2abb5",
    "accent": "#7cc4ff",
    "good": "#7ddc9a",
    "warn": "#ffc15e",
    "bad": "#ff8f8f",
    "key": "#ffd27a",
    "quote": "#cdb8ff",
    "ours": "#a5e0d4",
    "event": "#a2abb5",
    "mark": "#ffd27a",
    "cursor": "#24405c",
    "back": "#14181d",
    "bar": "#1d242c",
    "edge": "#3a4653",
}
_LIGHT = {
    "text": "#22272e",
    "heard": "#22272e",
    "strong": "#000000",
    "dim": "#57606a",
    "accent": "#0550ae",
    "good": "#116329",
    "warn": "#7a4100",
    "bad": "#a40e26",
    "key": "#7a4100",
    "quote": "#5a32a3",
    "ours": "#0b5a50",
    "event": "#57606a",
    "mark": "#7a4100",
    "cursor": "#d3e6fb",
    "back": "#ffffff",
    "bar": "#eef1f4",
    "edge": "#9aa4ae",
}
_CONTRAST = {
    "text": "#ffffff",
    "heard": "#ffffff",
    "strong": "#ffffff",
    "dim": "#e0e0e0",
    "accent": "#00ffff",
    "good": "#00ff66",
    "warn": "#ffff00",
    "bad": "#ff9c9c",
    "key": "#ffff00",
    "quote": "#ffb3ff",
    "ours": "#7dffe8",
    "event": "#e0e0e0",
    "mark": "#ffff00",
    "cursor": "#0000a8",
    "back": "#000000",
    "bar": "#000000",
    "edge": "#ffffff",
}
_TERMINAL = {
    "text": "ansi_default",
    "heard": "ansi_default",
    "strong": "ansi_default",
    "dim": "ansi_default",
    "accent": "ansi_cyan",
    "good": "ansi_green",
    "warn": "ansi_yellow",
    "bad": "ansi_red",
    "key": "ansi_yellow",
    "quote": "ansi_magenta",
    "ours": "ansi_cyan",
    "event": "ansi_default",
    "mark": "ansi_yellow",
    "cursor": "ansi_default",
    "back": "ansi_default",
    "bar": "ansi_default",
    "edge": "ansi_default",
}

PALETTES: dict[str, dict[str, str]] = {
    "dark": _DARK,
    "light": _LIGHT,
    "contrast": _CONTRAST,
    "terminal": _TERMINAL,
}
VARIABLES: dict[str, str] = {f"desk-{name}": colour for name, colour in _DARK.items()}
"""What the variables are under a theme that is not one of these."""


def _theme(name: str, palette: dict[str, str]) -> Theme:
    return Theme(
        name=f"desk-{name}",
        primary=palette["accent"],
        secondary=palette["ours"],
        warning=palette["warn"],
        error=palette["bad"],
        success=palette["good"],
        accent=palette["accent"],
        foreground=palette["text"],
        background=palette["back"],
        surface=palette["back"],
        panel=palette["bar"],
        boost=palette["bar"],
        dark=name != "light",
        ansi=name == "terminal",
        variables={f"desk-{role}": colour for role, colour in palette.items()}
        | {
            # Textual asks for these two under a theme of the terminal's own colours and has no default for them.
            "ansi-background": palette["back"],
            "ansi-foreground": palette["text"],
            "block-cursor-text-style": "none",
            "input-selection-background": palette["cursor"],
            "scrollbar": palette["edge"],
            "scrollbar-background": palette["back"],
            "scrollbar-corner-color": palette["back"],
        },
    )


THEMES: dict[str, Theme] = {name: _theme(name, palette) for name, palette in PALETTES.items()}
