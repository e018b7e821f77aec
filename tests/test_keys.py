import string
from pathlib import Path

import pytest

from cxdesk import i18n
from cxdesk.actions import ACTIONS
from cxdesk.domain.words import Language
from cxdesk.hangul.keyboard import jamo_twin
from cxdesk.keys import Command, Keyboard, KeyMap, KeymapError, read_keymap

MAP = KeyMap(ACTIONS)


def press(*keys: str, keyboard: Keyboard | None = None, digits_act: bool = False) -> list[Command]:
    """The commands of keys pressed one after the other; a name of several letters types nothing."""
    board = keyboard or Keyboard(MAP)
    done: list[Command] = []
    for key in keys:
        done += board.press(key, key if len(key) == 1 else None, digits_act=digits_act)
    return done


def acts(*keys: str) -> list[tuple[str, int]]:
    return [(command.action, command.count) for command in press(*keys)]


@pytest.mark.parametrize("letter", [key for action in ACTIONS for key in action.keys if key in string.ascii_letters])
def test_every_letter_works_in_hangul_mode_too(letter: str) -> None:
    twin = jamo_twin(letter)
    assert twin is not None
    assert press(twin) == press(letter)


def test_a_whole_syllable_is_the_keys_it_was_typed_with() -> None:
    assert acts("너") == [("scripts", 1), ("down", 1)]
    assert press("넌")[:2] == press("s", "j")


@pytest.mark.parametrize(
    ("keys", "action"), [(("g", "q"), "go_queue"), (("ㅎ", "ㅂ"), "go_queue"), (("g", "ㅊ"), "go_customers")]
)
def test_two_keys_in_a_row_are_one_action(keys: tuple[str, ...], action: str) -> None:
    assert acts(*keys) == [(action, 1)]


def test_the_first_key_of_a_sequence_waits_for_the_second() -> None:
    assert acts("g") == []
    assert acts("g", "z") == [], "no such sequence, and the second key does not act alone"
    assert acts("g", "z", "z") == [("undo", 1)]


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        (("5", "j"), [("down", 5)]),
        (("1", "2", "k"), [("up", 12)]),
        (("5", "ㅓ"), [("down", 5)]),
        (("3", "down"), [("down", 3)]),
        (("0", "j"), [("down", 1)]),
        (("5", "r"), [("reply", 1)]),
        (("5", "r", "j"), [("reply", 1), ("down", 1)]),
        (("5", "F", "j"), [("down", 1)]),
        (("9", "9", "9", "9", "9", "j"), [("down", 9999)]),
        (("j",), [("down", 1)]),
    ],
)
def test_a_number_before_a_movement_repeats_it(keys: tuple[str, ...], done: list[tuple[str, int]]) -> None:
    assert acts(*keys) == done


@pytest.mark.parametrize("key", ["²", "½", "③", "٣", "५"])
def test_what_looks_like_a_digit_breaks_nothing(key: str) -> None:
    assert press(key, "j")[-1].action == "down"


def test_digits_insert_lines_where_the_lines_have_them() -> None:
    assert [(c.action, c.key) for c in press("3", digits_act=True)] == [("line", "3")]


def test_a_letter_with_ctrl_or_alt_is_not_the_letter() -> None:
    keyboard = Keyboard(MAP)
    assert keyboard.press("ctrl+s", "\x13") == [Command("send", "ctrl+s")]
    assert keyboard.press("ctrl+ㄴ", "ㄴ") == [Command("send", "ctrl+s")]
    assert keyboard.press("alt+j", "j") == []
    assert keyboard.press("ctrl+j", "\n") == []


def test_named_keys_are_their_names_whatever_they_type() -> None:
    assert [c.action for c in Keyboard(MAP).press("space", " ")] == ["select"]
    assert [c.action for c in Keyboard(MAP).press("enter", "\r")] == ["open"]


def test_a_key_that_means_nothing_does_nothing() -> None:
    assert press("Z", "ㅃ", "→", "f11", "§") == []


# -- the owner's keymap


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keymap.toml"


def test_without_a_file_the_table_is_in_force(file: Path) -> None:
    assert read_keymap(file).keys == {action.id: action.keys for action in ACTIONS}


def test_the_owner_gives_an_action_other_keys_and_the_old_ones_are_free(file: Path) -> None:
    file.write_text('[keys]\nnote = ["N", "f11"]\nduty = ["m"]\ntheme = ["g y"]\n')
    keymap = read_keymap(file)
    assert (keymap.meaning("N"), keymap.meaning("f11"), keymap.meaning("m")) == ("note", "note", "duty")
    assert keymap.meaning("f7") is None
    assert keymap.meaning("g y") == "theme"
    assert [command.action for command in press("g", "y", keyboard=Keyboard(keymap))] == ["theme"]
    assert keymap.meaning("r") == "reply"


def test_an_action_may_be_left_without_a_key(file: Path) -> None:
    file.write_text("[keys]\nleft = []\n")
    assert read_keymap(file).meaning("d") is None


@pytest.mark.parametrize(
    ("text", "line", "code", "detail"),
    [
        pytest.param('[keys]\nnote = ["x"]\n', 2, "twice", "x: select, note", id="taken by another"),
        pytest.param(
            '[keys]\n\nreply = ["q"]\nnote = ["q"]\n', 4, "twice", "q: reply, note", id="given twice by the owner"
        ),
        pytest.param('[keys]\nreply = ["g"]\n', 2, "twice", "g q: reply, go_queue", id="begins a sequence"),
        pytest.param('[keys]\nlanguage = ["r l"]\n', 2, "twice", "r l: reply, language", id="sequence behind a key"),
        pytest.param('[keys]\nreply = ["r", "r"]\n', 2, "twice", "r: reply, reply", id="twice in one line"),
        pytest.param('[keys]\nrepyl = ["r"]\n', 2, "unknown", "repyl", id="no such action"),
        pytest.param('[keys]\nreply = "r"\n', 2, "type", "reply", id="text for a list"),
        pytest.param("[keys]\nreply = [1]\n", 2, "type", "reply", id="number for a key"),
        pytest.param('[keys]\nreply = [""]\n', 2, "type", "reply", id="empty key"),
        pytest.param("keys = 5\n", 1, "type", "keys", id="number for the table"),
        pytest.param('# mine\n[key]\nreply = ["r"]\n', 2, "unknown", "key", id="another table"),
        pytest.param('reply = ["r"]\n', 1, "unknown", "reply", id="outside the table"),
        pytest.param('[keys]\nreply = ["r"\nnote = []\n', 3, "unreadable", "", id="unreadable"),
    ],
)
def test_a_keymap_that_cannot_be_used_is_refused_with_file_and_line(
    file: Path, text: str, line: int, code: str, detail: str
) -> None:
    file.write_text(text)
    with pytest.raises(KeymapError) as refusal:
        read_keymap(file)
    error = refusal.value
    assert (error.file, error.line, error.code) == (str(file), line, code)
    assert detail in error.detail
    assert all(f"config.{code}" in i18n.catalogue(language) for language in Language)


def test_a_keymap_that_is_not_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(KeymapError, match="unreadable"):
        read_keymap(file)
