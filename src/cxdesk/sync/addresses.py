"""Which addresses a desk may speak to: https, or plain http to this very machine, and nothing smuggled in."""

from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["BadAddress", "checked"]


class BadAddress(Exception):
    """The address cannot be used; ``code`` names the sentence (``connect.address.<code>``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(text: str) -> str:
    """The address as scheme, host and path, without a slash at the end.

    Raises ``BadAddress``: ``unreadable``, ``not_https``, ``userinfo`` (a name or password in it), ``more`` (a query).
    """
    text = text.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress("unreadable") from error
    if not host or any(c.isspace() or not c.isprintable() for c in text):
        raise BadAddress("unreadable")
    if "@" in parts.netloc:
        raise BadAddress("userinfo")
    if parts.query or parts.fragment:
        raise BadAddress("more")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(host)):
        raise BadAddress("not_https")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
