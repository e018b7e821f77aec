"""Who is served: people, what they bought and said about themselves."""

from sqlmodel import Field, Index, SQLModel, text

__all__ = [
    "Apart",
    "Consent",
    "Customer",
    "Identity",
    "Merge",
    "MergeRow",
    "Note",
    "Preference",
    "Purchase",
    "SpecialDay",
    "Tag",
]


class Customer(SQLModel, table=True):
    """A person."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("customer_source", "source", "external_id"),
        Index("customer_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        Index("customer_place", "address", sqlite_where=text("address IS NOT NULL")),
    )
    id: str = Field(primary_key=True)
    name: str
    language: str
    address: str | None = None
    source: str | None = None
    external_id: str | None = None
    merged_into: str | None = None
    created_at: int


class Identity(SQLModel, table=True):
    """A phone number, address or handle of a customer, in normal form and as it was given."""

    __tablename__ = "identity"
    __table_args__ = (
        Index("identity_value", "kind", "value", "customer_id"),
        Index("identity_customer", "customer_id"),
    )
    id: str = Field(primary_key=True)
    customer_id: str
    kind: str
    value: str
    shown: str
    created_at: int


class Purchase(SQLModel, table=True):
    """One order line."""

    __tablename__ = "purchase"
    __table_args__ = (
        Index("purchase_key", "source", "external_id", unique=True),
        Index("purchase_customer", "customer_id", "ordered_at"),
        Index("purchase_order", "order_no"),
        Index("purchase_product", "product", "ordered_at"),
        Index(
            "purchase_under_way",
            "state",
            "ordered_at",
            "source",
            sqlite_where=text("state = 'paid' OR state = 'shipping'"),
        ),
    )
    id: str = Field(primary_key=True)
    customer_id: str | None = None
    order_no: str
    product: str
    amount: int
    currency: str
    ordered_at: int
    quantity: int
    option: str
    state: str
    gift: int
    source: str
    external_id: str


class Note(SQLModel, table=True):
    """Something worth remembering about a customer."""

    __tablename__ = "note"
    __table_args__ = (Index("note_customer", "customer_id", "created_at"),)
    id: str = Field(primary_key=True)
    customer_id: str
    body: str
    created_at: int
    agent_id: str | None = None
    ticket_id: str | None = None
    amends: str | None = None


class Preference(SQLModel, table=True):
    """What a customer likes, by key."""

    __tablename__ = "preference"
    __table_args__ = (Index("preference_customer", "customer_id", "key"),)
    id: str = Field(primary_key=True)
    customer_id: str
    key: str
    value: str
    source: str
    noted_at: int


class Consent(SQLModel, table=True):
    """What a customer said about being written to or called; the latest for a purpose holds."""

    __tablename__ = "consent"
    __table_args__ = (Index("consent_customer", "customer_id", "at"),)
    id: str = Field(primary_key=True)
    customer_id: str
    purpose: str
    allowed: int
    at: int
    source: str
    agent_id: str | None = None


class SpecialDay(SQLModel, table=True):
    """A birthday or another day of the year that matters to a customer; never the year."""

    __tablename__ = "special_day"
    __table_args__ = (
        Index("special_day_customer", "customer_id", "noted_at"),
        Index("special_day_of_year", "month", "day", "lunar"),
    )
    id: str = Field(primary_key=True)
    customer_id: str
    kind: str
    month: int
    day: int
    lunar: int
    source: str
    noted_at: int


class Tag(SQLModel, table=True):
    """One adding of a word to a ticket or a customer."""

    __tablename__ = "tag"
    __table_args__ = (Index("tag_of", "ent", "ent_id"), Index("tag_word", "tag", "ent"))
    id: str = Field(primary_key=True)
    ent: str
    ent_id: str
    tag: str
    at: int


class Merge(SQLModel, table=True):
    """Two entries that turned out to be one person, and what it takes to part them again."""

    __tablename__ = "merge"
    __table_args__ = (Index("merge_merged", "merged_id", "undone_at"), Index("merge_survivor", "survivor_id"))
    id: str = Field(primary_key=True)
    survivor_id: str
    merged_id: str
    at: int
    agent_id: str | None = None
    kept: str
    later: int
    undone_at: int | None = None


class MergeRow(SQLModel, table=True):
    """One row that is with the survivor of a merge because of it."""

    __tablename__ = "merge_row"
    __table_args__ = (Index("merge_row_merge", "merge_id"), Index("merge_row_of", "ent", "ent_id"))
    id: str = Field(primary_key=True)
    merge_id: str
    ent: str
    ent_id: str
    how: str


class Apart(SQLModel, table=True):
    """Two people somebody looked at and found to be two; ``one_id`` sorts before ``other_id``."""

    __tablename__ = "apart"
    __table_args__ = (Index("apart_one", "one_id", "other_id"), Index("apart_other", "other_id"))
    id: str = Field(primary_key=True)
    one_id: str
    other_id: str
    at: int
    agent_id: str | None = None
