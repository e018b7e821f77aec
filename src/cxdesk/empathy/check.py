"""The slow look at a library: does every template parse, and does it ask only for facts and filters that exist?

Imports Liquid, so it runs when an owner saves or asks, and in the tests, never on the way to the first screen.
"""

from datetime import UTC

from cxdesk.empathy.blanks import stray
from cxdesk.empathy.engine import FILTERS, environment
from cxdesk.empathy.lines import Library, Line, Place, Problem

__all__ = ["KNOWN", "check_library"]

# Every fact a line may ask for (see ``facts.facts_of``). A preference may have any key.
KNOWN = {
    "customer": {"name"},
    "agent": {"name"},
    "shop": {"name"},
    "ticket": {"number", "minutes", "topic"},
    "purchase": {"product", "option", "order_no", "days_ago", "state", "ordered"},
    "last_contact": {"topic", "days_ago", "when"},
    "waited": {"minutes", "over"},
    "wait": {"low", "expected", "high"},
    "commit": {"due", "what"},
    "preference": None,
}


def check_library(library: Library) -> tuple[Problem, ...]:
    """What is wrong with the templates: codes ``template``, ``unknown_fact``, ``unknown_filter``, ``blank``."""
    engines = {lang: environment(lang, UTC) for lang in {line.lang for line in library}}
    problems = []
    for line in library:
        place = library.places.get(line.id, Place("", 0))
        for code, detail in _faults(line, engines[line.lang]):
            problems.append(Problem(place.file, place.row, code, detail))
    return tuple(problems)


def _faults(line: Line, engine: object) -> list[tuple[str, str]]:
    from liquid import Environment
    from liquid.exceptions import LiquidError

    assert isinstance(engine, Environment)
    try:
        template = engine.from_string(line.text)
    except LiquidError as error:
        return [("template", str(error))]
    used = template.analyze()
    faults = [("unknown_filter", name) for name in used.filters if name not in FILTERS]
    for variables in used.globals.values():
        for variable in variables:
            path = [str(segment) for segment in variable.segments]
            if not _exists(path):
                faults.append(("unknown_fact", ".".join(path)))
    faults += [("blank", mark) for mark in stray(line.text)]
    return faults


def _exists(path: list[str]) -> bool:
    if path[0] not in KNOWN or len(path) > 2:
        return False
    keys = KNOWN[path[0]]
    if len(path) == 1:
        return path[0] == "wait"  # {{ wait | range }} takes both ends at once
    return keys is None or path[1] in keys
