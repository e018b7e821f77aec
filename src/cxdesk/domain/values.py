"""``dataclass`` for frozen values, built in a fifth of the time.

The first frame waits for some fifty of them, and the standard decorator compiles six functions for each; this one
compiles ``__init__`` alone and shares the rest. What it makes is a dataclass to everybody: ``fields``, ``replace`` and
``asdict`` work, and type checkers see the standard decorator. See ``docs/decisions/009-values.md``.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]


def value(*, frozen: bool, slots: bool) -> Callable[[type], type]:
    """Only for classes that are frozen and slotted, and inherit from another such value or from nothing."""
    if not (frozen and slots):
        raise TypeError("values are frozen and slotted; take the standard dataclass for anything else")
    return _built


def _built(cls: type) -> type:
    own = {name: _field(cls, name, kind) for name, kind in cls.__annotations__.items()}
    fields = getattr(cls, "__dataclass_fields__", {}) | own
    names = tuple(fields)
    body = {key: kept for key, kept in vars(cls).items() if key not in ("__dict__", "__weakref__", *own)} | _SHARED
    body |= {
        "__slots__": tuple(own),
        "__match_args__": names,
        "__qualname__": cls.__qualname__,
        "__dataclass_fields__": fields,
        "__init__": _init(fields),
        "_values": staticmethod(attrgetter(*names) if names else lambda value: ()),
    }
    return type(cls)(cls.__name__, cls.__bases__, body)


def _field(cls: type, name: str, kind: Any) -> Any:
    default = getattr(cls, name, dataclasses.MISSING)
    field: Any = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
    field.name, field.type, field._field_type = name, kind, dataclasses._FIELD  # type: ignore[attr-defined]
    return field


def _init(fields: dict[str, Any]) -> Any:
    """``def __init__(self, a, b=default, …)``, which sets the slots past the guard of a frozen value."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": dataclasses.MISSING}
    head, body = ["self"], []
    for name, field in fields.items():
        given = name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_new_{name}"] = field.default_factory
            head.append(f"{name}=_MISSING")
            given = f"_new_{name}() if {name} is _MISSING else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"_or_{name}"] = field.default
            head.append(f"{name}=_or_{name}")
        else:
            head.append(name)
        body.append(f" _set(self, {name!r}, {given})")
    exec(f"def __init__({', '.join(head)}):\n" + ("\n".join(body) or " pass"), known)
    return known["__init__"]


def _equal(self: Any, other: Any) -> Any:
    return self._values(self) == self._values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash((self.__class__, self._values(self)))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse(_self: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r} of a value")


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:
    return self.__class__, tuple(getattr(self, name) for name in self.__match_args__)


_SHARED = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__reduce__": _reduce,
}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = value
