"""Data classes whose `__init__` is compiled for the first instance, since most runs make few kinds.

The standard decorator compiles up to seven functions for each class when its module is imported.
Here all classes share the code of these functions, except that of `__init__`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final

Method = Callable[..., Any]


def _late_dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
) -> Callable[[type], type]:
    """Do what `dataclasses.dataclass` does with these arguments; `InitVar` is not supported."""

    def decorated(plain: type) -> type:
        declare = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )
        # A class without a docstring would be given its signature, which takes long to find out.
        plain.__doc__ = plain.__doc__ or plain.__name__
        kind: type = declare(plain)
        for name, method in _methods(kind, frozen, slots, eq).items():
            if vars(kind).get(name) is None:
                setattr(kind, name, method)
        return kind

    return decorated


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _late_dataclass


def _methods(kind: type, frozen: bool, slots: bool, eq: bool) -> dict[str, Method | None]:
    found: dict[str, Method | None] = {"__init__": _late_init(kind, frozen), "__repr__": _repr}
    if eq:
        every = fields(kind)
        found["__eq__"] = _equality(_values(f for f in every if f.compare))
        hashed = (f for f in every if (f.compare if f.hash is None else f.hash))
        found["__hash__"] = _hashing(_values(hashed)) if frozen else None
    if frozen:
        found |= {"__setattr__": _refuse_to_assign, "__delattr__": _refuse_to_delete}
    if frozen and slots:
        found |= {"__getstate__": _state, "__setstate__": _restore}
    return found


def _values(chosen: Iterable[Field[Any]]) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of these fields as a tuple."""
    names = [field.name for field in chosen]
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda instance: (get(instance),)


def _equality(values: Callable[[object], object]) -> Method:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return __eq__


def _hashing(values: Callable[[object], object]) -> Method:
    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


@recursive_repr("...")
def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_to_assign(_: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


class _Missing:
    """The default of a parameter whose value is made by a factory."""

    def __repr__(self) -> str:
        return "<factory>"


_MISSING: Final = _Missing()


def _late_init(kind: Any, frozen: bool) -> Method:
    def __init__(self: object, *args: object, **kwargs: object) -> None:  # noqa: N807
        kind.__init__ = _compiled_init(kind, frozen)
        kind.__init__(self, *args, **kwargs)

    return __init__


def _compiled_init(kind: Any, frozen: bool) -> Method:
    names: dict[str, Any] = {"__name__": kind.__module__, "_MISSING": _MISSING}
    positional, keyword_only, lines = ["self"], ["*"], []
    for field in fields(kind):
        parameter, value = _parameter(field, names)
        if field.init:
            (keyword_only if field.kw_only else positional).append(parameter)
        if value:
            lines.append(_assignment(kind, field.name, value, names if frozen else None))
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join(positional + (keyword_only if len(keyword_only) > 1 else []))
    source = "\n    ".join((f"def __init__({parameters}):", *(lines or ["pass"])))
    exec(source, names)  # noqa: S102 - made of the names of fields only, as the standard one is
    init: Method = names["__init__"]
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


def _parameter(field: Field[Any], names: dict[str, Any]) -> tuple[str, str]:
    """A field's parameter, and the expression of its value; adds its default to the names."""
    name, default = field.name, f"_default_{field.name}"
    if field.default_factory is not MISSING:
        names[default] = field.default_factory
        made = f"{default}()"
        return (
            f"{name}=_MISSING",
            f"{made} if {name} is _MISSING else {name}" if field.init else made,
        )
    if field.default is not MISSING:
        names[default] = field.default
        return f"{name}={default}", name if field.init else default
    return name, name if field.init else ""


def _assignment(kind: type, name: str, value: str, names: dict[str, Any] | None) -> str:
    """The line that sets a field; that of a frozen class sets its slot, or else asks `object`."""
    if names is None:
        return f"self.{name} = {value}"
    slot = getattr(kind, name, None)
    if isinstance(slot, MemberDescriptorType):
        names[f"_set_{name}"] = slot.__set__
        return f"_set_{name}(self, {value})"
    names["_set"] = object.__setattr__
    return f"_set(self, {name!r}, {value})"
