"""The least a Textual program can be: one Static, changed by every key. It is the floor the desk is held against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line of text."""

    presses = 0

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("hello")

    def on_key(self) -> None:
        """Say how many keys there were."""
        self.presses += 1
        self.query_one(Static).update(f"hello {self.presses}")


if __name__ == "__main__":
    Hello().run()
