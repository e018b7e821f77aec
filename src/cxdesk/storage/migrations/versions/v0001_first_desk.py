"""The first desk: every table of the program's first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables and the full-text index."""
    op.create_table(
        "customer",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("external_id", sa.String()),
        sa.Column("merged_into", sa.String()),
        sa.Column("created_at", sa.Integer(), nullable=False),
    )
    op.create_index("customer_source", "customer", ["source", "external_id"])
    op.create_table(
        "identity",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
    )
    op.create_index("identity_customer", "identity", ["customer_id"])
    op.create_index("identity_value", "identity", ["kind", "value"])
    op.create_table(
        "purchase",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String()),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("gift", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
    )
    op.create_index("purchase_customer", "purchase", ["customer_id", "ordered_at"])
    op.create_index("purchase_key", "purchase", ["source", "external_id"], unique=True)
    op.create_index("purchase_order", "purchase", ["order_no"])
    op.create_table(
        "note",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("ticket_id", sa.String()),
        sa.Column("amends", sa.String()),
    )
    op.create_index("note_customer", "note", ["customer_id", "created_at"])
    op.create_table(
        "preference",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_at", sa.Integer(), nullable=False),
    )
    op.create_index("preference_customer", "preference", ["customer_id", "key"])
    op.create_table(
        "tag",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("tag_of", "tag", ["ent", "ent_id"])
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.Integer(), nullable=False),
        sa.Column("waiting_since", sa.Integer(), nullable=False),
        sa.Column("rank_at", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("segment", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("emotion", sa.String()),
        sa.Column("intensity", sa.Integer(), nullable=False),
        sa.Column("feeling_after", sa.String()),
        sa.Column("assignee", sa.String()),
        sa.Column("taken_at", sa.Integer()),
        sa.Column("hold_until", sa.Integer()),
        sa.Column("hold_for_reply", sa.Integer(), nullable=False),
        sa.Column("quoted_from", sa.Integer()),
        sa.Column("quoted_until", sa.Integer()),
        sa.Column("resolved_at", sa.Integer()),
        sa.Column("abandoned_at", sa.Integer()),
    )
    op.create_index("ticket_customer", "ticket", ["customer_id", "arrived_at"])
    op.create_index("ticket_done", "ticket", ["resolved_at"])
    op.create_index("ticket_hold", "ticket", ["hold_until"])
    op.create_index("ticket_number", "ticket", ["number"])
    op.create_index("ticket_queue", "ticket", ["status", "rank_at", "id"])
    op.create_index("ticket_quoted", "ticket", ["status", "quoted_until"])
    op.create_table(
        "message",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("script_id", sa.String()),
    )
    op.create_index("message_ticket", "message", ["ticket_id", "at", "id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String()),
        sa.Column("ticket_id", sa.String()),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_at", sa.Integer()),
    )
    op.create_index("follow_up_customer", "follow_up", ["customer_id"])
    op.create_index("follow_up_due", "follow_up", ["state", "due_at"])
    op.create_index("follow_up_ticket", "follow_up", ["ticket_id"])
    op.create_table(
        "quote",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("basis", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("waited", sa.Integer()),
    )
    op.create_index("quote_ticket", "quote", ["ticket_id", "told_at"])
    op.create_table(
        "agent",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("planned_until", sa.Integer()),
        sa.Column("ended_at", sa.Integer()),
    )
    op.create_index("shift_agent", "shift", ["agent_id", "started_at"])
    op.create_index("shift_open", "shift", ["ended_at", "agent_id"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String()),
        sa.Column("ticket_id", sa.String()),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
    )
    op.create_index("feedback_customer", "feedback", ["customer_id", "at"])
    op.create_table(
        "setting",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.create_table(
        "local",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("ticket_id", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_table(
        "change_log",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("edits", sa.String(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
    )
    op.create_index("change_log_undo", "change_log", ["agent_id", "undone", "n"])
    op.create_table(
        "outbox",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("t", sa.Integer(), nullable=False),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("k", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
    )
    op.create_table(
        "field_clock",
        sa.Column("ent", sa.String(), primary_key=True),
        sa.Column("ent_id", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("t", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("map", sa.String(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Integer()),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
    )
    op.create_table(
        "customer_summary",
        sa.Column("customer_id", sa.String(), primary_key=True),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("first_at", sa.Integer()),
        sa.Column("last_at", sa.Integer()),
    )
    op.create_table(
        "search_key",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("search_key_customer", "search_key", ["customer_id"])
    op.create_table(
        "text_row",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
    op.create_index("text_row_of", "text_row", ["ent", "ent_id"], unique=True)
    op.execute("CREATE VIRTUAL TABLE text_index USING fts5(body_jamo, content='', tokenize='trigram')")
