"""The schema of record: one SQLModel table per kind of row, plus the tables that belong to this machine alone.

Importing this module pulls in SQLAlchemy and pydantic, so nothing on the way to the first frame does; see
``docs/decisions/002-two-ways-to-sqlite.md``. A test compares these classes with ``domain.records`` and with what the
migrations build.
"""

from sqlmodel import Field, Index, SQLModel, text

__all__ = ["DERIVED", "LOCAL", "SHARED"]


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


class Tag(SQLModel, table=True):
    """One adding of a word to a ticket or a customer."""

    __tablename__ = "tag"
    __table_args__ = (Index("tag_of", "ent", "ent_id"), Index("tag_word", "tag", "ent"))
    id: str = Field(primary_key=True)
    ent: str
    ent_id: str
    tag: str
    at: int


class Ticket(SQLModel, table=True):
    """One contact to be handled."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ticket_queue", "status", "rank_at", "id"),
        Index("ticket_customer", "customer_id", "arrived_at"),
        Index("ticket_number", "number"),
        Index("ticket_hold", "hold_until"),
        Index("ticket_quoted", "status", "quoted_until"),
        Index("ticket_done", "resolved_at"),
        Index("ticket_arrived", "arrived_at", "status", "channel", "customer_id"),
    )
    id: str = Field(primary_key=True)
    number: int
    channel: str
    arrived_at: int
    waiting_since: int
    rank_at: int
    customer_id: str | None = None
    topic: str
    subject: str
    priority: str
    segment: str | None = None
    status: str
    stage: str
    emotion: str | None = None
    intensity: int
    feeling_after: str | None = None
    assignee: str | None = None
    taken_at: int | None = None
    hold_until: int | None = None
    hold_for_reply: int
    quoted_from: int | None = None
    quoted_until: int | None = None
    resolved_at: int | None = None
    abandoned_at: int | None = None
    heard: str | None = None
    urgency: int = Field(sa_column_kwargs={"server_default": "0"})


class Message(SQLModel, table=True):
    """One entry of a ticket."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_ticket", "ticket_id", "at", "id"),
        Index("message_line", "at", "script_id", "ticket_id", sqlite_where=text("script_id IS NOT NULL")),
    )
    id: str = Field(primary_key=True)
    ticket_id: str
    kind: str
    body: str
    at: int
    agent_id: str | None = None
    script_id: str | None = None


class FollowUp(SQLModel, table=True):
    """A promise to a customer."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("follow_up_due", "state", "due_at"),
        Index("follow_up_customer", "customer_id"),
        Index("follow_up_ticket", "ticket_id"),
    )
    id: str = Field(primary_key=True)
    customer_id: str | None = None
    ticket_id: str | None = None
    what: str
    due_at: int
    made_at: int
    agent_id: str | None = None
    state: str
    done_at: int | None = None


class Quote(SQLModel, table=True):
    """A wait that was said to a customer."""

    __tablename__ = "quote"
    __table_args__ = (Index("quote_ticket", "ticket_id", "told_at"), Index("quote_customer", "customer_id"))
    id: str = Field(primary_key=True)
    ticket_id: str
    customer_id: str | None = None
    low: int
    expected: int
    high: int
    method: str
    basis: int
    told_at: int
    sentence: str
    agent_id: str | None = None
    waited: int | None = None


class Agent(SQLModel, table=True):
    """A person who serves customers."""

    __tablename__ = "agent"
    id: str = Field(primary_key=True)
    name: str
    created_at: int
    active: int


class Shift(SQLModel, table=True):
    """A stretch of duty or break."""

    __tablename__ = "shift"
    __table_args__ = (
        Index("shift_open", "ended_at", "agent_id"),
        Index("shift_agent", "agent_id", "started_at"),
    )
    id: str = Field(primary_key=True)
    agent_id: str
    state: str
    started_at: int
    planned_until: int | None = None
    ended_at: int | None = None


class Feedback(SQLModel, table=True):
    """An answer on a named scale."""

    __tablename__ = "feedback"
    __table_args__ = (Index("feedback_customer", "customer_id", "at"),)
    id: str = Field(primary_key=True)
    customer_id: str | None = None
    ticket_id: str | None = None
    scale: str
    value: int
    at: int
    comment: str


class Kindness(SQLModel, table=True):
    """Something kind that happened at the desk."""

    __tablename__ = "kindness"
    __table_args__ = (Index("kindness_at", "at"), Index("kindness_customer", "customer_id"))
    id: str = Field(primary_key=True)
    body: str
    at: int
    agent_id: str | None = None
    customer_id: str | None = None
    ticket_id: str | None = None


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
    __table_args__ = (Index("special_day_customer", "customer_id", "noted_at"),)
    id: str = Field(primary_key=True)
    customer_id: str
    kind: str
    month: int
    day: int
    lunar: int
    source: str
    noted_at: int


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


class Setting(SQLModel, table=True):
    """A choice made in the program."""

    __tablename__ = "setting"
    id: str = Field(primary_key=True)
    value: str


class Local(SQLModel, table=True):
    """What this machine alone knows: its device id, its clock, the ticket on screen."""

    __tablename__ = "local"
    key: str = Field(primary_key=True)
    value: str


class Draft(SQLModel, table=True):
    """What is being typed into a ticket and not sent yet; never synced."""

    __tablename__ = "draft"
    ticket_id: str = Field(primary_key=True)
    kind: str
    body: str
    at: int


class ChangeLog(SQLModel, table=True):
    """What was done on this machine, newest last, with what it takes to undo it."""

    __tablename__ = "change_log"
    __table_args__ = (Index("change_log_undo", "agent_id", "undone", "n"),)
    n: int = Field(primary_key=True)
    verb: str
    at: int
    agent_id: str | None = None
    edits: str
    undone: int


class Outbox(SQLModel, table=True):
    """Operations for the shared desk, in the order they were made; ``span`` > 1 reserves numbers for a bulk of rows."""

    __tablename__ = "outbox"
    n: int = Field(primary_key=True)
    op: str
    t: int
    ent: str
    ent_id: str
    k: str
    agent_id: str | None = None
    body: str
    span: int


class FieldClock(SQLModel, table=True):
    """The operation that last wrote a field; the empty field name stands for the row's first operation."""

    __tablename__ = "field_clock"
    __table_args__ = ({"sqlite_with_rowid": False},)
    ent: str = Field(primary_key=True)
    ent_id: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    t: int
    op: str


