"""What a device may do, by the role its code was made for."""

from enum import StrEnum

from cxdesk.protocol.ops import STATEFUL, Op

__all__ = ["ROLES", "Scope", "may", "scope_of"]


class Scope(StrEnum):
    """One kind of thing that may be allowed."""

    READ = "read"
    WRITE = "write"
    TICKET = "ticket"
    PERSON = "person"
    ERASE = "erase"
    AUDIT = "audit"
    DEVICES = "devices"


_DESK = frozenset({Scope.READ, Scope.WRITE, Scope.TICKET, Scope.PERSON})

ROLES: dict[str, frozenset[Scope]] = {
    "agent": _DESK,
    "senior": _DESK,
    "supervisor": _DESK | {Scope.AUDIT},
    "privacy": _DESK | {Scope.AUDIT, Scope.ERASE},
    "admin": frozenset(Scope),
    "integration": frozenset({Scope.READ, Scope.WRITE}),
}


def may(role: str, scope: Scope) -> bool:
    """Whether a role includes a scope; an unknown role includes none."""
    return scope in ROLES.get(role, ())


def scope_of(op: Op) -> Scope:
    """What an operation needs."""
    if op.k == "erase":
        return Scope.ERASE
    return Scope.TICKET if op.k in STATEFUL else Scope.WRITE
