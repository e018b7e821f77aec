"""What belongs to this machine alone and is never synced."""

from sqlmodel import Field, Index, SQLModel

__all__ = [
    "AccessLog",
    "ChangeLog",
    "Draft",
    "FieldClock",
    "HardContact",
    "ImportEdit",
    "ImportRun",
    "Local",
    "Outbox",
    "Reminder",
]


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
    """The operation that last wrote a field; the empty field name stands for the row's first operation.

    An empty ``dev`` is this device, by whatever id it goes.
    """

    __tablename__ = "field_clock"
    __table_args__ = ({"sqlite_with_rowid": False},)
    ent: str = Field(primary_key=True)
    ent_id: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    t: int
    op: str
    dev: str = Field(sa_column_kwargs={"server_default": ""})


class FieldHistory(SQLModel, table=True):
    """A value (JSON) that another one took the place of, and which operation had written it."""

    __tablename__ = "field_history"
    __table_args__ = (Index("field_history_of", "ent", "ent_id", "field", "op", unique=True),)
    n: int = Field(primary_key=True)
    ent: str
    ent_id: str
    field: str
    value: str
    t: int
    dev: str
    op: str
    at: int


class ExtraField(SQLModel, table=True):
    """What other desks wrote and this one has no column for: fields and tables of a later version, and rows whose
    beginning has not come yet. ``value`` is JSON."""

    __tablename__ = "extra_field"
    __table_args__ = ({"sqlite_with_rowid": False},)
    ent: str = Field(primary_key=True)
    ent_id: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    value: str


class Attention(SQLModel, table=True):
    """An operation of this desk that the server refused for good, whole, until somebody has looked at it."""

    __tablename__ = "attention"
    __table_args__ = (Index("attention_open", "done_at", "n"),)
    n: int = Field(primary_key=True)
    op: str = Field(unique=True)
    at: int
    agent_id: str | None = None
    ent: str
    ent_id: str
    k: str
    problem: str
    body: str
    done_at: int | None = None


class Holding(SQLModel, table=True):
    """Who holds a ticket, as the server said last, or as this desk took it while nobody could be asked."""

    __tablename__ = "holding"
    ticket_id: str = Field(primary_key=True)
    agent_id: str | None = None
    dev: str
    fence: int | None = None
    until: int | None = None
    tentative: int


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


class HardContact(SQLModel, table=True):
    """A contact that cost its agent; known to this machine alone."""

    __tablename__ = "hard_contact"
    __table_args__ = (Index("hard_contact_agent", "agent_id", "at"),)
    ticket_id: str = Field(primary_key=True)
    agent_id: str
    at: int
    abuse: int


class Reminder(SQLModel, table=True):
    """When this machine said that a promise will soon be due, and that it is."""

    __tablename__ = "reminder"
    __table_args__ = (Index("reminder_due", "due_told_at"),)
    promise_id: str = Field(primary_key=True)
    soon_told_at: int | None = None
    due_told_at: int | None = None
