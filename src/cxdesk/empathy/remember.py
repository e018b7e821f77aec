"""The sentence that remembers: one true thing the agent can say now, made from one record.

In this order: an open promise, a last contact that came to no end, the last purchase, a preference, the day the
customer first came. Never an amount, a birth date, a gift, or anything that was sent back. No record, no sentence.
"""

import re
from collections.abc import Iterator
from datetime import tzinfo
from zlib import crc32

from cxdesk.domain.inert import inert_line
from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.moments import DAY, HOUR, Instant, local, when
from cxdesk.domain.records import FollowUp, Preference, Purchase
from cxdesk.domain.words import Language, PromiseState, PurchaseState, Status, Topic
from cxdesk.empathy.kinds import Kind, kind_of
from cxdesk.empathy.phrases import CONTACT, JOINED, PREFERENCE, PROMISE, PURCHASE, TOPIC
from cxdesk.empathy.spoken import product_name
from cxdesk.hangul.josa import with_josa

__all__ = ["promise_sentence", "sayable"]

_USED_AFTER = 5 * DAY
_REMEMBERED = 200 * DAY
_CONTACT_FRESH = 60 * DAY
_CARED_FOR = 30 * DAY
_PREFERENCE_FRESH = 2 * 365 * DAY
_LONGEST = 40

# Nothing with money, a date or a long number in it is said aloud.
_PRIVATE_VALUE = re.compile(r"[₩$€£¥￦]|\d[\d,]*\s*(?:원|만|won|krw|usd)|\d{4}|\d+\s*[./월-]\s*\d+", re.IGNORECASE)
_PRIVATE_KEY = re.compile(
    r"생일|생년|탄생|출생|기념|나이|연령|주민|건강|질병|질환|병력|알레르기|알러지|임신|종교|소득|예산|연봉|금액|한도|계좌|비밀"
    r"|birth|age\b|anniversary|health|allerg|pregnan|religion|income|budget|salary|amount|limit|account|password",
    re.IGNORECASE,
)


def sayable(memory: Memory, now: Instant, tz: tzinfo, lang: str) -> str | None:
    """The sentence for the top of the memory panel, or ``None``; the same records give the same sentence."""
    sentence = next(_sentences(memory, now, tz, Language(lang)), None)
    return None if sentence is None else inert_line(sentence)


def _sentences(memory: Memory, now: Instant, tz: tzinfo, lang: Language) -> Iterator[str]:
    """Every sentence the records allow, the one to say first."""
    open_promises = [one for one in memory.promises if one.state is PromiseState.OPEN]
    for promise in sorted(open_promises, key=lambda one: one.due_at):
        yield promise_sentence(promise, now, tz, lang)
    yield from _contact(memory, now, lang)
    yield from _purchase(memory, now, lang)
    yield from _preference(memory, now, lang)
    yield from _joined(memory, now, tz, lang)


def promise_sentence(promise: FollowUp, now: Instant, tz: tzinfo, lang: Language) -> str:
    """What to say first about an open promise, as true now as when it is late."""
    what = " ".join(promise.what.split()).rstrip(".")
    due = when(promise.due_at, tz, lang, now)
    late = "late" if promise.due_at <= now else "due"
    if not what or len(what) > _LONGEST or _PRIVATE_VALUE.search(what):
        return _one(PROMISE[lang][f"{late}_unnamed"], promise.id).format(due=due)
    return _one(PROMISE[lang][late], promise.id).format(what=what, due=due)


def _contact(memory: Memory, now: Instant, lang: Language) -> Iterator[str]:
    """The last contact, when it came to no end, or was about something broken and deserves asking after."""
    if not memory.contacts:
        return
    last = memory.contacts[0]
    gone = now - last.at
    if gone > _CONTACT_FRESH:
        return
    state = _unfinished(last, gone)
    if state is None and _hurt(last) and DAY <= gone <= _CARED_FOR:
        state = "cared"
    if state is not None:
        yield _one(CONTACT[lang][state], last.ticket_id).format(topic=TOPIC[lang][last.topic])


