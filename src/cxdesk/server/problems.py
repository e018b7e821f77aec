"""What goes wrong, said as RFC 9457 asks: by a name, and never with a value that was sent."""

import json
from typing import Any

from cxdesk.protocol.problems import PROBLEMS, URN

__all__ = ["Trouble", "body_of"]


class Trouble(Exception):
    """A request cannot be answered as it asks. ``more`` are members of the problem, ``headers`` of the response."""

    def __init__(self, name: str, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(name)
        self.problem = PROBLEMS[name]
        self.headers = headers or {}
        self.more = more


def body_of(trouble: Trouble, instance: str) -> bytes:
    """The body of a response with ``application/problem+json``."""
    problem = trouble.problem
    said = {
        "type": URN + problem.name,
        "title": problem.title,
        "status": problem.status,
        "instance": instance,
        "retryable": problem.retryable,
    }
    return json.dumps(said | trouble.more).encode()
