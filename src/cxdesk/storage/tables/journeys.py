"""What people think of the places where customers meet the shop."""

from sqlmodel import Field, SQLModel

__all__ = ["Touchpoint"]


class Touchpoint(SQLModel, table=True):
    """How feasible it is to improve a touchpoint; ``id`` is ``channel/topic``."""

    __tablename__ = "touchpoint"
    id: str = Field(primary_key=True)
    feasibility: int
