"""One cause behind many tickets: what is linked to it, what is said about it, and whom it touched."""

from sqlmodel import Field, Index, SQLModel

__all__ = ["Incident", "IncidentEntry", "IncidentPerson", "IncidentReach", "IncidentTicket", "IncidentWord"]


class Incident(SQLModel, table=True):
    """One cause behind many tickets."""

    __tablename__ = "incident"
    __table_args__ = (Index("incident_open", "closed_at", "opened_at"),)
    id: str = Field(primary_key=True)
    title: str
    opened_at: int
    topic: str | None = None
    product: str
    cause: str
    agent_id: str | None = None
    first_word_at: int | None = None
    last_word_at: int | None = None
    next_word_at: int | None = None
    closed_at: int | None = None


class IncidentTicket(SQLModel, table=True):
    """A ticket that is there because of an incident."""

    __tablename__ = "incident_ticket"
    __table_args__ = (
        Index("incident_ticket_of", "incident_id", "ticket_id"),
        Index("incident_ticket_ticket", "ticket_id"),
    )
    id: str = Field(primary_key=True)
    incident_id: str
    ticket_id: str
    at: int
    agent_id: str | None = None


class IncidentWord(SQLModel, table=True):
    """A wording that was approved; the latest of a form and language holds."""

    __tablename__ = "incident_word"
    __table_args__ = (Index("incident_word_of", "incident_id", "at"),)
    id: str = Field(primary_key=True)
    incident_id: str
    form: str
    language: str
    body: str
    at: int
    agent_id: str | None = None


class IncidentEntry(SQLModel, table=True):
    """One line of an incident's timeline."""

    __tablename__ = "incident_entry"
    __table_args__ = (Index("incident_entry_of", "incident_id", "at"),)
    id: str = Field(primary_key=True)
    incident_id: str
    kind: str
    body: str
    at: int
    item: str
    due_at: int | None = None
    agent_id: str | None = None


class IncidentReach(SQLModel, table=True):
    """A rule that finds customers an incident touched."""

    __tablename__ = "incident_reach"
    __table_args__ = (Index("incident_reach_of", "incident_id", "at"),)
    id: str = Field(primary_key=True)
    incident_id: str
    product: str
    at: int
    since: int | None = None
    until: int | None = None
    option: str
    told_at: int | None = None
    agent_id: str | None = None


class IncidentPerson(SQLModel, table=True):
    """What was done for one customer whom an incident touched."""

    __tablename__ = "incident_person"
    __table_args__ = (
        Index("incident_person_of", "incident_id", "customer_id"),
        Index("incident_person_customer", "customer_id"),
    )
    id: str = Field(primary_key=True)
    incident_id: str
    customer_id: str
    why: str
    told_at: int | None = None
    cared_at: int | None = None
    asked_at: int | None = None
