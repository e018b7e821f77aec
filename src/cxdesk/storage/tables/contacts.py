"""What happens at the desk: contacts, promises, told waits, and who serves."""

from sqlmodel import Field, Index, SQLModel, text

__all__ = ["Agent", "Feedback", "FollowUp", "Kindness", "Message", "Quote", "Setting", "Shift", "Ticket"]


class Ticket(SQLModel, table=True):
    """One contact to be handled."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ticket_queue", "status", "rank_at", "id"),
        Index("ticket_customer", "customer_id", "arrived_at", "status", "channel"),
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
        Index("follow_up_done", "done_at", "state", "due_at"),
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
    reason: str = Field(sa_column_kwargs={"server_default": ""})
    first_id: str | None = None
    first_due_at: int | None = None
    moves: int = Field(sa_column_kwargs={"server_default": "0"})


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
    __table_args__ = (
        Index("feedback_customer", "customer_id", "at"),
        Index("feedback_at", "at", "scale", "value"),
        Index("feedback_ticket", "ticket_id"),
    )
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


class Setting(SQLModel, table=True):
    """A choice made in the program."""

    __tablename__ = "setting"
    id: str = Field(primary_key=True)
    value: str