class HardContact(SQLModel, table=True):
    """A contact that cost its agent; known to this machine alone."""

    __tablename__ = "hard_contact"
    __table_args__ = (Index("hard_contact_agent", "agent_id", "at"),)
    ticket_id: str = Field(primary_key=True)
    agent_id: str
    at: int
    abuse: int


class ImportRun(SQLModel, table=True):
    """One file that was brought in."""

    __tablename__ = "import_run"
    __table_args__ = (Index("import_run_standing", "undone_at", "agent_id", "after_n"),)
    id: str = Field(primary_key=True)
    file_name: str
    sha256: str
    map: str
    started_at: int
    finished_at: int | None = None
    added: int
    changed: int
    same: int
    rejected: int
    agent_id: str | None = None
    after_n: int | None = None
    undone_at: int | None = None


class ImportEdit(SQLModel, table=True):
    """What an import changed of a row that was there before, both ways as JSON, until it is taken back."""

    __tablename__ = "import_edit"
    __table_args__ = (Index("import_edit_run", "run_id", "n"),)
    n: int = Field(primary_key=True)
    run_id: str
    kind: str
    row_id: str
    before: str
    after: str


class AccessLog(SQLModel, table=True):
    """Who looked at which hidden field of whom, when and why. Rows are added and never changed: triggers see to it."""

    __tablename__ = "access_log"
    __table_args__ = (Index("access_log_customer", "customer_id", "at"),)
    n: int = Field(primary_key=True)
    at: int
    agent_id: str | None = None
    customer_id: str
    field: str
    why: str


class CustomerSummary(SQLModel, table=True):
    """A customer's buying in figures, kept with the purchases; ``doctor`` can rebuild it.

    ``own_orders`` are those in ``currency``, the only ones ``spent`` may be divided by.
    """

    __tablename__ = "customer_summary"
    customer_id: str = Field(primary_key=True)
    orders: int
    spent: int
    currency: str
    first_at: int | None = None
    last_at: int | None = None
    own_orders: int


class CustomerWait(SQLModel, table=True):
    """How often a customer waited longer than they were told, and the last time: when, and by how many seconds."""

    __tablename__ = "customer_wait"
    customer_id: str = Field(primary_key=True)
    times: int
    last_at: int
    over: int


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
    __table_args__ = (Index("search_key_line", "n"), {"sqlite_with_rowid": False})
    key: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    rank: int


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


SHARED: tuple[type[SQLModel], ...] = (
    Customer,
    Identity,
    Purchase,
    Note,
    Preference,
    Tag,
    Ticket,
    Message,
    FollowUp,
    Quote,
    Agent,
    Shift,
    Feedback,
    Kindness,
    Consent,
    SpecialDay,
    Merge,
    MergeRow,
    Apart,
    Setting,
)
"""Tables that hold what people did; they are exported, undone and, later, synced."""

LOCAL: tuple[type[SQLModel], ...] = (
    Local,
    Draft,
    ChangeLog,
    Outbox,
    FieldClock,
    ImportRun,
    ImportEdit,
    AccessLog,
    HardContact,
)
"""Tables of this machine alone."""

DERIVED: tuple[type[SQLModel], ...] = (CustomerSummary, CustomerWait, GoesWith, Roster, SearchKey, Product, TextRow)
"""Tables that can be rebuilt from the shared ones."""
