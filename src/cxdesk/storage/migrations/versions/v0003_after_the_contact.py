"""After the contact: promises that moved, incidents, voices, feedback asked for, and one queue for many desks."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns."""
