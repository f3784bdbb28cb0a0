"""Turns our own values into bytes for the store, and back; no other class is ever loaded."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from types import MemberDescriptorType, ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from wardblog import model, problems
from wardblog.build import record
from wardblog.check import Reference
from wardblog.content import cache
from wardblog.content.header.fields import LONDON
from wardblog.model import Body

Reduced = tuple[Callable[..., object], tuple[object, ...]]


def left_out() -> Body:
    """The placeholder for a post's text, which few builds need and which is stored separately."""
    raise pickle.UnpicklingError("there is no text in this")


def london() -> ZoneInfo:
    return LONDON


def _by_parts(kind: type) -> Callable[[Any], Reduced]:
    """Reduce a frozen value to its class and fields, which load faster than a state."""
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names, names[0])  # with two names or more it gives a tuple
    return lambda value: (kind, get(value)[:-1])


def _values_of(module: ModuleType) -> Iterator[type]:
    """The value classes of one of our modules; no others are loaded from bytes."""
    for kind in vars(module).values():
        if isinstance(kind, type) and kind.__module__.startswith("wardblog."):
            is_tuple = issubclass(kind, tuple) and hasattr(kind, "_fields")
            if is_dataclass(kind) or is_tuple or issubclass(kind, Enum):
                yield kind


_KINDS = frozenset((Reference, *(k for m in (model, problems, cache, record)
                                 for k in _values_of(m))))  # fmt: skip
# Everything that a name in the bytes may refer to.
KNOWN: Mapping[tuple[str, str], Callable[..., object]] = {
    **{(kind.__module__, kind.__qualname__): kind for kind in (*_KINDS, date, datetime)},
    (__name__, "london"): london,
}


def _by_names(kind: type) -> Callable[..., object]:
    """Return a function that makes a value of a keyword-only class from its fields in order.

    Where it has slots they are filled directly: there are as many of these as there are posts.
    """
    names = [field.name for field in fields(kind)]
    slots = [vars(kind).get(name) for name in names]
    if not all(isinstance(slot, MemberDescriptorType) for slot in slots):
        return lambda *parts: kind(**dict(zip(names, parts, strict=True)))
    setters = [slot.__set__ for slot in slots if slot is not None]

    def filled(*parts: object) -> object:
        value: object = object.__new__(kind)
        for fill, part in zip(setters, parts, strict=True):
            fill(value, part)
        return value

    return filled


_MAKERS: Mapping[object, Callable[..., object]] = {
    kind: _by_names(kind)
    for kind in _KINDS
    if is_dataclass(kind) and any(field.kw_only for field in fields(kind))
}


def _table() -> Mapping[type, Callable[[Any], Reduced]]:
    return {
        **{kind: _by_parts(kind) for kind in _KINDS if is_dataclass(kind)},
        ZoneInfo: lambda _: (london, ()),
        model.BodyText: lambda _: (left_out, ()),
    }


class _Packer(pickle.Pickler):
    dispatch_table = _table()


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, text: Callable[[], Body]) -> None:
        super().__init__(io.BytesIO(data))
        self._text = text

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, "left_out"):
            return self._text
        if (known := KNOWN.get((module, name))) is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept")
        return _MAKERS.get(known, known)


def packed(value: object) -> bytes:
    """Return the bytes of a value, without the texts of its posts."""
    file = io.BytesIO()
    _Packer(file, protocol=5).dump(value)
    return file.getvalue()


def unpacked(data: bytes, text: Callable[[], Body] = left_out) -> Any:
    """Return the value, with the result of `text` in place of each text that was left out.

    Raises whatever bytes can make the standard library raise that are not such a value.
    """
    return _Unpacker(data, text).load()
