"""The first sentence to somebody who did not ask: who is speaking, and why, in their language and from a record."""

from datetime import tzinfo

from cxdesk.domain.morning import PROMISES, Candidate, Kind
from cxdesk.domain.records import FollowUp
from cxdesk.domain.words import Language, PromiseState
from cxdesk.empathy.remember import promise_sentence
from cxdesk.empathy.spoken import days, first_name, person_name, product_name
from cxdesk.i18n import t_in

__all__ = ["first_words"]


def first_words(
    one: Candidate, name: str, lang: Language, shop: str, now: int, zone: tzinfo, remembered: str | None = None
) -> str:
    """A greeting and the matter. ``remembered`` is a sentence from their own records, for somebody long not seen."""
    return f"{_greeting(name, lang, shop)} {_matter(one, lang, now, zone, remembered)}".strip()


def _greeting(name: str, lang: Language, shop: str) -> str:
    person = person_name(name)
    who = "somebody" if person is None else "named"
    called = "" if person is None else first_name(person) if lang is Language.EN else person
    return t_in(lang, f"morning.greet.{who}_shop" if shop else f"morning.greet.{who}", name=called, shop=shop)


def _matter(one: Candidate, lang: Language, now: int, zone: tzinfo, remembered: str | None) -> str:
    if one.kind in PROMISES:
        promise = FollowUp(
            one.subject, one.customer_id, one.ticket_id, one.what, one.at, one.at, None, PromiseState.OPEN
        )
        return promise_sentence(promise, now, zone, lang)
    product = product_name(one.product) or t_in(lang, "morning.say.goods")
    long = days(one.days, lang) or ""
    match one.kind:
        case Kind.DELIVERY:
            return t_in(lang, "morning.say.delivery", product=product, days=long)
        case Kind.UNANSWERED:
            return t_in(lang, "morning.say.unanswered_theirs" if one.what else "morning.say.unanswered", days=long)
        case Kind.AFTERCARE:
            return t_in(lang, "morning.say.aftercare")
        case Kind.SPECIAL_DAY:
            key = "morning.say.day_ahead" if one.days else "morning.say.day_today"
            return t_in(lang, key, day=t_in(lang, f"morning.day.{one.what}"))
        case Kind.COOLING:
            return f"{t_in(lang, 'morning.say.cooling')} {remembered or ''}"
    return t_in(lang, "morning.say.reorder", product=product)
