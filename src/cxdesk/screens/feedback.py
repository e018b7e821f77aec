"""Asking a customer how it was: the sentence to say, why now or why not now, and the answer in one line."""

from cxdesk.desk import Desk
from cxdesk.domain.asking import Asking
from cxdesk.domain.feedback import SCALES, Scale, fits, read_answer
from cxdesk.domain.records import Customer, Ticket
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Write
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.privacy import shown_name

__all__ = ["AskFeedback"]


class AskFeedback(Write):
    """Answers the line that was written: ``5 친절해요``, or nothing for "asked, the answer will come later"."""

    def __init__(self, desk: Desk, ticket: Ticket, customer: Customer | None, asking: Asking) -> None:
        name = shown_name(customer.name) if customer else t("customer.unknown")
        super().__init__(
            t("feedback.title", name=name, number=ticket.number),
            understood=self._means,
            accept=self._usable,
            placeholder=t("feedback.placeholder"),
        )
        self._desk = desk
        self._customer = customer
        self.asking = asking

    @property
    def scale(self) -> Scale:
        """What is asked when the line does not say otherwise."""
        return self.asking.scale or Scale.CSAT

    def _means(self, text: str) -> list[Line]:
        width = max(20, min(94, self.app.size.width - 6))
        if text.strip():
            return [self._answer(text)]
        why = t(f"asking.{self.asking.why}", days=self.asking.days, n=self.asking.contacts)
        if self.asking.scale is None:
            return [*paragraph(t("feedback.not_now", why=why), "warn", width), ((t("feedback.hint_answer"), "dim"),)]
        return [
            *paragraph(self._desk.feedback.question(self.scale, self._customer), "ours", width),
            ((f"{self.scale.upper()} · {why}", "dim"),),
            ((t("feedback.hint"), "dim"),),
        ]

    def _answer(self, text: str) -> Line:
        answer = read_answer(text)
        if answer is None:
            return ((t("feedback.no_number"), "warn"),)
        scale = answer.scale or self.scale
        low, high = SCALES[scale]
        if not fits(scale, answer.value):
            return ((t("refused.out_of_scale", low=low, high=high), "warn"),)
        said = f" · {answer.comment}" if answer.comment else ""
        return ((f"{scale.upper()} {answer.value} / {high}", "good"), (said, "text"))

    def _usable(self, text: str) -> bool:
        """An answer on its scale; nothing at all only where asking is possible now."""
        answer = read_answer(text)
        if answer is None:
            return not text.strip() and self.asking.scale is not None
        return fits(answer.scale or self.scale, answer.value)
