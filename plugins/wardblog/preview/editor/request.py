"""What the editor's pages send, and the checks of its values."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any, NoReturn

from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_HALF = late_regex("[\ud800-\udfff]")
# How many characters a value has at most, unless its handler knows better.
MOST_CHARACTERS = 10_000


class BadRequestError(CommandError):
    """A request that no page of the editor sends."""


class MissingError(CommandError):
    """What a request is about does not exist, or no longer."""


class WrongValueError(CommandError):
    """A value that somebody typed cannot be taken; `field` is its name in the request."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorRequest:
    """A request that passed the checks of its sender.

    `parts` are the variable parts of its path, `query` the values after "?" (GET), and `data` the
    JSON object (POST).
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, most: int = MOST_CHARACTERS) -> str:
        """A string of at most `most` characters, without halves of characters (surrogates)."""
        return _whole(self.text_as_sent(name, most))

    def text_as_sent(self, name: str, most: int = MOST_CHARACTERS) -> str:
        """A string as `text`, but with the halves of characters that a file can have."""
        return _text(self.data.get(name), name, most)

    def texts(self, name: str, most: int = MOST_CHARACTERS, count: int = 1000) -> list[str]:
        """A list of at most `count` strings."""
        values = self.data.get(name)
        if not isinstance(values, list) or len(values) > count:
            _refuse(name)
        return [_whole(_text(value, name, most)) for value in values]

    def number(self, name: str, low: float, high: float) -> float:
        value = self.data.get(name)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            _refuse(name)
        return value

    def flag(self, name: str) -> bool:
        value = self.data.get(name)
        if not isinstance(value, bool):
            _refuse(name)
        return value

    def file(self, name: str, most: int) -> bytes:
        """The bytes of a file, sent in base64; `most` bytes at most."""
        value = self.data.get(name)
        if not isinstance(value, str) or len(value) > (most + 2) // 3 * 4:
            _refuse(name)
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            _refuse(name)


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object that a page sent; raises `BadRequestError`."""
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadRequestError("The editor cannot read this request") from None
    if not isinstance(value, dict):
        raise BadRequestError("The editor cannot read this request")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _text(value: object, name: str, most: int) -> str:
    if not isinstance(value, str):
        _refuse(name)
    if len(value) > most:
        raise BadRequestError(
            f"This is too long: {len(value):,} characters, and {most:,} are possible",
            "Shorten it, or split it into several.",
        )
    return value


def _whole(value: str) -> str:
    """A text with a mark for "not a character" in place of each half of one."""
    return _HALF.sub("\ufffd", value)


def _refuse(name: str) -> NoReturn:
    raise BadRequestError(f'The editor cannot read the value "{name}" of this request')
