"""One person as a text to read: who they are, everything that happened, and who looked at what is hidden."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from cxdesk.domain import moments
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.timeline import Event
from cxdesk.i18n import t
from cxdesk.widgets.timeline import event_words

__all__ = ["dossier_text"]

Dossier = dict[str, list[dict[str, Any]]]


def dossier_text(data: Dossier, events: Sequence[Event], agents: dict[str, str], zone: tzinfo) -> str:
    """The whole of a person in the language in use, nothing masked: it is for them."""
    return "\n".join((*_who(data), "", *_events(data, events, agents, zone), "", *_looks(data, agents, zone)))


def _who(data: Dossier) -> Iterator[str]:
    person = data["customer"][0]
    yield t("dossier.title", name=inert_line(person["name"]))
    yield f"{t('known.language')}: {person['language']}"
    if person["address"]:
        yield f"{t('known.address')}: {inert_line(person['address'])}"
    for known in data["identity"]:
        kind = known["kind"]
        yield f"{t(f'known.{kind}')}: {inert_line(known['shown'])}"
    for liked in data["preference"]:
        yield f"{inert_line(liked['key'])}: {inert_line(liked['value'])}"
    if data["tag"]:
        yield " ".join(f"#{inert_line(row['tag'])}" for row in data["tag"])


def _events(data: Dossier, events: Sequence[Event], agents: dict[str, str], zone: tzinfo) -> Iterator[str]:
    said: dict[str, list[str]] = {}
    for row in data["message"]:
        if row["kind"] != "event":
            who = agents.get(row["agent_id"] or "", t(f"thread.{row['kind']}"))
            body = inert(row["body"]).replace("\n", "\n      ")
            said.setdefault(row["ticket_id"], []).append(f"    {_time(row['at'], zone)} {who}: {body}")
    yield t("dossier.events", n=len(events))
    for event in events:
        yield f"{_time(event.at, zone)} {t(f'timeline.{event.kind}')} {inert_line(event_words(event, zone), 2000)}"
        yield from said.get(event.record.id, ())


def _looks(data: Dossier, agents: dict[str, str], zone: tzinfo) -> Iterator[str]:
    yield t("dossier.looks", n=len(data["access_log"]))
    for row in data["access_log"]:
        who, field = agents.get(row["agent_id"] or "", "–"), row["field"]
        yield f"{_time(row['at'], zone)} {who}: {t(f'known.{field}')} ({row['why']})"


def _time(at: int, zone: tzinfo) -> str:
    return f"{moments.local(at, zone):%Y-%m-%d %H:%M}"
