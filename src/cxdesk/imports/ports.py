"""What an import needs from storage, as protocols: the rows are handed over, the SQL stays there."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from cxdesk.domain.changes import Stamp, Update

__all__ = ["Desk", "Keeper", "KnownCustomer", "KnownPurchase", "Shelf"]


class KnownCustomer(Protocol):
    """A customer as far as an import looks."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def external_id(self) -> str | None: ...  # noqa: D102


class KnownPurchase(Protocol):
    """A purchase as far as an import looks."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def customer_id(self) -> str | None: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def quantity(self) -> int: ...  # noqa: D102
    @property
    def amount(self) -> int: ...  # noqa: D102
    @property
    def currency(self) -> str: ...  # noqa: D102


class Shelf(Protocol):
    """Reads what is there already, for a few thousand keys at a time."""

    def customers(self, source: str, external_ids: Iterable[str]) -> Mapping[str, KnownCustomer]:
        """External id → customer; one that was merged is answered by the one it became."""

    def owners(self, kind: str, values: Iterable[str]) -> Mapping[str, KnownCustomer]:
        """Telephone or e-mail → the customer who had it first."""

    def identities(self, customer_ids: Iterable[str]) -> Iterable[tuple[str, str, str]]:
        """(customer id, kind, value) of these customers."""

    def notes(self, customer_ids: Iterable[str]) -> Iterable[tuple[str, str]]:
        """(customer id, body) of these customers."""

    def purchases(self, source: str, external_ids: Iterable[str]) -> Mapping[str, KnownPurchase]:
        """External id → purchase."""


class Keeper(Shelf, Protocol):
    """Also writes, inside one transaction."""

    def insert(self, kind: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, each with its values in the order of the record's fields."""

    def update(self, updates: Sequence[Update]) -> None:
        """Change rows that were there before."""

    def finish(self, run: tuple[Any, ...], rows: int) -> None:
        """Keep the run itself, the numbers for its ``rows`` operations, and everything derived from its rows."""


class Desk(Protocol):
    """The open file: one import at a time, wholly or not at all."""

    def keeper(self, stamp: Stamp, run_id: str) -> AbstractContextManager[Keeper]:
        """A transaction; an exception inside takes everything back."""

    def rehearsal(self) -> AbstractContextManager[Keeper]:
        """A keeper that forgets everything in the end."""
