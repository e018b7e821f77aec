"""The owner's business hours with the public holidays of their country, as ``Hours``."""

from datetime import date, tzinfo
from functools import cache

from cxdesk.domain.hours import Hours, always_open, read_window
from cxdesk.settings import WEEK, Opening

__all__ = ["hours_of", "known_country"]


def hours_of(opening: Opening, zone: tzinfo) -> Hours:
    """The windows of each weekday, closed on public holidays and on the owner's own days off."""
    week = tuple(tuple(filter(None, map(read_window, opening.week.get(day, [])))) for day in WEEK)
    if not any(week):
        return always_open(zone)
    own = frozenset(map(date.fromisoformat, opening.closed))
    country = opening.holidays

    def closed(day: date) -> bool:
        return day in own or day in _holidays(country, day.year)

    return Hours(week, zone, closed)


def known_country(country: str) -> bool:
    """Whether the public holidays of a country (``KR``) are known; none at all (empty) always are."""
    if not country:
        return True
    from holidays import list_supported_countries

    return country in list_supported_countries()


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year, substitutes included; none for a country that is not known."""
    if not country or not known_country(country):
        return frozenset()
    from holidays import country_holidays  # a tenth of a second to load: not before it is needed

    return frozenset(country_holidays(country, years=year))
