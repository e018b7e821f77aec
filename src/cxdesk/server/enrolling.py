"""How a device comes in: a code that is read out, then tokens that change with every use."""

import re
from typing import Any

from cxdesk.domain.inert import inert
from cxdesk.server.problems import Trouble
from cxdesk.server.pulling import cursor_after
from cxdesk.server.roles import ROLES, Scope
from cxdesk.server.service import Service
from cxdesk.server.store import access, devices, log, shops
from cxdesk.server.store.devices import Device
from cxdesk.server.store.port import Raced, Work
from cxdesk.server.tokens import Secret, hash_of, made, made_code, plain_code, shop_of

__all__ = ["enroll", "first_code", "list_devices", "make_code", "new_shop", "refresh", "revoke"]

_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")
_MINUTES = range(1, 24 * 60 + 1)


async def new_shop(service: Service, name: str) -> tuple[str, Secret]:
    """A shop with one store, and the code of its first device, which may do everything."""
    shop, store, code = service.mint(), service.mint(), made_code()
    async with service.database.work(shop) as work:
        await shops.add_shop(work, name, service.clock())
        await shops.add_store(work, store, name)
        await devices.add_code(work, code.hash, store, "admin", service.clock() + service.config.code_ms)
    return shop, code


async def first_code(service: Service, shop: str) -> Secret:
    """Another code for a device that may do everything, made by whoever runs the server."""
    code = made_code()
    async with service.database.work(shop) as work:
        store = await shops.first_store(work)
        if store is None:
            raise Trouble("not-found")
        await devices.add_code(work, code.hash, store, "admin", service.clock() + service.config.code_ms)
    return code


async def make_code(service: Service, token: Secret | None, store: str, role: str, minutes: int) -> dict[str, Any]:
    """A code for one more device."""
    if role not in ROLES or minutes not in _MINUTES:
        raise Trouble("malformed", where="role" if role not in ROLES else "minutes")
    code, until = made_code(), service.clock() + 60_000 * minutes
    async with service.entering(token, Scope.DEVICES) as (work, device):
        if not await shops.store_there(work, store):
            raise Trouble("not-found")
        await devices.add_code(work, code.hash, store, role, until)
        await access.add(work, access.Act(device.id, None, "", "", "code", role), service.clock())
    return {"code": f"{code.text[:5]}-{code.text[5:]}", "until": until}


async def enroll(service: Service, code: str, device_id: str, name: str, address: str) -> dict[str, Any]:
    """Put a device on the list of the shop that the code is of, and give it its first tokens."""
    if not _ID.fullmatch(device_id) or not 1 <= len(name) <= 100:
        raise Trouble("malformed", where="name" if _ID.fullmatch(device_id) else "device")
    if service.wrong_codes.left(address) < 1:
        raise Trouble("too-many", headers={"Retry-After": str(service.config.wrong_codes_ms // 1000)})
    code_hash = hash_of(plain_code(code))
    async with service.database.work("", reads=True) as work:
        shop = await devices.shop_of_code(work, code_hash)
    if shop is None:
        service.wrong_codes.take(address)
        raise Trouble("code-invalid")
    try:
        async with service.database.work(shop) as work:
            return await _enroll(service, work, code_hash, device_id, inert(name), address)
    except Raced:
        raise Trouble("malformed", where="device") from None


async def _enroll(
    service: Service, work: Work, code_hash: str, device_id: str, name: str, address: str
) -> dict[str, Any]:
    now = service.clock()
    code = await devices.code_of(work, code_hash)
    if code is None or (code["used_at"] is None and code["until"] < now):
        service.wrong_codes.take(address)
        raise Trouble("code-invalid")
    if code["used_at"] is not None:
        raise Trouble("code-used")
    device = Device(work.shop, device_id, code["store_id"], code["role"], "active", 0, 0)
    await devices.add_device(work, device, name, now)
    await devices.use_code(work, code_hash, now)
    await access.add(work, access.Act(device_id, None, address, "", "enroll", code["role"]), now)
    head = await log.head(work)
    answer = {
        "shop": work.shop,
        "shop_name": await shops.shop_name(work),
        "store": device.store,
        "role": device.role,
        "device": device_id,
        "server": service.identity.server,
        "epoch": service.identity.epoch,
        "head": head,
        "since": str(cursor_after(service, device, 0)),
    }
    return answer | await _tokens(service, work, device_id, None)


async def refresh(service: Service, device_id: str, text: str) -> dict[str, Any]:
    """New tokens for a refresh token. One that was spent before was stolen, or copied: its device is out."""
    shop = shop_of(text, "r")
    if shop is None:
        raise Trouble("unauthorized")
    stolen = False
    async with service.database.work(shop) as work:
        used = await devices.token(work, hash_of(text))
        device = await devices.device(work, used["device_id"]) if used else None
        if used is None or device is None or device.id != device_id or used["until"] < service.clock():
            raise Trouble("unauthorized")
        if device.state != "active":
            raise Trouble("device-revoked")
        if stolen := used["state"] == "spent":
            await devices.revoke(work, device.id)
            await access.add(work, access.Act(device.id, None, "", "", "token-reused", ""), service.clock())
        else:
            await devices.follow(work, used, service.clock())
            return await _tokens(service, work, device.id, used["token_hash"])
    service.metrics.events["tokens_reused"] += stolen
    raise Trouble("token-reused")


async def _tokens(service: Service, work: Work, device_id: str, parent: str | None) -> dict[str, Any]:
    now, config = service.clock(), service.config
    access_token, refresh_token = made("a", work.shop), made("r", work.shop)
    until = now + config.access_ms
    await devices.add_token(work, access_token.hash, device_id, "a", until)
    await devices.add_token(work, refresh_token.hash, device_id, "r", now + config.refresh_ms, parent)
    return {"access": access_token.text, "access_until": until, "refresh": refresh_token.text}


async def list_devices(service: Service, token: Secret | None) -> dict[str, Any]:
    """Every device of the shop."""
    async with service.entering(token, Scope.DEVICES, reads=True) as (work, _):
        return {"devices": [dict(row) for row in await devices.all_devices(work)]}


async def revoke(service: Service, token: Secret | None, device_id: str) -> None:
    """Take a device off the list, at once and on every server."""

    async def act() -> None:
        async with service.entering(token, Scope.DEVICES) as (work, device):
            if not await devices.revoke(work, device_id):
                raise Trouble("not-found")
            await access.add(work, access.Act(device.id, None, "", device_id, "revoke", ""), service.clock())

    await service.retried(act)
