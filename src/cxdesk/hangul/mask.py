"""Personal data as lists, logs and a shared screen may show it.

A function that does not understand its input hides more rather than less; masking twice changes nothing.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

from cxdesk.hangul.phone import read_phone

__all__ = ["mask_address", "mask_mail", "mask_name", "mask_phone", "mask_text"]

_ASIDE = re.compile(r"\s*[(\[（].*\Z", re.DOTALL)
_EAST_ASIAN = re.compile(r"[가-힣ㄱ-ㅣ一-鿿぀-ヿ*]+")
# What a foreign number looks like once masked.
_FOREIGN = re.compile(r"\+\*+\d{4}")
_DISTRICT = re.compile(r".+[동읍면]\Z")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# In running text a number begins as one that can be dialled does: dates and order numbers stay.
_NUMBER = re.compile(r"(?<![\d.-])(?:\+\d|0\d|1[568]\d\d-)[\d .()-]{4,}\d(?![\d-])")
_CITY = re.compile(r".+(?:시|군|구|도|특별시|광역시)\Z")


def mask_name(name: str) -> str:
    """Return ``김*``, ``김*지``, ``남**수`` or ``S*** O*****``, dropping a note in brackets."""
    name = _ASIDE.sub("", normalize("NFC", name).strip())
    if "@" in name:
        return mask_mail(name)
    if read_phone(name) or _FOREIGN.fullmatch(name):
        return mask_phone(name)
    joined = name if "*" in name else "".join(name.split())
    if _EAST_ASIAN.fullmatch(joined) and joined.strip("*"):
        middle = "*" * (len(joined) - 2)
        return f"{joined[0]}{middle}{joined[-1]}" if middle else f"{joined[:-1]}*"
    return " ".join(word[0] + "*" * (len(word) - 1) if len(word) > 1 else "*" for word in name.split())


def mask_phone(text: str) -> str:
    """Return ``010-****-5678``; a foreign number keeps its last four digits, an unreadable one none."""
    if _FOREIGN.fullmatch(text):
        return text
    phone = read_phone(text)
    if phone is None:
        return re.sub(r"\w", "*", text)
    if phone.kind == "foreign":
        return f"+{'*' * (len(phone.digits) - 5)}{phone.digits[-4:]}"
    *head, last = phone.pretty().split("-")
    if len(head) == 1:  # 1588-1234: the whole of it is prefix and last four
        return f"{head[0]}-****"
    return f"{head[0]}-{'*' * len(head[1])}-{last}"


def mask_mail(address: str) -> str:
    """Return ``mi***@example.com``; a name under four characters shows one letter or none."""
    local, at, domain = address.strip().rpartition("@")
    if not (at and local and domain):
        return "***"
    shown = local.split("*", 1)[0]
    if shown == local:
        shown = local[:2] if len(local) > 3 else local[:1] if len(local) == 3 else ""
    return f"{shown[:2]}***@{domain}"


def mask_address(address: str) -> str:
    """Return a Korean address down to 동, 읍 or 면, else to its district; hide any other whole."""
    kept = []
    for word in address.split():
        if not (_DISTRICT.fullmatch(word) or _CITY.fullmatch(word)):
            break
        kept.append(word)
        if _DISTRICT.fullmatch(word):
            break
    return " ".join([*kept, "***"])


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Return a text with every address for mail, telephone number and given name in it masked.

    A Korean name is also found without its surname (``민지 고객님``).
    """
    text = _MAIL.sub(lambda found: mask_mail(found[0]), text)
    text = _NUMBER.sub(lambda found: mask_phone(found[0]), text)
    for name in filter(None, names):
        text = text.replace(name, mask_name(name))
        if len(name) >= 3 and _EAST_ASIAN.fullmatch(name):
            text = text.replace(name[1:], mask_name(name)[1:])
    return text