def _unfinished(contact: Contact, gone: int) -> str | None:
    match contact.status:
        case Status.ABANDONED:
            return "missed"
        case Status.PENDING:
            return "pending"
        case Status.WAITING | Status.ACTIVE if gone >= 12 * HOUR:
            return "pending"  # younger than that, it may be the contact going on now
    return None


def _hurt(contact: Contact) -> bool:
    return contact.status is Status.RESOLVED and contact.topic in (Topic.DEFECT, Topic.REFUND)


def _purchase(memory: Memory, now: Instant, lang: Language) -> Iterator[str]:
    returned = {
        (one.order_no, one.product)
        for one in memory.purchases
        if one.quantity < 0 or one.state in (PurchaseState.RETURNED, PurchaseState.CANCELLED)
    }
    # Which of the things bought before it broke is not recorded, so none of them is asked after.
    sore = max((contact.at for contact in memory.contacts if _hurt(contact)), default=0)
    for one in sorted(memory.purchases, key=lambda one: -one.ordered_at):
        name = product_name(one.product)
        happy = not one.gift and one.quantity > 0 and (one.order_no, one.product) not in returned
        if not happy or name is None or one.ordered_at < sore:
            continue
        if kind := _asked_as(one, name, now):
            yield _about(_one(PURCHASE[lang][kind], one.id), name, lang)


def _asked_as(purchase: Purchase, name: str, now: Instant) -> Kind | None:
    """What may be asked about it: whether it came, or how it is. A parcel on its way is not asked after."""
    age = now - purchase.ordered_at
    if not 0 <= age <= _REMEMBERED:
        return None
    if purchase.state is PurchaseState.DELIVERED:
        return kind_of(name) if age >= _USED_AFTER else Kind.ARRIVED
    if purchase.state is PurchaseState.PAID and age >= _USED_AFTER:
        return Kind.ARRIVED  # sold at the counter, or shipped without our hearing of it
    return None


def _preference(memory: Memory, now: Instant, lang: Language) -> Iterator[str]:
    for one in sorted(memory.preferences, key=lambda one: -one.noted_at):
        if _may_be_said(one) and now - one.noted_at <= _PREFERENCE_FRESH:
            key, value = " ".join(one.key.split()), " ".join(one.value.split())
            sentence = _one(PREFERENCE[lang], one.id)
            if lang == Language.KO:
                yield sentence.format(key=with_josa(key, "은/는"), value=f"‘{value}’{_through(value)}")
            else:
                yield sentence.format(key=key, value=value)


def _may_be_said(one: Preference) -> bool:
    value = one.value.strip()
    return bool(
        one.key.strip()
        and value
        and len(one.key) + len(value) <= _LONGEST
        and not _PRIVATE_KEY.search(one.key)
        and not _PRIVATE_VALUE.search(value)
    )


def _joined(memory: Memory, now: Instant, tz: tzinfo, lang: Language) -> Iterator[str]:
    """In the week after the day of the first order, in a later year."""
    first_at = memory.standing.summary.first_at
    if first_at is None:
        return
    first, today = local(first_at, tz), local(now, tz)
    years = today.year - first.year
    # 29 February is kept on the 28th.
    day = first.replace(year=today.year, day=28) if (first.month, first.day) == (2, 29) else None
    passed = (today.date() - (day or first.replace(year=today.year)).date()).days
    if years >= 1 and 0 <= passed < 7:
        yield _one(JOINED[lang], memory.customer.id).format(years=years, s="s" * (years != 1))


def _about(sentence: str, name: str, lang: Language) -> str:
    if lang == Language.KO:
        return sentence.format(topic=with_josa(name, "은/는"), name=name)
    return sentence.format(name=name)


def _through(value: str) -> str:
    return with_josa(value, "으로/로").removeprefix(value)


def _one(variants: tuple[str, ...], key: str) -> str:
    """The same variant for the same record, another for another."""
    return variants[crc32(key.encode()) % len(variants)]
