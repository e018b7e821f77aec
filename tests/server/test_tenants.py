"""T13: what is one shop's is no other's, whatever is asked for, and whatever mistake a statement has."""

from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cxdesk.server.app import described
from cxdesk.server.store.port import Database
from tests.conftest import Clock
from tests.server.conftest import REAL, Server, opened, running
from tests.server.desks import Desk, problem

WITHOUT_A_SHOP = {"server", "code_route", "schema_version"}
"""Tables that hold nothing of anybody's."""


@pytest.fixture(params=REAL)
def storage(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


async def two_shops(server: Server) -> tuple[Desk, Desk, dict[str, str]]:
    """A shop with one of everything, and a stranger from another shop."""
    desk, stranger = await server.shop("숲속 가게"), await server.shop("바닷가 가게")
    known = {"agent": desk.agent(), "customer": desk.customer()}
    known["ticket"] = desk.ticket(1001, known["customer"])
    await desk.pushed()
    known["identity"] = next(row["id"] for row in await desk.snapshot() if row["ent"] == "identity")
    known["snapshot"] = (await desk.post("/v1/sync/snapshots")).json()["id"]
    gone = desk.customer("박지혜", "01077778888")
    await desk.pushed()
    erased = await desk.post(f"/v1/customers/{gone}/erase", {"agent": known["agent"], "reason": "본인 요청"})
    known |= {"erasure": erased.json()["erasure"], "device": desk.id, "store": desk.store}
    return desk, stranger, known


async def test_no_endpoint_answers_with_anything_of_another_shop(server: Server) -> None:
    desk, stranger, known = await two_shops(server)
    own = stranger.agent("최유진")
    await stranger.pushed()
    bodies: dict[str, Any] = {
        "/v1/sync/push": stranger.body([]) | {"device": desk.id},
        "/v1/tickets": {"agent": own},
        "/v1/queue/next": {"agent": own},
        "/v1/customers": {"agent": own, "field": known["identity"], "reason": "보고 싶어서"},
        "/v1/devices": {"store": known["store"], "role": "admin"},
        "/v1/token": {"device": desk.id, "refresh": stranger.refresh},
        "/v1/agents": {"agent": known["agent"], "pin": "2580"},
        "/v1/enroll": {"code": "AAAAA-AAAAA", "device": desk.id, "name": "낯선 책상"},
    }
    refused = 0
    for path, operations in described()["paths"].items():
        for method in operations:
            if path == "/v1/live":
                continue
            asked = path.format(**known) if "{" in path else path
            body: Any = next((body for start, body in bodies.items() if path.startswith(start)), {})
            headers = stranger.headers
            params = {"q": "01012345678"} if path.endswith("/search") else {}
            answer = await server.client.request(method.upper(), asked, json=body, headers=headers, params=params)
            for value in (known["customer"], known["ticket"], known["agent"], "김민지", "01012345678", desk.store):
                assert value not in answer.text, (method, path)
            refused += answer.status_code >= 400
            if "{" in path:
                assert answer.status_code in (403, 404), (method, path)
    assert refused >= 12
    rows = {(row["ent"], row["id"]): row for row in await desk.snapshot()}
    assert rows["ticket", known["ticket"]]["f"]["status"] == "waiting"
    assert rows["customer", known["customer"]]["f"]["name"] == "김민지"
    assert (await desk.get("/v1/devices")).json()["devices"][0]["state"] == "active"


async def test_a_row_of_the_same_id_in_two_shops_is_two_rows(server: Server) -> None:
    desk, stranger, known = await two_shops(server)
    stranger.op("customer", known["customer"], f={"name": "같은 번호"})
    stranger.op("ticket", known["ticket"], "claim", f={"status": "active"}, fence=None)
    assert [result["status"] for result in await stranger.pushed()] == ["ok", "ok"]
    assert (await desk.row("customer", known["customer"]))["f"]["name"] == "김민지"
    assert (await desk.row("ticket", known["ticket"]))["f"]["status"] == "waiting"


async def test_a_token_of_one_shop_with_the_name_of_another_opens_neither(server: Server) -> None:
    desk, stranger, _ = await two_shops(server)
    secret = stranger.access.rpartition("_")[2]
    stranger.access = f"cxd_a_{desk.shop.replace('-', '')}_{secret}"
    assert problem(await stranger.get("/v1/team")) == "unauthorized"


# -- the last line: PostgreSQL itself


@pytest.fixture
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    return await opened("postgresql", request, tmp_path)


async def test_a_statement_without_its_where_still_sees_one_shop(database: Database, clock: Clock) -> None:
    async with running(database, clock) as server:
        desk, stranger, _ = await two_shops(server)
        for table in ("entity", "op_log", "device", "token", "access_log", "find", "ticket_hold", "erasure_ledger"):
            async with database.work(stranger.shop, reads=True) as work:
                seen = await work.rows(f"SELECT DISTINCT shop_id FROM {table}")  # noqa: S608
            assert {str(row["shop_id"]) for row in seen} <= {stranger.shop}, table
            async with database.work("") as work:
                assert await work.value(f"SELECT count(*) FROM {table}") == 0  # noqa: S608
        async with database.work(stranger.shop) as work:
            assert await work.run("UPDATE entity SET f = '{}'") == 0
            assert await work.run("DELETE FROM op_log WHERE shop_id = $1", desk.shop) == 0
        for sql in (
            "INSERT INTO shop (shop_id, name, created_at) VALUES ($1, 'x', 0)",
            "UPDATE device SET shop_id = $1",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with database.work(stranger.shop) as work:
                    await work.run(sql, desk.shop)


async def test_the_access_log_can_be_added_to_and_nothing_else(database: Database, clock: Clock) -> None:
    async with running(database, clock) as server:
        desk = await server.shop()
        for sql in ("UPDATE access_log SET subject = 'x'", "DELETE FROM access_log", "TRUNCATE access_log"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with database.work(desk.shop) as work:
                    await work.run(sql)


async def test_every_table_is_under_row_level_security_and_nobody_is_above_it(database: Database, dsn: str) -> None:
    await database.close()
    owner = await asyncpg.connect(dsn)
    try:
        tables = await owner.fetch(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relispartition FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
        open_ = {row["relname"] for row in tables if not (row["relrowsecurity"] and row["relforcerowsecurity"])}
        parts = {row["relname"] for row in tables if row["relispartition"]}
        assert open_ - parts == WITHOUT_A_SHOP
        # A part of the log is reached through the log alone.
        for part in parts:
            assert not await owner.fetchval("SELECT has_table_privilege('cx_app', $1::regclass, 'SELECT')", part)
        role = await owner.fetchrow("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'cx_app'")
        assert tuple(role) == (False, False, False)
        assert await owner.fetchval("SELECT count(*) FROM pg_views WHERE schemaname = 'public'") == 0
        keys = await owner.fetch(
            "SELECT i.indrelid::regclass::text AS name, a.attname FROM pg_index i "
            "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
            "JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace"
        )
        assert {row["name"] for row in keys if row["attname"] != "shop_id"} == WITHOUT_A_SHOP
    finally:
        await owner.close()
