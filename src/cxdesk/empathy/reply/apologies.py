"""An apology that names neither what was felt nor what went wrong."""

from cxdesk.empathy.reply.rules import Rules

__all__ = ["bare_apology", "names_something"]

_LETTERS_OF_NOTHING = 2


def bare_apology(sentence: str, calls: tuple[str, ...], rules: Rules) -> tuple[int, int] | None:
    """Where a sentence apologises and says nothing else; names and courtesies are nothing else."""
    apology = rules.cue("apology").search(sentence)
    if apology is None:
        return None
    rest = sentence[: apology.start()] + " " + sentence[apology.end() :]
    for call in calls:
        rest = rest.replace(call, " ")
    rest = rules.cue("filler").sub(" ", rules.cue("apology").sub(" ", rest))
    if sum(char.isalnum() for char in rest) > _LETTERS_OF_NOTHING:
        return None
    return apology.span()


def names_something(sentence: str, rules: Rules) -> bool:
    """Whether a sentence names a feeling or our part, so that an apology beside it does not stand alone."""
    return bool(rules.cue("feeling").search(sentence) or rules.cue("cause").search(sentence))
