"""What a column of a file may be to the desk. ``--map column=field`` takes these names and nothing else."""

from cxdesk.imports.reasons import ImportRefused

__all__ = ["CUSTOMER_FIELDS", "FIELDS", "IGNORE", "PURCHASE_FIELDS", "REQUIRED", "check_field"]

CUSTOMER_FIELDS = (
    "customer.name",
    "customer.given_name",
    "customer.family_name",
    "customer.phone",
    "customer.email",
    "customer.id",
    "customer.address",
)
PURCHASE_FIELDS = (
    "purchase.order_no",
    "purchase.item_no",
    "purchase.product",
    "purchase.option",
    "purchase.quantity",
    "purchase.unit_price",
    "purchase.discount",
    "purchase.amount",
    "purchase.currency",
    "purchase.ordered_at",
    "purchase.state",
)
FIELDS = (*CUSTOMER_FIELDS, *PURCHASE_FIELDS, "note", "note.at")

IGNORE = "-"
"""Stands where a field would to say that a column is not to be read."""

REQUIRED: tuple[tuple[str, ...], ...] = (
    ("purchase.order_no",),
    ("purchase.ordered_at",),
    ("purchase.amount", "purchase.unit_price"),
)
"""A map that knows any purchase field must know one of each of these."""


def check_field(field: str) -> str:
    """The field itself. Raises ``ImportRefused`` ``unknown_field``."""
    if field not in FIELDS:
        raise ImportRefused("unknown_field", field=field)
    return field
