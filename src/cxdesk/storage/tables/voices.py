"""What customers say about the shop, what is changed because of it, and who was asked and told."""

from sqlmodel import Field, Index, SQLModel

__all__ = ["FeedbackAsk", "Improvement", "Telling", "Theme", "ThemeWhy", "Voice"]


class FeedbackAsk(SQLModel, table=True):
    """A customer was asked for feedback."""

    __tablename__ = "feedback_ask"
    __table_args__ = (Index("feedback_ask_customer", "customer_id", "at"),)
    id: str = Field(primary_key=True)
    customer_id: str
    ticket_id: str | None = None
    scale: str
    at: int
    agent_id: str | None = None


class Voice(SQLModel, table=True):
    """Something a customer said that the shop could learn from."""

    __tablename__ = "voice"
    __table_args__ = (
        Index("voice_at", "at", "theme_id", "customer_id", "severity"),
        Index("voice_theme", "theme_id", "at"),
        Index("voice_customer", "customer_id", "at"),
    )
    id: str = Field(primary_key=True)
    customer_id: str | None = None
    ticket_id: str | None = None
    body: str
    topic: str
    product: str
    severity: int
    at: int
    agent_id: str | None = None
    theme_id: str


class Theme(SQLModel, table=True):
    """Voices about one thing."""

    __tablename__ = "theme"
    __table_args__ = (Index("theme_topic", "topic", "heard_at"), Index("theme_stage", "stage", "heard_at"))
    id: str = Field(primary_key=True)
    title: str
    topic: str
    product: str
    stage: str
    effort: int
    created_at: int
    heard_at: int
    merged_into: str | None = None


class ThemeWhy(SQLModel, table=True):
    """One step of asking why."""

    __tablename__ = "theme_why"
    __table_args__ = (Index("theme_why_theme", "theme_id", "place"),)
    id: str = Field(primary_key=True)
    theme_id: str
    place: int
    body: str
    at: int
    agent_id: str | None = None


class Improvement(SQLModel, table=True):
    """What is to be changed because of a theme."""

    __tablename__ = "improvement"
    __table_args__ = (
        Index("improvement_theme", "theme_id", "at"),
        Index("improvement_due", "state", "due_at"),
    )
    id: str = Field(primary_key=True)
    theme_id: str
    what: str
    horizon: str
    owner: str | None = None
    due_at: int | None = None
    state: str
    at: int
    done_at: int | None = None


class Telling(SQLModel, table=True):
    """What a customer is told about what became of their words."""

    __tablename__ = "telling"
    __table_args__ = (Index("telling_theme", "theme_id", "customer_id"), Index("telling_customer", "customer_id"))
    id: str = Field(primary_key=True)
    theme_id: str
    customer_id: str
    voice_id: str
    body: str
    at: int
    told_at: int | None = None
    agent_id: str | None = None
