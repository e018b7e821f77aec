"""One person taken out whole: as JSON for a program, and as a text for the person who asks what is kept of them."""

import json
import os
from pathlib import Path
from typing import Any

from cxdesk.storage.faults import fault_of

__all__ = ["write_dossier"]


def write_dossier(
    folder: Path, customer_id: str, data: dict[str, list[dict[str, Any]]], text: str
) -> tuple[Path, Path]:
    """Write ``customer-<id>.json`` and ``.txt`` into a folder, for its owner's eyes only. Raises ``Fault``."""
    name = "customer-" + "".join(c for c in customer_id if c.isalnum() or c == "-")
    paths = folder / f"{name}.json", folder / f"{name}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, content in zip(paths, (json.dumps(data, ensure_ascii=False, indent=2), text), strict=True):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content + "\n")
    except OSError as error:
        raise fault_of(error, folder) from error
    return paths
