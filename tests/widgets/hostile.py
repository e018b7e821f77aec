"""What customers, order files and pranksters put into text fields."""

from hypothesis import strategies as st

__all__ = ["HOSTILE", "hostile_text", "is_inert"]

HOSTILE = (
    "\x1b[2J\x1b[31mred",
    "\x1b]52;c;ZWNobyBwd25lZA==\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mcsi\x9d0;title\x9c",
    "nul\x00bell\x07back\x08\x08del\x7f",
    "[/]",
    "[bold red]not bold[/bold red]",
    "[@click=app.bell]press[/]",
    "[@click='app.quit'](x)[/]",
    "{{ customer.name }}{% raw %}",
    "{? 빈칸 ?}",
    "%s %d {0} {name} {name:을/를} %(x)s",
    "admin\u202egnp.exe\u2066\u2069\u200f",
    "👨‍👩‍👧‍👦👍🏽🇰🇷⚠️",
    "\u1112\u1161\u11ab\u1100\u1173\u11af 한글",
    "a" + "\u0301" * 300,
    "\r\r\n\n\x0b\x0c\x85\u2028\u2029",
    "\ud7b0\u3164\uffa0\u115f",
    "\ufeff\ufff9\ue000\U000e0041",
    "ﷺ" * 40 + "𒐫" * 10,
    "가" * 400,
    "x" * 100_000,
    "\t\ttabs\tand  spaces   ",
    "\\[/] \\x1b \\033[0m",
)

_parts = st.one_of(
    st.sampled_from(HOSTILE[:19]),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Mn", "Zl", "Zp", "Co"]), max_size=8),
    st.sampled_from(["[", "]", "[/", "{{", "\x1b[", "\x9b", "\x1b]", "\x1bP", "한", "김민지", "ㅠㅠ"]),
)
hostile_text = st.lists(_parts, min_size=1, max_size=4).map("".join)


def is_inert(text: str) -> bool:
    """Nothing that a terminal would obey: no C0, DEL, C1, no direction overrides, no line separators."""
    return not any(
        ord(char) < 0x20
        or 0x7F <= ord(char) < 0xA0
        or char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for char in text
    )
