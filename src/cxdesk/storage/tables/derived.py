"""What can be rebuilt from the shared rows."""

from sqlmodel import Field, Index, SQLModel, text

__all__ = [
    "CustomerSummary",
    "CustomerWait",
    "Figure",
    "GoesWith",
    "Product",
    "Ranked",
    "Roster",
    "SearchKey",
    "TextRow",
]


class CustomerSummary(SQLModel, table=True):
    """A customer's buying in figures, kept with the purchases; ``doctor`` can rebuild it.

    ``own_orders`` are those in ``currency``, the only ones ``spent`` may be divided by. ``next_at`` is when somebody
    with three orders or more would order again by their own rhythm.
    """

    __tablename__ = "customer_summary"
    __table_args__ = (
        Index(
            "customer_summary_next",
            "next_at",
            "first_at",
            "last_at",
            "orders",
            "spent",
            "customer_id",
            sqlite_where=text("next_at IS NOT NULL"),
        ),
    )
    customer_id: str = Field(primary_key=True)
    orders: int
    spent: int
    currency: str
    first_at: int | None = None
    last_at: int | None = None
    own_orders: int
    next_at: int | None = None


class CustomerWait(SQLModel, table=True):
    """How often a customer waited longer than they were told, and the last time: when, and by how many seconds."""

    __tablename__ = "customer_wait"
    customer_id: str = Field(primary_key=True)
    times: int
    last_at: int
    over: int


class Figure(SQLModel, table=True):
    """How often something was so in a day, a month or a year of the shop's (``level``, ``span``); ``domain.facts`` says
    what ``kind``, ``key`` and ``bin`` are. ``span`` is the day's ordinal, ``12 * year + month - 1``, or the year."""

    __tablename__ = "figure"
    __table_args__ = ({"sqlite_with_rowid": False},)
    level: str = Field(primary_key=True)
    span: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    bin: int = Field(primary_key=True)
    n: int


class GoesWith(SQLModel, table=True):
    """Two products that are bought together more often than chance, as the orders of the shop say."""

    __tablename__ = "goes_with"
    __table_args__ = ({"sqlite_with_rowid": False},)
    product: str = Field(primary_key=True)
    other: str = Field(primary_key=True)
    together: int
    product_orders: int
    other_orders: int
    orders: int


class Roster(SQLModel, table=True):
    """One line of the list of customers, with what it is sorted by; ``n`` is its short name in other derived rows.

    ``rank`` says who comes first: the moment of the last contact or, for somebody without one, what they spent.
    """

    __tablename__ = "roster"
    __table_args__ = (
        Index("roster_of", "customer_id", unique=True),
        Index("roster_name", "name_sort"),
        Index("roster_rank", "rank"),
        Index("roster_spent", "spent"),
    )
    n: int = Field(primary_key=True)
    customer_id: str
    name: str
    name_sort: str
    phone: str | None = None
    rank: int
    seen_at: int
    spent: int
    orders: int
    currency: str
    first_at: int | None = None
    last_at: int | None = None


class SearchKey(SQLModel, table=True):
    """One spelling under which a line of the roster can be found: every search is a range of this index.

    It carries the line's ``rank``, so that the first of thousands are found without looking at their lines.
    """

    __tablename__ = "search_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    rank: int


class Ranked(SQLModel, table=True):
    """All spellings of a line of the roster, each between line breaks, and its buying, in the order of rank.

    Where very many share a spelling, the first of them are found by walking here: page after page, never by look-up.
    """

    __tablename__ = "ranked"
    __table_args__ = ({"sqlite_with_rowid": False},)
    rank: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    spellings: str
    spent: int
    orders: int
    currency: str
    first_at: int | None = None
    last_at: int | None = None


class Product(SQLModel, table=True):
    """One name of something that was bought, so that its words can be looked up; ``n`` is its row in the word index."""

    __tablename__ = "product"
    n: int = Field(primary_key=True)
    name: str = Field(unique=True)


class TextRow(SQLModel, table=True):
    """Which note or message a row of the full-text index stands for."""

    __tablename__ = "text_row"
    __table_args__ = (Index("text_row_of", "ent", "ent_id", unique=True),)
    n: int = Field(primary_key=True)
    ent: str
    ent_id: str
    parent_id: str
    at: int
