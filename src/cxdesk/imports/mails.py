"""Telling a saved e-mail from a table: commas and semicolons in its headers would pass for columns."""

import re

__all__ = ["is_mail"]

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:|[ \t]")
_MAILBOX = re.compile(rb"From \S+ .*\d\d:\d\d")
# What a mail may begin with; a report may well begin with ``Date:`` or ``To:``, so those two need company.
_FIRST = re.compile(
    rb"(?:Subject|From|Return-Path|Received|Recieved|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+):",
    re.IGNORECASE,
)
_SECOND = re.compile(rb"^(?:Subject|From|Received|Message-ID|MIME-Version):", re.IGNORECASE | re.MULTILINE)


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is a mail message (RFC 5322), perhaps with a mailbox's line above it."""
    lines = head.lstrip().replace(b"\r\n", b"\n").split(b"\n")
    if _MAILBOX.match(lines[0]):
        return True
    top = lines[: lines.index(b"")] if b"" in lines else lines[:-1]
    if not top or not all(map(_HEADER.match, top)):
        return False
    return bool(_FIRST.match(top[0]) or (_HEADER.match(top[0]) and _SECOND.search(b"\n".join(top))))
