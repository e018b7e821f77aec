"""What was done with the entries of the morning list."""

from sqlmodel import Field, Index, SQLModel

__all__ = ["MorningChoice"]


class MorningChoice(SQLModel, table=True):
    """One entry that was acted on or put away; ``subject`` is the id of the record it rested on."""

    __tablename__ = "morning_choice"
    __table_args__ = (Index("morning_choice_at", "at", "kind", "subject", "choice"),)
    id: str = Field(primary_key=True)
    kind: str
    subject: str
    choice: str
    at: int
    agent_id: str | None = None
