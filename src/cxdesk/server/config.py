"""What an operator may choose about a server, in one frozen value."""

from dataclasses import dataclass

__all__ = ["Config"]

DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Config:
    """Times in ms, sizes in bytes, rates a second unless they say otherwise."""

    access_ms: int = 15 * 60_000
    refresh_ms: int = 90 * DAY
    code_ms: int = 10 * 60_000
    session_ms: int = 14 * 3_600_000
    lease_ms: int = 10 * 60_000
    keep_ms: int = 30 * DAY
    snapshot_ms: int = 7 * DAY
    erasure_ms: int = 30 * DAY

    body: int = 1_000_000
    opened: int = 8_000_000
    small_body: int = 16_384
    page: int = 1000
    snapshot_page: int = 5000

    device_rate: float = 20.0
    device_burst: int = 200
    address_rate: float = 1000.0
    address_burst: int = 5000
    wrong_codes: int = 5
    wrong_codes_ms: int = 10 * 60_000
    live_device: int = 3
    live_all: int = 5000

    deadline_s: float = 60.0
    keepalive_s: float = 15.0
    poke_gap_s: float = 1.0
    page_cache_s: float = 2.0
