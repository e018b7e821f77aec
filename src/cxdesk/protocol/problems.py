"""Every problem a server names, with what a desk may do about it."""

from typing import NamedTuple

__all__ = ["PROBLEMS", "REFUSALS", "URN", "Problem"]

URN = "urn:cxdesk:problem:"


class Problem(NamedTuple):
    """A name, its HTTP status, and whether the same request may succeed later as it is."""

    name: str
    status: int
    title: str
    retryable: bool = False


PROBLEMS: dict[str, Problem] = {
    problem.name: problem
    for problem in (
        Problem("malformed", 422, "This is not a message of the protocol."),
        Problem("unauthorized", 401, "The access token is missing, unknown or too old."),
        Problem("token-reused", 401, "This refresh token was used before; the device is revoked."),
        Problem("device-revoked", 401, "This device was taken off the list."),
        Problem("wrong-pin", 401, "That is not the agent's PIN."),
        Problem("not-allowed", 403, "The role of this device or agent does not include that."),
        Problem("code-invalid", 403, "There is no such code."),
        Problem("not-found", 404, "There is no such thing here."),
        Problem("sequence-gap", 409, "Operations before these are missing."),
        Problem("device-forked", 409, "This device sent something else under these numbers before."),
        Problem("epoch-changed", 409, "The server's history began anew."),
        Problem("scope-changed", 409, "What this device may see has changed."),
        Problem("claimed", 409, "A colleague has this ticket."),
        Problem("stale-fence", 409, "The ticket was given to somebody since."),
        Problem("moved-on", 409, "The ticket has ended and cannot be taken."),
        Problem("legal-hold", 409, "These records must be kept for now."),
        Problem("code-used", 410, "This code was used before."),
        Problem("horizon", 410, "The log no longer reaches that far back: take a snapshot."),
        Problem("expired", 410, "This snapshot is over: begin another one."),
        Problem("erased", 410, "This person asked to be forgotten."),
        Problem("too-large", 413, "Send less at once."),
        Problem("unsupported", 415, "This form or compression of body is not read here."),
        Problem("agent-unknown", 422, "There is no such agent, or not at this device."),
        Problem("locked", 423, "Too many wrong PINs: wait a while."),
        Problem("upgrade", 426, "This version of the protocol is not spoken here."),
        Problem("too-many", 429, "Too many requests.", retryable=True),
        Problem("internal", 500, "The server failed.", retryable=True),
        Problem("unavailable", 503, "The server cannot answer right now.", retryable=True),
    )
}

REFUSALS = frozenset({"malformed", "claimed", "stale-fence", "moved-on", "not-allowed", "erased", "agent-unknown"})
"""Why a single operation may be refused for good, as the ``problem`` of its result."""
