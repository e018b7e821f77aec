"""How long things take here: services by topic, patience by channel, and how people feel when they go.

Durations are milliseconds of simulated time. Service is lognormal, as handling times are; patience is Weibull with a
rising hazard, so that hardly anybody leaves in the first minute.
"""

from math import log
from random import Random

from cxdesk.domain.moments import MINUTE
from cxdesk.domain.words import Channel, Emotion, Topic

__all__ = ["CHANNELS", "feeling_after", "patience", "service"]

CHANNELS = {Channel.CHAT: 40, Channel.PHONE: 36, Channel.MAIL: 14, Channel.VISIT: 10}
"""Share of contacts by channel, per hundred."""

_MEDIAN = {
    Topic.DELIVERY: 4.5,
    Topic.REFUND: 6.5,
    Topic.DEFECT: 7.5,
    Topic.PAYMENT: 5.0,
    Topic.PRICE: 3.5,
    Topic.STAFF: 6.0,
    Topic.PRODUCT: 4.0,
    Topic.WAITING: 3.0,
    Topic.ACCOUNT: 4.5,
    Topic.PRAISE: 2.0,
    Topic.OTHER: 3.0,
}
_SPREAD = 0.55
_PATIENCE = {Channel.PHONE: 26.0, Channel.CHAT: 24.0, Channel.VISIT: 34.0}
_SHAPE = 2.0

# What becomes of a feeling, in order of ``Emotion``: anger, anxiety, disappointment, confusion, gratitude, neutral.
_AFTER = {
    Emotion.ANGER: (18, 0, 17, 0, 30, 35),
    Emotion.ANXIETY: (2, 12, 4, 0, 55, 27),
    Emotion.DISAPPOINTMENT: (3, 0, 22, 0, 40, 35),
    Emotion.CONFUSION: (0, 3, 0, 10, 42, 45),
    Emotion.GRATITUDE: (0, 0, 0, 0, 92, 8),
    Emotion.NEUTRAL: (0, 0, 3, 2, 35, 60),
}


def service(rng: Random, topic: Topic) -> int:
    """Handling time of one contact."""
    return int(rng.lognormvariate(log(_MEDIAN[topic]), _SPREAD) * MINUTE)


def patience(rng: Random, channel: Channel) -> int | None:
    """How long somebody waits before giving up; nobody gives up a letter."""
    scale = _PATIENCE.get(channel)
    return None if scale is None else int((4.0 + rng.weibullvariate(scale, _SHAPE)) * MINUTE)


def feeling_after(rng: Random, before: Emotion) -> Emotion:
    """How the customer feels at the end of a contact that was handled well enough."""
    return rng.choices(list(Emotion), _AFTER[before])[0]
