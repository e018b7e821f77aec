"""The check of a reply that is being written: what it finds, which finding is shown, and writing what it proposes."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cxdesk.widgets.advice import Advice, AdviceLine

if TYPE_CHECKING:
    from cxdesk.domain.due import Due
    from cxdesk.empathy.reply.findings import Finding
    from cxdesk.widgets.composer import Composer

__all__ = ["Advising"]


class Advising:
    """Looks over what a composer holds, at every change, and shows one finding at a time in the line under it.

    The composer is asked for when it is needed, because it is built after the first frame.
    ``key`` says how the key is called that carries a proposal out, ``promised`` how a promise is read back; ``changed``
    is called when there is something to propose, or no longer.
    """

    def __init__(
        self,
        composer: "Callable[[], Composer]",
        line: AdviceLine,
        *,
        key: Callable[[], str],
        promised: "Callable[[Due], str]",
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.findings: tuple[Finding, ...] = ()
        self._composer, self._line = composer, line
        self._key, self._promised, self._changed = key, promised, changed
        self._check: Callable[[str], tuple[Finding, ...]] | None = None
        self._at = 0
        self._asked = ""

    def begin(self, check: "Callable[[str], tuple[Finding, ...]] | None") -> None:
        """Look over with this check from now on; ``None`` for no longer, as in a note."""
        self._check = check
        self._composer().looked_over(self._look_over if check else None)
        if check is None:
            self._show(())

    @property
    def checking(self) -> bool:
        """Whether what is written is looked over."""
        return self._check is not None

    @property
    def current(self) -> "Finding | None":
        """The finding that is shown."""
        return self.findings[self._at] if self.findings else None

    def before_sending(self) -> "Finding | None":
        """What holds this reply back: a finding that forbids sending, or one that asks once, the first time."""
        grave = next((finding for finding in self.findings if finding.weight != "advise"), None)
        if grave is None or grave.weight == "block":
            return grave
        known, self._asked = self._asked == self._composer().text, self._composer().text
        return None if known else grave

    def write(self) -> int | None:
        """Write what is proposed; where it begins. With nothing to write, select the words and go on to the next."""
        finding = self.current
        if finding is None:
            return None
        if finding.fix is not None:
            self._composer().write_over(finding.fix.start, finding.fix.end, finding.fix.text)
            return finding.fix.start
        self._composer().select_span(finding.start, finding.end)
        self._at = (self._at + 1) % len(self.findings)
        self._composer().look_over()
        return None

    def _look_over(self, text: str) -> Iterable[tuple[int, int, bool]]:
        self._show(self._check(text) if self._check else ())
        return [(finding.start, finding.end, finding is self.current) for finding in self.findings]

    def _show(self, findings: "tuple[Finding, ...]") -> None:
        changed = bool(self.findings) != bool(findings)
        self.findings, self._at = findings, min(self._at, max(0, len(findings) - 1))
        finding = self.current
        self._line.read(self._advice(finding) if finding else None, self._key())
        if changed:
            self._changed()

    def _advice(self, finding: "Finding") -> Advice:
        return Advice(
            code=str(finding.id),
            said=self._composer().text[finding.start : finding.end],
            better=self._promised(finding.due) if finding.due else finding.better,
            does="promise" if finding.due else "write" if finding.fix else "show",
            nth=self._at + 1,
            of=len(self.findings),
            grave=finding.weight != "advise",
        )
