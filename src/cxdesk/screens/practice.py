"""Practice: choose a customer, speak with them turn by turn, and see what helped and what was still missing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.keys import KeyMap
from cxdesk.screens.advising import Advising
from cxdesk.screens.hints import key_name
from cxdesk.screens.pick import Pick
from cxdesk.widgets.advice import AdviceLine
from cxdesk.widgets.composer import Composer
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.paint import Painted

if TYPE_CHECKING:
    from cxdesk.desk.practice import Practice
    from cxdesk.empathy.practice.play import Play
    from cxdesk.empathy.practice.scenarios import Scenario
    from cxdesk.empathy.practice.steps import Step

__all__ = ["ChoosePractice", "PracticeScreen", "talk_lines"]

_SCROLLS = {"up": -1, "down": 1, "shift+up": -1, "shift+down": 1, "pageup": -10, "pagedown": 10}


class ChoosePractice(Pick[Any]):
    """The customers to practise with; type a name, a feeling or a topic to narrow."""

    PLACEHOLDER = "practice.find"

    def __init__(self, practice: "Practice") -> None:
        super().__init__(t("practice.choose"))
        self._practice = practice

    def find(self, text: str) -> "Sequence[Scenario]":
        """The scenarios that have every word of ``text`` somewhere."""
        words = text.casefold().split()
        return [one for one in self._practice.scenarios if all(word in _all_words(one) for word in words)]

    def line(self, item: "Scenario") -> Line:
        """Who it is and what it is about, how they feel, and whether a line was kept from it."""
        kept = "♪ " if self._practice.kept(item) else "  "
        return (
            (kept, "good"),
            (column(t(f"emotion.{item.temper}"), 17) + " ", "warn"),
            (column(t(f"topic.{item.topic}"), 13) + " ", "dim"),
            (item.title, "text"),
        )

    def answer(self, item: "Scenario") -> "Scenario":
        """The scenario itself."""
        return item


def _all_words(scenario: "Scenario") -> str:
    labels = f"{t(f'emotion.{scenario.temper}')} {t(f'topic.{scenario.topic}')}"
    return f"{scenario.title} {scenario.name} {labels}".casefold()


class PracticeScreen(Screen[bool | None]):
    """A conversation; answers whether the same one is to be played again."""

    DEFAULT_CSS = """
    PracticeScreen { background: $desk-back; layout: vertical; }
    PracticeScreen #who { height: 2; background: $desk-bar; padding: 0 1; }
    PracticeScreen #talk { height: 1fr; padding: 0 1; }
    PracticeScreen AdviceLine { height: 1; padding: 0 1; }
    PracticeScreen #foot { height: 2; background: $desk-bar; padding: 0 1; }
    """
    AUTO_FOCUS = "Composer"

    def __init__(self, practice: "Practice", scenario: "Scenario", keymap: KeyMap) -> None:
        super().__init__()
        self.play: Play = practice.play(scenario)
        self._practice, self._keymap = practice, keymap
        self._kept = practice.kept(scenario)
        self._saved = False
        self.who, self.talk, self.foot = Painted(id="who"), Painted(id="talk"), Painted(id="foot")
        self.composer, self.advice = Composer(classes="writing"), AdviceLine()
        self.advising = Advising(
            lambda: self.composer,
            self.advice,
            key=lambda: key_name(keymap.keys["better"] or ("",)),
            promised=lambda due: due.what,
        )

    def compose(self) -> ComposeResult:
        """Who it is, what was said, where to write, what the check says, what has been done."""
        yield self.who
        yield self.talk
        yield self.composer
        yield self.advice
        yield self.foot

    def on_mount(self) -> None:
        """The customer speaks first."""
        self.advising.begin(self.play.advise)
        self.call_after_refresh(self.draw)

    def on_resize(self, event: Resize) -> None:
        """Another width, other lines."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Everything but what is being written."""
        scenario, width = self.play.scenario, self.talk.size.width - 1
        self.who.show(
            [
                fit(((f"{scenario.name} ", "strong"), (t(f"emotion.{scenario.temper}"), "warn")), width),
                fit(((t("practice.history", text=scenario.history), "dim"),), width),
            ]
        )
        self.talk.show(talk_lines(self.play, self._kept, width))
        self.talk.scroll_to_row(len(self.talk.lines))
        self.foot.show([fit(_steps(self.play), width), fit(((self._hint(), "dim"),), width)])

    def _hint(self) -> str:
        if self.play.over:
            return t("practice.kept_now") if self._saved else t("practice.hint_over")
        send, better = (key_name(self._keymap.keys[name] or ("",)) for name in ("send", "better"))
        return t("practice.hint", send=send, better=better)

    def on_key(self, event: Key) -> None:
        """The keys of the composer while the conversation lasts, a few of their own when it is over."""
        if event.key == "escape":
            event.stop()
            self.dismiss(False)
        elif event.key in _SCROLLS and (self.play.over or event.key.startswith(("page", "shift"))):
            event.stop()
            self.talk.scroll_by(_SCROLLS[event.key])
        elif self.play.over:
            event.stop()
            self._afterwards(event)
        elif event.key in self._keymap.keys["send"]:
            event.stop()
            self._send()
        elif event.key in self._keymap.keys["better"]:
            event.stop()
            self._better()

    def on_composer_left(self) -> None:
        """Escape in the composer leaves the practice."""
        self.dismiss(False)

    def _afterwards(self, event: Key) -> None:
        if event.key == "enter":
            self.dismiss(True)
        elif event.character and letters_of(event.character) == "k" and self.play.done and not self._saved:
            self._practice.keep(self.play)
            self._saved = True
            self.draw()

    def _send(self) -> None:
        """Say what is written; a blank forbids it as it does on the desk."""
        reply = self.composer.text.strip()
        if not reply or any(finding.weight == "block" for finding in self.advising.findings):
            self.app.bell()
            return
        self.play.say(reply)
        self.composer.load_text("")
        if self.play.over:
            self.composer.remove_class("writing")
            self.set_focus(None)
        self.call_after_refresh(self.draw)

    def _better(self) -> None:
        from cxdesk.empathy.blanks import next_blank

        start = self.advising.write()
        blank = next_blank(self.composer.text, start) if start is not None else None
        if blank is not None:
            self.composer.select_span(blank.start, blank.end)


