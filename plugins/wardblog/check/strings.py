"""Walk over every string in a value of the model, so that the checks miss none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum


def strings_in(value: object, path: str = "", without: frozenset[str] = frozenset()) -> Iterator[
    tuple[str, str]
]:  # fmt: skip
    """Each string, with the path of its field, such as `councillors.1.email`; counted from 1.

    `without` names fields of the value itself that are skipped.
    """
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Enum):
        return
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in without:
                yield from strings_in(getattr(value, field.name), _below(path, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings_in(key, path)
            yield from strings_in(item, path)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, item in enumerate(value, 1):
            yield from strings_in(item, _below(path, str(number)))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
