"""What ``docs/scale.md`` says about the server's schema is what the schema is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "scale.md").read_text("utf-8")
SCHEMA = "\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "src/cxdesk/server/store/migrations").glob("*.postgres.sql"))
)
TABLES = dict(re.findall(r"^CREATE TABLE (\w+) \((.*?)^\)", SCHEMA, re.M | re.S))


def test_every_table_is_spread_by_shop_or_copied_everywhere() -> None:
    spread = set(re.findall(r"create_distributed_table\('(\w+)', 'shop_id'", DOCUMENT))
    copied = set(re.findall(r"create_reference_table\('(\w+)'\)", DOCUMENT))
    assert spread | copied == set(TABLES)
    assert not spread & copied


def test_every_key_and_unique_index_of_what_is_spread_begins_with_the_shop() -> None:
    for table in re.findall(r"create_distributed_table\('(\w+)'", DOCUMENT):
        assert re.search(r"shop_id uuid PRIMARY KEY|PRIMARY KEY \(shop_id, ", TABLES[table]), table
    for table, columns in re.findall(r"CREATE (?:UNIQUE )?INDEX \w+ ON (\w+) \((.*)\)", SCHEMA):
        assert columns.startswith("shop_id, "), table
