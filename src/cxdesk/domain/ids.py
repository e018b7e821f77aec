"""Identifiers and the desk's logical clock, with time and randomness passed in.

Ids are UUIDv7 (RFC 9562, section 5.7), so that rows made later sort later. The clock is a hybrid logical
clock (Kulkarni et al., 2014): 48 bits of milliseconds above a 16-bit counter in one integer.
"""

__all__ = ["hlc_ms", "hlc_text", "read_hlc", "receive", "tick", "uuid7"]

_COUNTER_BITS = 16
_MS_MASK = (1 << 48) - 1
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7(ms: int, rand: int) -> str:
    """Return the canonical UUIDv7 text of a Unix time in milliseconds and 74 random bits (the lowest)."""
    rand_a = (rand >> 62) & 0xFFF
    rand_b = rand & ((1 << 62) - 1)
    digits = f"{(ms & _MS_MASK) << 80 | _VERSION | rand_a << 64 | _VARIANT | rand_b:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def tick(last: int, now_ms: int) -> int:
    """Return the stamp of a local event: above ``last``, at ``now_ms`` or later.

    A counter that overflows carries into the milliseconds, so the order holds even when the wall clock stands
    still or jumps back.
    """
    return max(now_ms << _COUNTER_BITS, last + 1)


def receive(last: int, remote: int, now_ms: int) -> int:
    """Return the stamp after seeing ``remote``: above it and ``last``, at ``now_ms`` or later."""
    return tick(max(last, remote), now_ms)


def hlc_ms(stamp: int) -> int:
    """Return the milliseconds part of a stamp."""
    return stamp >> _COUNTER_BITS


def hlc_text(stamp: int) -> str:
    """Return the wire form, 16 lower-case hex digits, which sort as the stamps do."""
    return f"{stamp:016x}"


def read_hlc(text: str) -> int:
    """Return the stamp written by ``hlc_text``; raise ``ValueError`` for anything else."""
    stamp = int(text, 16)
    if hlc_text(stamp) != text:
        raise ValueError("not_a_stamp")
    return stamp
