"""Says what is wrong with a picture file, in the words of the checks and of the editor."""

from __future__ import annotations

from types import MappingProxyType

from wardblog.model import Fault, Picture
from wardblog.photos.kinds import RAW, READABLE, WEB_PAGE, named_kind

AS_JPEG = 'Open it in a photo program, save it as JPEG ("Export" or "Save as"), and use that file.'
_AGAIN = "Copy it from the camera or the phone again."
_FAULTS = MappingProxyType(
    {
        Fault.EMPTY: ('the picture "{name}" is empty', _AGAIN),
        Fault.CUT_OFF: ('the picture "{name}" is incomplete', _AGAIN),
        Fault.DAMAGED: ('the picture "{name}" is damaged, and cannot be opened', _AGAIN),
        Fault.HUGE: (
            'the picture "{name}"{size} is too large to be opened safely',
            "Save it smaller in a photo program: 1600 pixels on its longer side are enough.",
        ),
    }
)


def broken_words(name: str, picture: Picture) -> tuple[str, str] | None:
    """Why a file is not a picture or not a whole one, and what to do; None for a sound one.

    `name` is that of the file, without its folder.
    """
    if picture.kind == WEB_PAGE:
        return (
            f'"{name}" is a web page, not a picture',
            "Open that page in a browser, and save the picture on it instead.",
        )
    if picture.fault is not None:
        message, hint = _FAULTS[picture.fault]
        return message.format(name=name, size=_size(picture)), hint
    if not picture.kind:
        return f'"{name}" is not a picture, despite its name', f"Is it the right file? {_AGAIN}"
    return None


def unsupported_words(name: str, kind: str) -> tuple[str, str] | None:
    """Why browsers cannot show a picture of this kind, and what to do; None if they can."""
    if kind in READABLE or kind in ("", WEB_PAGE):
        return None
    if RAW in (kind, named_kind(name)):
        return raw_words(name)
    return f'"{name}" is a {kind} picture, which browsers cannot show', AS_JPEG


def raw_words(name: str) -> tuple[str, str]:
    """Why what a camera's sensor saw cannot be shown, and what to do."""
    return f'"{name}" is a raw camera picture, which browsers cannot show', AS_JPEG


def _size(picture: Picture) -> str:
    """The size in megapixels, to follow the name of a picture; "" if it is not known."""
    return f" of {picture.megapixels:,.0f} megapixels" if picture.width else ""
