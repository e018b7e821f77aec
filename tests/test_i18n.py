"""Both languages say the same things, everything the program says exists, and nothing is left that it never says."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

import cxdesk
from cxdesk import i18n
from cxdesk.actions import ACTIONS, Group
from cxdesk.domain.due import WRONG
from cxdesk.domain.views import Section
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    Priority,
    PurchaseState,
    Segment,
    Stage,
    Status,
    Topic,
)
from cxdesk.i18n.en import ENTRIES as EN
from cxdesk.i18n.en import PARTS as EN_PARTS
from cxdesk.i18n.ko import ENTRIES as KO
from cxdesk.i18n.ko import PARTS as KO_PARTS
from cxdesk.imports.reasons import REASONS
from cxdesk.settings import THEMES
from cxdesk.storage.faults import _MARKS

ROOT = Path(cxdesk.__file__).parent
SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
    if "i18n" not in path.parts and "migrations" not in path.parts
}
FAMILIES = {key.split(".")[0] for key in EN}


def places(entry: str | tuple[str, str]) -> list[set[str]]:
    """The names of the places to fill, of each form of an entry."""
    forms = entry if isinstance(entry, tuple) else (entry,)
    return [{name for _, name, _, _ in Formatter().parse(form) if name is not None} for form in forms]


def strings() -> Iterator[tuple[str, str]]:
    """``(where, text)`` of every string in the sources; the filled parts of an f-string are ``{}``."""
    for name, tree in SOURCES.items():
        for node in ast.walk(tree):
            where = f"{name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.JoinedStr):
                yield where, "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield where, node.value


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """``(where, call)`` of every call of a function or method of these names."""
    for name, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in names:
                    yield f"{name}:{node.lineno}", node


def first_words(*names: str) -> set[str]:
    """The first string given to calls of these names."""
    return {
        arg.value
        for _, call in calls(*names)
        for arg in call.args[:1]
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }


# -- the two catalogues


def test_both_languages_have_the_same_entries_in_the_same_parts() -> None:
    assert [set(part) for part in KO_PARTS] == [set(part) for part in EN_PARTS]


def test_no_entry_is_in_two_parts() -> None:
    assert sum(len(part) for part in EN_PARTS) == len(EN)
    assert sum(len(part) for part in KO_PARTS) == len(KO)


def test_both_languages_fill_the_same_places() -> None:
    for key in EN:
        english, korean = places(EN[key])[-1], places(KO[key])[-1]
        assert english == korean, key


def test_a_pair_has_both_its_forms_and_is_chosen_by_n() -> None:
    for entries in (EN, KO):
        for key, entry in entries.items():
            if isinstance(entry, tuple):
                one, other = entry
                assert one != other, key
                assert places(entry)[0] | {"n"} == places(entry)[1] | {"n"}, key


def test_only_english_needs_pairs() -> None:
    assert [key for key, entry in KO.items() if isinstance(entry, tuple)] == []


def test_a_particle_is_asked_for_in_korean_only() -> None:
    pair = re.compile(r"\{\w+:[^}]*/[^}]*\}")
    assert not [key for key, entry in EN.items() if pair.search(str(entry))]


@pytest.mark.parametrize("language", list(Language))
def test_no_entry_is_empty_but_the_ones_that_mean_nothing_to_say(language: Language) -> None:
    empty = {key for key, entry in i18n.catalogue(language).items() if entry == ""}
    assert empty == {"priority.short.normal", "emotion.short.neutral"}


def test_no_korean_entry_was_left_in_english_and_the_other_way_round() -> None:
    hangul = re.compile("[가-힣]")
    both = {"ask.language", "customer.called"}
    assert {key for key, entry in EN.items() if hangul.search(str(entry))} <= both
    no_words = re.compile(r"\{[^}]*\}|[^a-z]|xlsx|csv|tsv|vip|json|cxdesk|esc|enter|ctrl|alt|tab", re.I)
    silent = {k for k, entry in KO.items() if entry and not hangul.search(str(entry)) and no_words.sub("", str(entry))}
    assert silent == set()


# -- everything the program says exists


def test_every_entry_asked_for_by_name_exists() -> None:
    asked = [
        (where, arg.value)
        for where, call in calls("t", "t_in", "has", "say", "tell")
        for arg in call.args
        if isinstance(arg, ast.Constant)
        and isinstance(arg.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_.]+", arg.value)
    ]
    assert len(asked) > 100
    assert [(where, key) for where, key in asked if key not in EN] == []


def test_every_entry_asked_for_by_a_family_has_members() -> None:
    asked = [
        (where, arg)
        for where, call in calls("t", "t_in", "has", "say", "tell")
        for arg in call.args
        if isinstance(arg, ast.JoinedStr)
    ]
    for where, arg in asked:
        text = "".join(str(v.value) if isinstance(v, ast.Constant) else "\0" for v in arg.values)
        pattern = re.compile(re.escape(text).replace("\0", "[a-z_.0-9]+"))
        assert [key for key in EN if pattern.fullmatch(key)], f"{where}: {text}"


def verbs() -> set[str]:
    """The verbs of the changes that the desk makes and an agent can take back."""
    found = {"reply", "note"}  # by the kind of message
    for _, call in calls("each", "commit"):
        lasting = any(k.arg == "undoable" and getattr(k.value, "value", None) is False for k in call.keywords)
        if not lasting and call.args and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    return found


def fault_codes() -> set[str]:
    return first_words("Fault") | {code for _, code in _MARKS} | {"stale", "unknown"}


def segment_reasons() -> set[str]:
    tree = SOURCES["domain/segments.py"]
    found = (call.args for _, call in calls("standing", "Standing") if call in set(ast.walk(tree)))
    return {str(arg.value) for args in found for arg in args if isinstance(arg, ast.Constant) and arg.value}


def assumptions() -> set[str]:
    text = "".join((ROOT / "domain" / name).read_text("utf-8") for name in ("due.py", "due_words.py"))
    return set(re.findall(r"^- ``(\w+)``:", text, re.M))


VOCABULARIES: Mapping[str, Iterable[str]] = {
    "channel": Channel,
    "channel.short": Channel,
    "status": Status,
    "priority": Priority,
    "priority.short": Priority,
    "topic": Topic,
    "topic.short": Topic,
    "emotion": [*Emotion, "none"],
    "emotion.short": Emotion,
    "stage": Stage,
    "segment": Segment,
    "segment.short": Segment,
    "segment.why": segment_reasons(),
    "purchase": PurchaseState,
    "purchase_state": PurchaseState,
    "thread": [kind for kind in MessageKind if kind is not MessageKind.EVENT],
    "compose": [MessageKind.REPLY, MessageKind.NOTE],
    "queue": Section,
    "group": Group,
    "action": [action.id for action in ACTIONS],
    "theme": THEMES,
    "duty": ["on", "break", "off"],
    "verb": verbs(),
    "fault": fault_codes(),
    "refused": first_words("Refused", "Unusable") | set(WRONG),
    "assumed": assumptions(),
    "import": REASONS,
}


@pytest.mark.parametrize("family", VOCABULARIES)
def test_every_word_of_a_vocabulary_has_its_label_in_both_languages(family: str) -> None:
    words = list(VOCABULARIES[family])
    assert words
    assert [word for word in words if f"{family}.{word}" not in EN or f"{family}.{word}" not in KO] == []


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_of_an_import_names_only_what_it_knows(code: str) -> None:
    for entries in (EN, KO):
        assert places(entries[f"import.{code}"])[-1] <= set(REASONS[code]) | {"n"}


def test_no_entry_is_left_that_nothing_asks_for() -> None:
    texts = {text for _, text in strings()}
    texts |= {f"import.{text}" for text in texts}  # ``bring.say`` puts the family in front
    families = [
        re.compile(re.escape(text).replace(r"\{\}", "[a-z_.-]+"))
        for text in texts
        if "{}" in text and text.split(".")[0] in FAMILIES and " " not in text
        if text.removesuffix(".{}") not in VOCABULARIES
    ]
    labelled = {f"{family}.{word}" for family, words in VOCABULARIES.items() for word in words}
    labelled |= {key for key in EN if key.startswith(("action.", "skipped."))}
    unused = [key for key in EN if key not in texts | labelled and not any(p.fullmatch(key) for p in families)]
    assert unused == []


# -- saying it


@pytest.mark.parametrize(
    ("entry", "values", "said"),
    [
        ("{name:을/를}", {"name": "김민지"}, "김민지를"),
        ("{name:을/를}", {"name": "이서준"}, "이서준을"),
        ("{name:이/가} 왔습니다", {"name": "최유진"}, "최유진이 왔습니다"),
        ("{name:으로/로}", {"name": "박하늘"}, "박하늘로"),
        ("{name:으로/로}", {"name": "김민서"}, "김민서로"),
        ("{name:은/는}", {"name": "Emma"}, "Emma는"),
        ("{n:과/와}", {"n": 3}, "3과"),
    ],
)
def test_korean_particles_follow_the_sound_of_what_they_follow(
    monkeypatch: pytest.MonkeyPatch, entry: str, values: dict[str, object], said: str
) -> None:
    monkeypatch.setitem(KO, "test.particle", entry)
    assert i18n.t_in(Language.KO, "test.particle", **values) == said


@pytest.mark.parametrize(("n", "said"), [(1, "1 order"), (0, "0 orders"), (2, "2 orders"), (21, "21 orders")])
def test_english_counts_in_pairs(n: int, said: str) -> None:
    assert i18n.t_in(Language.EN, "memory.orders", n=n) == said
    assert i18n.t_in(Language.KO, "memory.orders", n=n) == f"{n}회"


@pytest.mark.parametrize("name", ["{name}", "{0}", "%s", "{name.__class__}", "{{x}}", "[/]"])
def test_a_value_is_only_ever_data(name: str) -> None:
    assert i18n.t_in(Language.EN, "did.who", name=name) == f"This is {name}"


def test_every_entry_can_be_said_with_its_places_filled() -> None:
    for language in Language:
        for key, entry in i18n.catalogue(language).items():
            values = {name: 2 for form in places(entry) for name in form}
            assert "{" not in i18n.t_in(language, key, **values), key


def test_an_unknown_entry_is_an_error_and_not_a_blank() -> None:
    assert not i18n.has("no.such")
    with pytest.raises(KeyError):
        i18n.t("no.such")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, Language.KO),
        ({"LANG": "en_US.UTF-8"}, Language.EN),
        ({"LC_ALL": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, Language.KO),
        ({"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "en_US"}, Language.KO),
        ({"LANG": "C"}, Language.EN),
        ({}, Language.EN),
    ],
)
def test_the_language_follows_the_locale(environ: dict[str, str], language: Language) -> None:
    assert i18n.system_language(environ) is language


def test_the_language_can_be_changed_while_it_is_used() -> None:
    i18n.use(Language.EN)
    assert i18n.t("panel.queue") == "Queue"
    i18n.use(Language.KO)
    assert i18n.t("panel.queue") == "대기열"
