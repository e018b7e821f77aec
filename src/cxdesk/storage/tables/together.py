"""What the desks of a shop settle between them."""

from sqlmodel import Field, Index, SQLModel

__all__ = ["Conflict"]


class Conflict(SQLModel, table=True):
    """Two values of one field, written by two desks that did not see each other's."""

    __tablename__ = "conflict"
    __table_args__ = (Index("conflict_open", "state", "at"), Index("conflict_of", "ent", "ent_id"))
    id: str = Field(primary_key=True)
    ent: str
    ent_id: str
    field: str
    winner_op: str
    winner_dev: str
    winner_at: int
    loser_op: str
    loser_dev: str
    loser_at: int
    at: int
    state: str
    winner: str | None = None
    winner_by: str | None = None
    loser: str | None = None
    loser_by: str | None = None
