"""Pull and snapshots: everything, once, in order, in pages that are whole."""

import pytest

from cxdesk.protocol.cursor import read_page
from tests.server.conftest import Server
from tests.server.desks import problem


async def test_pages_follow_each_other_to_the_end_and_then_there_is_nothing_new(server: Server) -> None:
    desk = await server.shop()
    for at in range(25):
        desk.op("setting", f"s{at}", f={"value": str(at)})
    await desk.pushed()
    pages = [await desk.pulled(limit=10) for _ in range(4)]
    assert [len(page.lines) for page in pages] == [10, 10, 5, 0]
    assert {page.head for page in pages} == {25}
    answer = await desk.get("/v1/sync/pull", since=desk.since)
    tag = answer.headers["etag"]
    silent = await server.client.get(
        "/v1/sync/pull", params={"since": desk.since}, headers={**desk.headers, "If-None-Match": tag}
    )
    assert (silent.status_code, silent.content) == (304, b"")
    desk.agent()
    await desk.pushed()
    assert len((await desk.pulled()).lines) == 1


async def test_the_same_tag_in_the_middle_of_the_log_is_not_nothing_new(server: Server) -> None:
    desk = await server.shop()
    desk.customer()
    await desk.pushed()
    page = await desk.get("/v1/sync/pull", limit=1)
    middle = read_page(page.content).next
    again = await server.client.get(
        "/v1/sync/pull", params={"since": middle}, headers={**desk.headers, "If-None-Match": page.headers["etag"]}
    )
    assert len(read_page(again.content).lines) == 1


async def test_a_page_that_two_desks_ask_for_is_read_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await server.shop()
    other = await server.colleague(desk, "admin")
    desk.agent()
    await desk.pushed()
    reads: list[int] = []
    from cxdesk.server.store import log

    lines_after = log.lines_after

    async def counted(*asked: object) -> object:
        reads.append(1)
        return await lines_after(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(log, "lines_after", counted)
    assert (await desk.pulled()).lines == (await other.pulled()).lines
    assert len(reads) == 1
    server.clock.pass_(3)
    desk.since = ""
    await desk.pulled()
    assert len(reads) == 2


async def test_what_was_just_pushed_is_never_hidden_by_a_kept_page(server: Server) -> None:
    desk = await server.shop()
    for at in range(5):
        desk.op("setting", f"s{at}", f={"value": "1"})
        await desk.pushed()
        assert len(await desk.log()) == at + 1


async def test_a_cursor_of_another_history_or_another_view_is_refused(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    await desk.pushed()
    await desk.pulled()
    epoch, seq, scope = desk.since.split(".")
    asked = {
        f"0199e3c4-0000-7000-8000-000000000000.{seq}.{scope}": (409, "epoch-changed"),
        f"{epoch}.{seq}.ffffffff": (409, "scope-changed"),
        f"{epoch}.{9}.{scope}": (410, "horizon"),
        "nonsense": (422, "malformed"),
    }
    for since, said in asked.items():
        answer = await desk.get("/v1/sync/pull", since=since)
        assert (answer.status_code, problem(answer)) == said
        assert since not in answer.text


async def test_a_log_that_no_longer_reaches_back_asks_for_a_snapshot(server: Server) -> None:
    # Long ago, so that no other test's part of the log is dropped.
    server.clock.at = 1_000_000_000_000
    await server.service.database.tend(server.clock(), 30 * 86_400_000)
    desk = await server.shop()
    agent = desk.agent()
    await desk.pushed()
    old = desk.since
    server.clock.pass_(80 * 86_400)
    await server.service.database.tend(server.clock(), 30 * 86_400_000)
    assert problem(await desk.get("/v1/sync/pull", since=old)) == "unauthorized"
    await desk.renew()
    assert problem(await desk.get("/v1/sync/pull", since=old)) == "horizon"
    assert [row["id"] for row in await desk.snapshot()] == [agent]
    desk.customer()
    assert [result["seq"] for result in await desk.pushed()] == [2, 3]


# -- snapshots


async def test_a_snapshot_begins_with_what_is_open_and_who_called_last(server: Server) -> None:
    desk = await server.shop()
    agent = desk.agent()
    early, late, never = desk.customer("가나다"), desk.customer("라마바"), desk.customer("사아자")
    desk.ticket(1, early)
    server.clock.pass_(60)
    done = desk.ticket(2, late)
    desk.op("ticket", done, "transition", agent, f={"status": "resolved"}, fence=None)
    await desk.pushed()
    rows = await desk.snapshot(limit=3)
    order = list(dict.fromkeys((row["ent"], row["id"]) for row in rows))
    assert [ent for ent, _ in order[:4]] == ["ticket", "customer", "customer", "customer"]
    assert [row_id for ent, row_id in order if ent == "customer"] == [late, early, never]
    assert len(order) == 1 + 3 + 3 + 2
    assert rows[-1]["key"] == "" or all(row["key"] for row in rows)


async def test_a_row_that_moves_while_it_is_read_is_in_the_snapshot_all_the_same(server: Server) -> None:
    desk = await server.shop()
    customers = [desk.customer(f"고객{at}", f"0101111{at:04}") for at in range(6)]
    ticket = desk.ticket(1)
    desk.op("ticket", ticket, "transition", f={"status": "resolved"}, fence=None)
    await desk.pushed()
    server.clock.pass_(3600)
    await desk.renew()
    begun = (await desk.post("/v1/sync/snapshots")).json()
    path = f"/v1/sync/snapshots/{begun['id']}"
    first = read_page((await desk.get(path, limit=4)).content)
    # One customer calls now and jumps to the front, which is over; the ticket is opened again and does the same.
    desk.ticket(2, customers[5])
    desk.op("ticket", ticket, "transition", f={"status": "waiting"}, fence=None)
    await desk.pushed()
    seen, page = list(first.lines), first
    while page.next:
        page = read_page((await desk.get(path, after=page.next, limit=4)).content)
        seen += page.lines
    ids = {row["id"] for row in seen}
    assert {*customers, ticket} <= ids
    assert begun["rows"] == 13
    assert "customer" in begun["entities"]


async def test_a_snapshot_is_its_devices_own_and_ends_one_day(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk, "admin")
    begun = (await desk.post("/v1/sync/snapshots")).json()
    path = f"/v1/sync/snapshots/{begun['id']}"
    assert problem(await other.get(path)) == "not-found"
    assert problem(await desk.get(path, after="[1,2]")) == "malformed"
    desk.agent()
    await desk.pushed()
    desk.since = begun["since"]
    assert len((await desk.pulled()).lines) == 1
    server.clock.pass_(8 * 86_400)
    await desk.renew()
    assert problem(await desk.get(path)) == "expired"


async def test_large_pages_are_packed_for_who_can_open_them(server: Server) -> None:
    desk = await server.shop()
    for at in range(60):
        desk.op("setting", f"s{at}", f={"value": "린넨 셔츠 " * 5})
    await desk.pushed()
    packed = await desk.get("/v1/sync/pull")
    assert packed.headers["content-encoding"] == "gzip"
    plain = await server.client.get("/v1/sync/pull", headers={**desk.headers, "Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
