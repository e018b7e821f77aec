"""After the contact: promises that moved, incidents, voices, feedback asked for, and one queue for many desks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns."""
    _keeping_promises()
    _looking_ahead()
    _finding_faster()
    _hearing_voices()
    _handling_incidents()
    _meeting_other_desks()
    _adding_up()


def _finding_faster() -> None:
    """Spellings in the order of rank, and how a contact stands without a look at its row."""
    op.drop_index("search_key_line", "search_key")
    op.create_table(
        "ranked",
        sa.Column("rank", sa.Integer(), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("spellings", sa.String(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("first_at", sa.Integer()),
        sa.Column("last_at", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.drop_index("ticket_customer", "ticket")
    op.create_index("ticket_customer", "ticket", ["customer_id", "arrived_at", "status", "channel"])


def _hearing_voices() -> None:
    """Who was asked for feedback, what customers say, what is changed because of it, and who was told."""
    op.create_index("feedback_at", "feedback", ["at", "scale", "value"])
    op.create_table(
        "feedback_ask",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String()),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("feedback_ask_customer", "feedback_ask", ["customer_id", "at"])
    op.create_table(
        "voice",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String()),
        sa.Column("ticket_id", sa.String()),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("theme_id", sa.String(), nullable=False),
    )
    op.create_index("voice_at", "voice", ["at", "theme_id", "customer_id", "severity"])
    op.create_index("voice_theme", "voice", ["theme_id", "at"])
    op.create_index("voice_customer", "voice", ["customer_id", "at"])
    op.create_table(
        "theme",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("effort", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.String()),
    )
    op.create_index("theme_topic", "theme", ["topic", "heard_at"])
    op.create_index("theme_stage", "theme", ["stage", "heard_at"])
    op.create_table(
        "theme_why",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("theme_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("theme_why_theme", "theme_why", ["theme_id", "place"])
    op.create_table(
        "improvement",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("theme_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("horizon", sa.String(), nullable=False),
        sa.Column("owner", sa.String()),
        sa.Column("due_at", sa.Integer()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.Integer()),
    )
    op.create_index("improvement_theme", "improvement", ["theme_id", "at"])
    op.create_index("improvement_due", "improvement", ["state", "due_at"])
    op.create_table(
        "telling",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("theme_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("voice_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.Integer()),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("telling_theme", "telling", ["theme_id", "customer_id"])
    op.create_index("telling_customer", "telling", ["customer_id"])


def _handling_incidents() -> None:
    """One cause behind many tickets, what is said about it, and whom it touched."""
    op.create_table(
        "incident",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String()),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("first_word_at", sa.Integer()),
        sa.Column("last_word_at", sa.Integer()),
        sa.Column("next_word_at", sa.Integer()),
        sa.Column("closed_at", sa.Integer()),
    )
    op.create_index("incident_open", "incident", ["closed_at", "opened_at"])
    op.create_table(
        "incident_ticket",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("incident_ticket_of", "incident_ticket", ["incident_id", "ticket_id"])
    op.create_index("incident_ticket_ticket", "incident_ticket", ["ticket_id"])
    op.create_table(
        "incident_word",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("incident_word_of", "incident_word", ["incident_id", "at"])
    op.create_table(
        "incident_entry",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("due_at", sa.Integer()),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("incident_entry_of", "incident_entry", ["incident_id", "at"])
    op.create_table(
        "incident_reach",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer()),
        sa.Column("until", sa.Integer()),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("told_at", sa.Integer()),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("incident_reach_of", "incident_reach", ["incident_id", "at"])
    op.create_table(
        "incident_person",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("incident_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("told_at", sa.Integer()),
        sa.Column("cared_at", sa.Integer()),
        sa.Column("asked_at", sa.Integer()),
    )
    op.create_index("incident_person_of", "incident_person", ["incident_id", "customer_id"])
    op.create_index("incident_person_customer", "incident_person", ["customer_id"])


def _keeping_promises() -> None:
    """Why a promise was moved or broken, what it was at first, and what this machine has said about it."""
    op.add_column("follow_up", sa.Column("reason", sa.String(), nullable=False, server_default=""))
    op.add_column("follow_up", sa.Column("first_id", sa.String()))
    op.add_column("follow_up", sa.Column("first_due_at", sa.Integer()))
    op.add_column("follow_up", sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("follow_up_done", "follow_up", ["done_at", "state", "due_at"])
    op.create_table(
        "reminder",
        sa.Column("promise_id", sa.String(), primary_key=True),
        sa.Column("soon_told_at", sa.Integer()),
        sa.Column("due_told_at", sa.Integer()),
    )
    op.create_index("reminder_due", "reminder", ["due_told_at"])


def _looking_ahead() -> None:
    """What the morning list looks for, found by index, and what was done with its entries."""
    under_way = sa.text("state = 'paid' OR state = 'shipping'")
    op.create_index("purchase_under_way", "purchase", ["state", "ordered_at", "source"], sqlite_where=under_way)
    op.create_index("special_day_of_year", "special_day", ["month", "day", "lunar"])
    op.add_column("customer_summary", sa.Column("next_at", sa.Integer()))
    op.execute("UPDATE customer_summary SET next_at = last_at + (last_at - first_at) / (orders - 1) WHERE orders >= 3")
    op.create_index(
        "customer_summary_next",
        "customer_summary",
        ["next_at", "first_at", "last_at", "orders", "spent", "customer_id"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "morning_choice",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("morning_choice_at", "morning_choice", ["at", "kind", "subject", "choice"])


def _meeting_other_desks() -> None:
    """Which device wrote a field, what other values it had, who holds what, and what the server refused."""
    op.add_column("field_clock", sa.Column("dev", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "field_history",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("t", sa.Integer(), nullable=False),
        sa.Column("dev", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("field_history_of", "field_history", ["ent", "ent_id", "field", "op"], unique=True)
    op.create_table(
        "extra_field",
        sa.Column("ent", sa.String(), primary_key=True),
        sa.Column("ent_id", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attention",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("op", sa.String(), nullable=False, unique=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("k", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("done_at", sa.Integer()),
    )
    op.create_index("attention_open", "attention", ["done_at", "n"])
    op.create_table(
        "holding",
        sa.Column("ticket_id", sa.String(), primary_key=True),
        sa.Column("agent_id", sa.String()),
        sa.Column("dev", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer()),
        sa.Column("until", sa.Integer()),
        sa.Column("tentative", sa.Integer(), nullable=False),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("winner_op", sa.String(), nullable=False),
        sa.Column("winner_dev", sa.String(), nullable=False),
        sa.Column("winner_at", sa.Integer(), nullable=False),
        sa.Column("loser_op", sa.String(), nullable=False),
        sa.Column("loser_dev", sa.String(), nullable=False),
        sa.Column("loser_at", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("winner", sa.String()),
        sa.Column("winner_by", sa.String()),
        sa.Column("loser", sa.String()),
        sa.Column("loser_by", sa.String()),
    )
    op.create_index("conflict_open", "conflict", ["state", "at"])
    op.create_index("conflict_of", "conflict", ["ent", "ent_id"])


def _adding_up() -> None:
    """Figures by day, month and year, and how feasible an improvement of a touchpoint is."""
    op.create_index("feedback_ticket", "feedback", ["ticket_id"])
    op.create_table(
        "figure",
        sa.Column("level", sa.String(), primary_key=True),
        sa.Column("span", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("bin", sa.Integer(), primary_key=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "touchpoint",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("feasibility", sa.Integer(), nullable=False),
    )
