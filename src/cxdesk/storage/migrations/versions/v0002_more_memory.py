"""More memory: what the first desk did not keep yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns."""
    _hearing_customers()
    _caring_for_agents()
    _finding_people()
    _knowing_people()
    _taking_imports_back()
    _learning_what_helps()


def _hearing_customers() -> None:
    """What a customer's words sounded like."""
    op.add_column("ticket", sa.Column("heard", sa.String()))
    op.add_column("ticket", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))


def _caring_for_agents() -> None:
    """Hard contacts, which stay on this machine, and kindnesses, which the team sees."""
    op.create_table(
        "hard_contact",
        sa.Column("ticket_id", sa.String(), primary_key=True),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("abuse", sa.Integer(), nullable=False),
    )
    op.create_index("hard_contact_agent", "hard_contact", ["agent_id", "at"])
    op.create_table(
        "kindness",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("customer_id", sa.String()),
        sa.Column("ticket_id", sa.String()),
    )
    op.create_index("kindness_at", "kindness", ["at"])
    op.create_index("kindness_customer", "kindness", ["customer_id"])


def _finding_people() -> None:
    """The list of customers, the spellings that lead to its lines, and who looked at what was hidden."""
    op.create_index("customer_merged", "customer", ["merged_into"], sqlite_where=sa.text("merged_into IS NOT NULL"))
    op.create_index("purchase_product", "purchase", ["product", "ordered_at"])
    op.create_index("tag_word", "tag", ["tag", "ent"])
    op.create_index("ticket_arrived", "ticket", ["arrived_at", "status", "channel", "customer_id"])
    op.create_table(
        "access_log",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
    )
    op.create_index("access_log_customer", "access_log", ["customer_id", "at"])
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER access_log_no_{verb.lower()} BEFORE {verb} ON access_log"
            " BEGIN SELECT RAISE(ABORT, 'access_log rows stay as they are'); END"
        )
    op.create_table(
        "roster",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_sort", sa.String(), nullable=False),
        sa.Column("phone", sa.String()),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("first_at", sa.Integer()),
        sa.Column("last_at", sa.Integer()),
    )
    op.create_index("roster_of", "roster", ["customer_id"], unique=True)
    op.create_index("roster_name", "roster", ["name_sort"])
    op.create_index("roster_rank", "roster", ["rank"])
    op.create_index("roster_spent", "roster", ["spent"])
    # Spellings are derived: they come back, leading to lines of the roster, when the store rebuilds after migrating.
    op.drop_table("search_key")
    op.create_table(
        "search_key",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("search_key_line", "search_key", ["n"])
    op.create_table(
        "product",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False, unique=True),
    )
    op.execute("CREATE VIRTUAL TABLE product_index USING fts5(name_jamo, content='', tokenize='trigram')")


def _knowing_people() -> None:
    """Who is the same person, what they agreed to, their days, and figures kept beside the rows."""
    op.create_index("customer_place", "customer", ["address"], sqlite_where=sa.text("address IS NOT NULL"))
    op.drop_index("identity_value", "identity")
    op.create_index("identity_value", "identity", ["kind", "value", "customer_id"])
    op.create_index("quote_customer", "quote", ["customer_id"])
    op.create_table(
        "consent",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("consent_customer", "consent", ["customer_id", "at"])
    op.create_table(
        "special_day",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("lunar", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_at", sa.Integer(), nullable=False),
    )
    op.create_index("special_day_customer", "special_day", ["customer_id", "noted_at"])
    op.create_table(
        "merge",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("survivor_id", sa.String(), nullable=False),
        sa.Column("merged_id", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("later", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.Integer()),
    )
    op.create_index("merge_merged", "merge", ["merged_id", "undone_at"])
    op.create_index("merge_survivor", "merge", ["survivor_id"])
    op.create_table(
        "merge_row",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("merge_id", sa.String(), nullable=False),
        sa.Column("ent", sa.String(), nullable=False),
        sa.Column("ent_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
    )
    op.create_index("merge_row_merge", "merge_row", ["merge_id"])
    op.create_index("merge_row_of", "merge_row", ["ent", "ent_id"])
    op.create_table(
        "apart",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("one_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String()),
    )
    op.create_index("apart_one", "apart", ["one_id", "other_id"])
    op.create_index("apart_other", "apart", ["other_id"])
    # Figures are derived: the store makes them anew after migrating.
    op.drop_table("customer_summary")
    op.create_table(
        "customer_summary",
        sa.Column("customer_id", sa.String(), primary_key=True),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("first_at", sa.Integer()),
        sa.Column("last_at", sa.Integer()),
        sa.Column("own_orders", sa.Integer(), nullable=False),
    )
    op.create_table(
        "customer_wait",
        sa.Column("customer_id", sa.String(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Integer(), nullable=False),
        sa.Column("over", sa.Integer(), nullable=False),
    )
    op.create_table(
        "goes_with",
        sa.Column("product", sa.String(), primary_key=True),
        sa.Column("other", sa.String(), primary_key=True),
        sa.Column("together", sa.Integer(), nullable=False),
        sa.Column("product_orders", sa.Integer(), nullable=False),
        sa.Column("other_orders", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )


def _taking_imports_back() -> None:
    """Who brought a file in, after which of their changes, and what it changed of rows that were there."""
    op.add_column("import_run", sa.Column("agent_id", sa.String()))
    op.add_column("import_run", sa.Column("after_n", sa.Integer()))
    op.add_column("import_run", sa.Column("undone_at", sa.Integer()))
    op.create_index("import_run_standing", "import_run", ["undone_at", "agent_id", "after_n"])
    op.create_table(
        "import_edit",
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
    )
    op.create_index("import_edit_run", "import_edit", ["run_id", "n"])


def _learning_what_helps() -> None:
    """The replies that came from a line, without a walk through all messages."""
    op.create_index(
        "message_line",
        "message",
        ["at", "script_id", "ticket_id"],
        sqlite_where=sa.text("script_id IS NOT NULL"),
    )