def _steps(play: "Play") -> Line:
    """The five steps, those that were taken marked."""
    from cxdesk.empathy.practice.steps import Step

    spans: list[tuple[str, str]] = []
    for step in Step:
        done = step in play.done
        spans.append((("✓ " if done else "· ") + t(f"practice.step.{step}") + "   ", "good" if done else "dim"))
    return tuple(spans)


def talk_lines(play: "Play", kept: "Mapping[Step, str]", width: int) -> list[Line]:
    """What was said so far, with the line that helped an earlier time; at the end, what it came to."""
    lines: list[Line] = []
    for ours, text in play.talk:
        who = t("practice.you") if ours else play.scenario.name
        lines += [
            ((who, "dim" if ours else "strong"),),
            *paragraph(text, "ours" if ours else "text", width, indent="  "),
        ]
    if play.over:
        return [*lines, (), *_outcome(play, width)]
    if play.missing is not None and play.missing in kept and play.replies:
        lines += paragraph(t("practice.last_time", text=kept[play.missing]), "quote", width, indent="  ")
    return lines


def _outcome(play: "Play", width: int) -> list[Line]:
    """How it ended, what was behind it, the points, and the agent's own best lines."""
    ended = t("practice.content" if play.missing is None else "practice.left", name=play.scenario.name)
    lines: list[Line] = [
        ((ended, "good" if play.missing is None else "warn"),),
        *paragraph(t("practice.need", text=play.scenario.need), "text", width),
        ((t("practice.points", points=play.points, n=play.replies), "strong"),),
    ]
    for finding, n in play.found.most_common():
        lines.append(((f"  {n}× ", "warn"), (t(f"advice.{finding}"), "text")))
    if play.done:
        lines.append(((t("practice.best"), "strong"),))
    for step, sentence in play.best:
        lines += paragraph(f"{t(f'practice.step.{step}')}: {sentence}", "ours", width, indent="  ")
    return lines
