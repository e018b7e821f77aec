"""When a customer is asked how it was, on which scale, and why not now."""

from dataclasses import replace

import pytest

from cxdesk.domain.asking import Asked, due
from cxdesk.domain.feedback import Scale
from cxdesk.domain.records import Ticket
from cxdesk.domain.segments import DAY_MS
from cxdesk.domain.sparing import Rules
from cxdesk.domain.words import Channel, Emotion, Segment, Status

NOW = 1_790_000_000_000
DONE = Ticket("t1", 1, Channel.PHONE, 0, 0, 0, customer_id="c1", status=Status.RESOLVED, resolved_at=NOW)


@pytest.mark.parametrize(
    ("ticket", "asked", "scale", "why"),
    [
        (DONE, Asked(), Scale.CSAT, "contact"),
        (DONE, Asked(contacts=3), Scale.CES, "effort"),
        (DONE, Asked(segment=Segment.VIP), Scale.NPS, "regular"),
        (DONE, Asked(segment=Segment.REGULAR, nps_at=NOW - 181 * DAY_MS), Scale.CSAT, "contact"),
        (DONE, Asked(segment=Segment.REGULAR, nps_at=NOW - 182 * DAY_MS), Scale.NPS, "regular"),
        (DONE, Asked(last_at=NOW - 29 * DAY_MS), None, "lately"),
        (DONE, Asked(last_at=NOW - 30 * DAY_MS), Scale.CSAT, "contact"),
        (DONE, Asked(forbidden=True), None, "no_contact"),
        (DONE, Asked(incident=True), None, "incident"),
        (DONE, Asked(promised=True), None, "promised"),
        (replace(DONE, feeling_after=Emotion.ANGER), Asked(), None, "angry"),
        (replace(DONE, emotion=Emotion.ANGER, intensity=3), Asked(), None, "angry"),
        (replace(DONE, emotion=Emotion.ANGER, feeling_after=Emotion.NEUTRAL), Asked(), Scale.CSAT, "contact"),
        (replace(DONE, customer_id=None), Asked(), None, "nobody"),
        (replace(DONE, status=Status.ABANDONED), Asked(), None, "not_resolved"),
    ],
)
def test_the_right_moment(ticket: Ticket, asked: Asked, scale: Scale | None, why: str) -> None:
    found = due(ticket, asked, NOW, Rules())
    assert (found.scale, found.why) == (scale, why)


def test_the_reason_says_how_long_ago_and_a_clock_set_back_is_not_long_ago() -> None:
    assert due(DONE, Asked(last_at=NOW - 12 * DAY_MS), NOW, Rules()).days == 12
    assert due(DONE, Asked(last_at=NOW + DAY_MS), NOW, Rules()).why == "lately"
