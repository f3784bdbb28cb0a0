"""Patterns that are compiled late: all of them can be, and they behave as compiled ones do."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Mapping

import pytest

import wardblog
from wardblog.support import late_regex as module
from wardblog.support.late_regex import late_regex

_EXAMPLE = r"(?P<word>b+)(,)?"
_TEXT = "a BB, bbb c"
_USES: Mapping[str, Callable[[re.Pattern[str]], object]] = {
    "finditer": lambda p: [m.group() for m in p.finditer(_TEXT)],
    "findall": lambda p: p.findall(_TEXT),
    "fullmatch": lambda p: [m and m.group("word") for m in (p.fullmatch("bB"), p.fullmatch(_TEXT))],
    "match": lambda p: [m and m.span() for m in (p.match(_TEXT, 2), p.match(_TEXT))],
    "search": lambda p: [m and m.groupdict() for m in (p.search(_TEXT), p.search("x"))],
    "split": lambda p: p.split(_TEXT),
    "sub": lambda p: p.sub("-", _TEXT),
    "subn": lambda p: p.subn("-", _TEXT),
    "pattern": lambda p: p.pattern,
    "flags": lambda p: p.flags,
    "groups": lambda p: p.groups,
    "groupindex": lambda p: dict(p.groupindex),
}


@pytest.mark.parametrize("name", _USES)
def test_each_first_use_gives_what_a_compiled_pattern_gives(name: str) -> None:
    use = _USES[name]
    assert use(late_regex(_EXAMPLE, re.IGNORECASE)) == use(re.compile(_EXAMPLE, re.IGNORECASE))


def test_a_pattern_is_compiled_once_and_only_when_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    original = re.compile

    def compile_noted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return original(pattern, flags)

    monkeypatch.setattr(re, "compile", compile_noted)
    pattern = late_regex("x+")
    assert not compiled
    assert pattern.search("axx")
    assert pattern.sub("", "axx") == "a"
    assert compiled == ["x+"]


def test_every_pattern_of_the_project_compiles() -> None:
    for found in pkgutil.walk_packages(wardblog.__path__, "wardblog."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    gc.unfreeze()  # tests/conftest.py puts aside what was there when the tests began
    gc.collect()
    late = [one for one in gc.get_objects() if type(one) is module._LateRegex]
    assert len(late) > 300
    for one in late:
        re.compile(one.pattern, one._flags)
    assert "wardblog.privacy.homes" in sys.modules
