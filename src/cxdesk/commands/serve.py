"""``cxdesk serve``: the shared desk for a shop's other laptops, or for a whole call-center on PostgreSQL."""

import asyncio
import errno
import json
import os
import socket
import ssl
import sys
from argparse import Namespace
from ipaddress import ip_address
from typing import TYPE_CHECKING
from uuid import UUID

from cxdesk import places
from cxdesk.i18n import t

if TYPE_CHECKING:
    from cxdesk.server.run import Place

__all__ = ["run"]


def run(options: Namespace) -> int:
    """Answer desks until the process is told to stop; 2 with one sentence when that cannot be done."""
    try:
        import cxdesk.server.run as server
        from cxdesk.server.problems import Trouble
        from cxdesk.server.store.port import Busy
    except ImportError as missing:
        return _cannot(t("serve.extra", module=missing.name or ""))
    if options.openapi:
        from cxdesk.server.app import described

        print(json.dumps(described(), ensure_ascii=False, indent=2))
        return 0
    dsn = options.database or os.environ.get("CXDESK_DATABASE")
    place = server.Place(dsn, places.data_folder(options.data) / "server")
    try:
        if options.restored:
            asyncio.run(server.restore(place))
            print(t("serve.restored"))
        if options.code is not None:
            return _say_code(asyncio.run(server.code_for(place, str(UUID(options.code)))).text)
        if options.new_shop:
            shop, code = asyncio.run(server.make_shop(place, options.new_shop))
            print(t("serve.shop", name=options.new_shop, shop=shop))
            _say_code(code.text)
        if options.certificate:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(options.certificate, options.key)
        asyncio.run(server.prepare(place))
    except Busy as busy:
        return _cannot(t("serve.unreachable", why=str(busy)))
    except Trouble:
        return _cannot(t("serve.no_shop"))
    except (ValueError, OSError) as error:
        return _cannot(t("serve.wrong", why=str(error)))
    return _listen(options, place)


def _say_code(code: str) -> int:
    print(t("serve.code", code=f"{code[:5]}-{code[5:]}"), flush=True)
    return 0


def _cannot(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


def _listen(options: Namespace, place: "Place") -> int:
    from cxdesk.server.run import serve

    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
        listening.listen(2048)  # whoever comes before the server is ready waits instead of being turned away
    except OSError as error:
        listening.close()
        if options.new_shop and error.errno == errno.EADDRINUSE:
            print(t("serve.running"))
            return 0
        return _cannot(t("serve.taken", host=options.host, port=options.port, why=error.strerror or ""))
    port = listening.getsockname()[1]
    scheme = "https" if options.certificate else "http"
    if scheme == "http" and not _is_here(options.host):
        print(t("serve.plain"), file=sys.stderr)
    print(t("serve.listening", url=f"{scheme}://{options.host}:{port}"), flush=True)
    serve(place, listening, options.certificate, options.key)
    return 0


def _is_here(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
