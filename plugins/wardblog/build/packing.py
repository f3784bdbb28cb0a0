"""Our own values as bytes for the store, and back: nothing else is ever made from such bytes."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from wardblog import model, problems
from wardblog.model import Body
from wardblog.read import memory
from wardblog.read.fields import LONDON

# Modules of ours whose classes are kept, and what else their values are made of.
_OURS = frozenset(
    (
        "wardblog.problems",
        "wardblog.read.memory",
        "wardblog.build.record",
        "wardblog.check.built.targets",
    )
)
_MODEL = "wardblog.model."
_OTHERS = frozenset((("datetime", "date"), ("datetime", "datetime"), ("builtins", "frozenset")))
Reduced = tuple[Callable[..., object], tuple[object, ...]]


def left_out() -> Body:
    """Stands for a post's text, which few builds need, and which is kept apart."""
    raise pickle.UnpicklingError("there is no text in this")


def london() -> ZoneInfo:
    return LONDON


def _by_parts(kind: type) -> Callable[[Any], Reduced]:
    """A frozen value as its class and its parts, which is quicker to read than a state."""
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names, names[0])  # with two names or more it gives a tuple
    return lambda value: (kind, get(value)[:-1])


def _classes(module: ModuleType) -> list[type]:
    return [c for c in vars(module).values() if isinstance(c, type) and is_dataclass(c)]


def _table() -> Mapping[type, Callable[[Any], Reduced]]:
    ours = {c for module in (model, problems, memory) for c in _classes(module)}
    return {
        **{kind: _by_parts(kind) for kind in ours},
        ZoneInfo: lambda _: (london, ()),
        model.Written: lambda _: (left_out, ()),
    }


class _Packer(pickle.Pickler):
    dispatch_table = _table()


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, text: Callable[[], Body]) -> None:
        super().__init__(io.BytesIO(data))
        self._text = text

    def find_class(self, module: str, name: str) -> Any:
        if module == __name__ and name in ("left_out", "london"):
            return self._text if name == "left_out" else london
        is_ours = module in _OURS or module.startswith(_MODEL)
        if is_ours or (module, name) in _OTHERS:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept")


def packed(value: object) -> bytes:
    """The bytes of a value, without the texts of the posts in it."""
    file = io.BytesIO()
    _Packer(file, protocol=5).dump(value)
    return file.getvalue()


def unpacked(data: bytes, text: Callable[[], Body] = left_out) -> Any:
    """The value again, with what `text` makes in place of each text that was left out.

    Raises whatever bytes can make the standard library raise that are not such a value.
    """
    return _Unpacker(data, text).load()
