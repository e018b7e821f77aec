"""What may be seen of a person on this screen now: lists mask numbers, a shared screen masks names too.

The switch is one for the whole program, like the language: whoever looks over a shoulder sees every panel.
"""

from collections.abc import Iterable

__all__ = ["masked", "share", "shared_text", "sharing", "shown_name"]

_shared: list[bool] = [False]


def share(on: bool) -> None:
    """The screen is shown to others from now on, or no longer."""
    _shared[0] = on


def sharing() -> bool:
    """Whether the screen is shown to others."""
    return _shared[0]


def shown_name(name: str) -> str:
    """A name as it may be seen now."""
    if not sharing():
        return name
    from cxdesk.hangul.mask import mask_name

    return mask_name(name)


def shared_text(text: str, names: Iterable[str] = ()) -> str:
    """What somebody wrote as it may be seen now; on a shared screen without names, numbers and addresses."""
    if not sharing():
        return text
    from cxdesk.hangul.mask import mask_text

    return mask_text(text, names)


def masked(kind: str, shown: str) -> str:
    """A phone number, an address for mail or where somebody lives, with its middle hidden."""
    from cxdesk.hangul import mask

    match kind:
        case "phone":
            return mask.mask_phone(shown)
        case "email":
            return mask.mask_mail(shown)
        case "address":
            return mask.mask_address(shown)
    return mask.mask_name(shown) if sharing() else shown
