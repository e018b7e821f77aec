"""What a verb answers: what it changed, and what it left alone and why."""

from cxdesk.domain.changes import Change
from cxdesk.domain.values import dataclass

__all__ = ["Done", "Refused"]


@dataclass(frozen=True, slots=True)
class Done:
    """The change that was committed (empty when there was nothing to do) and the tickets it was about.

    ``skipped`` names tickets the verb does not fit, by id, with the code of the reason (``refused.<code>``).
    ``because`` is the code of a reason worth saying, such as why not the first in line was taken.
    """

    change: Change
    tickets: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    because: str = ""

    def __bool__(self) -> bool:
        return bool(self.change)


class Refused(Exception):
    """The verb cannot be done now; nothing was changed. ``code`` names the sentence (``refused.<code>``)."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values
