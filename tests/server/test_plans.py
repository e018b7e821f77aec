"""What a request costs does not grow with the shop: no statement walks through its rows or its log."""

import sqlite3
from pathlib import Path

from cxdesk.protocol.ops import Op
from cxdesk.server.store import entities, log, people
from cxdesk.server.store.sqlite import open_sqlite

KEYS = [("customer", "c1"), ("ticket", "t1"), ("identity", "i1")]


async def test_rows_are_looked_up_and_never_walked_through(tmp_path: Path) -> None:
    database = await open_sqlite(tmp_path)
    said: list[str] = []
    connection = database.writer  # type: ignore[attr-defined]
    await connection.call(connection.db.set_trace_callback, said.append)
    async with database.work("shop") as work:
        await entities.load(work, KEYS)
        for field in ("customer_id", "ticket_id", "merged_into", "survivor_id", "merged_id", "one_id", "other_id"):
            await entities.named(work, field, ["c1"])
        ticket = {"ent": "ticket", "id": "t1", "f": "{}", "clk": "{}", "tags": None, "gone": None, "erased": 0}
        await entities._with_holds(work, [ticket])
        await entities.number_of(work, 1001)
        await entities.highest_number(work)
        await entities.agent_of(work, KEYS[0], "op1")
        await log.numbers_of(work, [Op("op1", 1, 0, "customer", "c1", "set", f={})])
        await people.customers_by(work, ["김민지"], 20)
        await people.identities_of(work, ["c1"])
    await connection.call(connection.db.set_trace_callback, None)
    await database.close()

    asked = [sql for sql in said if sql.startswith("SELECT")]
    assert len(asked) == 15
    with sqlite3.connect(tmp_path / "server.db") as db:
        for sql in asked:
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            walks = [step for step in plan if step.startswith("SCAN") and "json_each" not in step]
            walks += [step for step in plan if step.endswith("(shop_id=?)") and "max(number)" not in sql]
            assert not walks, (sql, plan)
    db.close()
