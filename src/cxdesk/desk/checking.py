"""What the reply check may know: of a ticket as it stands, or of a reply that came with its own context.

Imported late: the check is no part of the first frame. Its word lists are the shipped ones with the shop's own over
them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cxdesk.desk.telling import minutes
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.moments import instant
from cxdesk.domain.words import Channel, Emotion, Language, MessageKind, PromiseState, Stage, Status, Topic
from cxdesk.empathy.choose import Moment
from cxdesk.empathy.facts import purchase_about
from cxdesk.empathy.lines import Problem
from cxdesk.empathy.reply.checker import Checker
from cxdesk.empathy.reply.known import Known
from cxdesk.empathy.reply.rules import Rules, read_rules
from cxdesk.empathy.spoken import person_name, product_name
from cxdesk.settings import shipped

if TYPE_CHECKING:
    from cxdesk.desk.desk import Desk
    from cxdesk.desk.look import Look
    from cxdesk.desk.phrases import Phrases
    from cxdesk.empathy.choose import Offer

__all__ = ["BadContext", "Rulebook", "instant_of", "known_from", "known_of"]

W = TypeVar("W", bound=StrEnum)


class BadContext(ValueError):
    """A context that cannot be read; the message names the field."""


class Rulebook:
    """The rules of both languages, each read when it is first asked for; ``own`` is the shop's folder of word lists."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._rules: dict[Language, Rules] = {}
        self.problems: tuple[Problem, ...] = ()

    def rules(self, lang: Language) -> Rules:
        """The rules of one language."""
        if lang not in self._rules:
            rules, problems = read_rules(self._files(lang), lang)
            self._rules[lang] = rules
            self.problems += problems
        return self._rules[lang]

    def load(self) -> None:
        """Read both languages now, as on a thread, rather than with the first reply."""
        for lang in Language:
            self.rules(lang)

    def checker(self, known: Known) -> Checker:
        """A check for what is known now."""
        return Checker(self.rules(known.lang), known)

    def _files(self, lang: Language) -> list[tuple[str, str]]:
        files = [(f"check/{lang}.toml", (shipped("check") / f"{lang}.toml").read_text("utf-8"))]
        if self._own is not None and (path := self._own / f"{lang}.toml").is_file():
            files.append((str(path), path.read_text("utf-8", "replace")))
        return files


def known_from(
    context: Mapping[str, Any], lang: Language, now: int, zone: tzinfo, phrases: "Phrases | None" = None
) -> Known:
    """What a line of ``cxdesk check`` says is known. Raises ``BadContext`` for a field of the wrong kind."""
    customer = context.get("customer") or {}
    if not isinstance(customer, Mapping):
        raise BadContext("customer")
    name = person_name(_text(customer, "name")) or ""

    def line(stage: Stage) -> str:
        if phrases is None:
            return ""
        topic = _word(context, "topic", Topic) or Topic.OTHER
        moment = Moment(stage, _word(context, "emotion", Emotion), topic=topic, channel=Channel.CHAT, lang=lang)
        return phrases.best(moment, {"customer": {"name": name}}, now)

    return Known(
        lang=lang,
        now=now,
        zone=zone,
        name=name,
        phone=_text(customer, "phone"),
        order_no=_text(context, "order_no"),
        product=product_name(_text(context, "product")) or "",
        said=inert(_text(context, "said")),
        low_minutes=_minutes(context, "low_minutes"),
        high_minutes=_minutes(context, "high_minutes"),
        promises=_promises(context, zone),
        options=line(Stage.OPTIONS),
        acknowledge=line(Stage.ACKNOWLEDGE),
    )


def _text(context: Mapping[str, Any], key: str) -> str:
    value = context.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadContext(key)
    return inert_line(value)


def _minutes(context: Mapping[str, Any], key: str) -> int | None:
    value = context.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 100_000:
        raise BadContext(key)
    return round(value)


def _word(context: Mapping[str, Any], key: str, vocabulary: type[W]) -> W | None:
    value = context.get(key)
    if value is None:
        return None
    try:
        return vocabulary(value)
    except ValueError:
        raise BadContext(key) from None


def _promises(context: Mapping[str, Any], zone: tzinfo) -> tuple[int, ...]:
    values = context.get("promises") or []
    if not isinstance(values, list):
        raise BadContext("promises")
    return tuple(instant_of(value, "promises", zone) for value in values)


def instant_of(value: object, field: str, zone: tzinfo) -> int:
    """An instant in ISO 8601; one without an offset is the shop's own time. Raises ``BadContext``, naming ``field``."""
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise BadContext(field) from None
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def known_of(desk: "Desk", look: "Look", phrases: "Phrases | None") -> Known:
    """What is known of an open ticket: its customer, order and promises, its wait, and the lines that would fit."""
    now, ticket, thread = desk.clock(), look.thread.ticket, look.thread
    wait = desk.waits.outlook.waits.get(ticket.id) if ticket.status is Status.WAITING else None
    low, high = minutes(max(wait.expected, 60), max(wait.high, 60)) if wait and wait.known else (None, None)
    bought = purchase_about(look.memory.purchases, ticket.topic, now) if look.memory else None
    phones = [one.shown for one in look.memory.identities if one.kind == "phone"] if look.memory else []

    def line(stage: Stage) -> str:
        offers = _lines_at(desk, look, phrases, stage) if phrases else ()
        return offers[0].text if offers else ""

    return Known(
        lang=look.language,
        now=now,
        zone=desk.zone,
        name=(person_name(thread.customer.name) or "") if thread.customer else "",
        phone=phones[0] if phones else "",
        order_no=bought.order_no if bought else "",
        product=(product_name(bought.product) or "") if bought else "",
        said="\n".join(message.body for message in thread.messages if message.kind is MessageKind.CUSTOMER),
        low_minutes=low,
        high_minutes=high,
        promises=tuple(promise.due_at for promise in thread.promises if promise.state is PromiseState.OPEN),
        options=line(Stage.OPTIONS),
        acknowledge=line(Stage.ACKNOWLEDGE),
    )


def _lines_at(desk: "Desk", look: "Look", phrases: "Phrases", stage: Stage) -> "tuple[Offer, ...]":
    """The lines of the sidebar as they would be, were the contact at this stage."""
    there = replace(look.thread, ticket=replace(look.thread.ticket, stage=stage))
    said = next((one for one in reversed(look.thread.messages) if one.kind is MessageKind.CUSTOMER), None)
    return phrases.offers(
        desk.db,
        there,
        look.memory,
        lang=look.language,
        now=desk.clock(),
        agent=desk.agent.name if desk.agent else "",
        shop=desk.settings.shop.name,
        wait=None,
        heard=desk.listening.heard(said.body) if said else None,
    )
