"""Our own values as bytes for the store, and back: nothing else is ever made from such bytes."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from wardblog.model import Body
from wardblog.read.fields import LONDON

# Modules of ours whose classes are kept, and what else their values are made of.
_OURS = frozenset(
    ("wardblog.model", "wardblog.problems", "wardblog.read.memory", "wardblog.build.record",
     "wardblog.build.assets")
)  # fmt: skip
_OTHERS = frozenset((("datetime", "date"), ("datetime", "datetime"), ("builtins", "frozenset")))
_TEXT, _ZONE = "text", "zone"


class _Packer(pickle.Pickler):
    """Leaves out the texts of posts, which few builds need."""

    def __init__(self, file: io.BytesIO, texts: tuple[type, ...]) -> None:
        super().__init__(file, protocol=5)
        self._texts = texts

    def reducer_override(self, value: object) -> Any:
        """A frozen value as its class and its parts, which is quicker to read than a state."""
        kind = type(value)
        if not is_dataclass(value) or isinstance(value, type):
            return NotImplemented
        return kind, tuple(getattr(value, field.name) for field in fields(value))

    def persistent_id(self, value: object) -> str | None:
        if value is LONDON:
            return _ZONE
        return _TEXT if isinstance(value, self._texts) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, text: Callable[[], Body]) -> None:
        super().__init__(io.BytesIO(data))
        self._text = text

    def persistent_load(self, name: object) -> object:
        return LONDON if name == _ZONE else self._text()

    def find_class(self, module: str, name: str) -> Any:
        if module in _OURS or (module, name) in _OTHERS:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept")


def packed(value: object, texts: tuple[type, ...] = ()) -> bytes:
    """The bytes of a value; something else stands for each object of the types `texts`."""
    file = io.BytesIO()
    _Packer(file, texts).dump(value)
    return file.getvalue()


def _no_text() -> Body:
    raise pickle.UnpicklingError("there is no text in this")


def unpacked(data: bytes, text: Callable[[], Body] = _no_text) -> Any:
    """The value again, with what `text` makes in place of each text that was left out.

    Raises whatever bytes can make the standard library raise that are not such a value.
    """
    return _Unpacker(data, text).load()
