"""A late data class behaves as the standard one, but compiles its `__init__` only when needed."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable, Mapping
from dataclasses import asdict, astuple, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from wardblog.support import late_dataclass as module
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickled:
    """A class that pickle finds by its name."""

    x: int
    names: tuple[str, ...] = ()


def _classes(declare: Any) -> dict[str, Any]:
    """The kinds of data class that the project has, made with one of the two decorators."""

    @declare(frozen=True, slots=True)
    class Point:
        """Two values, one with a default."""

        x: float
        y: float = 0.0

    @declare(frozen=True, slots=True)
    class One:
        """A single value."""

        x: object

    @declare(frozen=True, slots=True)
    class Empty:
        """No values."""

    @declare(frozen=True, slots=True, kw_only=True)
    class Record:
        """Values that only keywords give, with factories and fields left out."""

        SIZE: ClassVar[int] = 3
        name: str
        lines: dict[str, int] = field(default_factory=dict, hash=False)
        note: str = field(default="", repr=False)
        ignored: int = field(default=0, compare=False)
        made: list[int] = field(default_factory=list, init=False, hash=False)
        fixed: int = field(default=7, init=False)

        @property
        def twice(self) -> str:
            return self.name * 2

    @declare(frozen=True, slots=True)
    class Mixed:
        """Values by place, and by keyword."""

        a: int
        b: int = field(kw_only=True)
        c: int = 3
        d: int = field(default=4, kw_only=True)

    @declare(frozen=True)
    class Open:
        """A frozen class without slots."""

        x: int
        y: list[int] = field(default_factory=list)

    @declare(frozen=True, slots=True, eq=False)
    class Identity:
        """Equal to itself only."""

        x: int

    @declare(slots=True, kw_only=True)
    class Base:
        """A class that can change, and has others below it."""

        path: str
        marks: list[str] = field(default_factory=list)

    @declare(slots=True, kw_only=True)
    class Child(Base):
        """One more value, and another default."""

        path: str = "index.html"
        text: str

    @declare(slots=True)
    class Counted:
        """Does something once it has its values."""

        items: list[int]
        total: int = 0

        def __post_init__(self) -> None:
            self.total += sum(self.items)

    @declare(frozen=True, slots=True)
    class Named:
        """Has a text of its own."""

        x: int

        def __repr__(self) -> str:
            return f"number {self.x}"

    class Below(Point):
        """Not a data class itself."""

        def __init__(self, x: float) -> None:
            super().__init__(x, 1)  # type: ignore[call-arg]

    return {name: kind for name, kind in locals().items() if isinstance(kind, type)}


def _recursive(c: dict[str, Any]) -> str:
    value = c["Open"](1)
    value.y.append(value)
    return repr(value)


USES: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "by place": lambda c: c["Point"](1, 2),
    "by keyword": lambda c: c["Point"](y=1, x=2),
    "a default": lambda c: c["Point"](1),
    "one value": lambda c: c["One"]((1, 2)),
    "no values": lambda c: (c["Empty"](), c["Empty"]() == c["Empty"](), hash(c["Empty"]())),
    "mixed": lambda c: (c["Mixed"](1, b=2), c["Mixed"](1, 5, d=6, b=7)),
    "not in the text": lambda c: c["Record"](name="a", note="b", ignored=2),
    "a factory each time": lambda c: (
        c["Record"](name="a").lines is c["Record"](name="a").lines,
        c["Record"](name="a", lines={"b": 2}).lines,
    ),
    "no parameter": lambda c: (c["Record"](name="a").made, c["Record"](name="a").fixed),
    "of the class": lambda c: (c["Record"].SIZE, c["Record"](name="a").SIZE),
    "a property": lambda c: c["Record"](name="ab").twice,
    "inherited": lambda c: (c["Child"](text="a"), c["Child"](text="a", path="b", marks=["c"])),
    "above": lambda c: (c["Child"](text="a"), c["Base"](path="a")),
    "after init": lambda c: c["Counted"]([1, 2], total=4),
    "its own text": lambda c: c["Named"](3),
    "a plain class below": lambda c: (c["Below"](4), c["Below"](4) == c["Point"](4, 1)),
    "a recursive text": _recursive,
    "missing": lambda c: c["Point"](),
    "missing keywords": lambda c: c["Record"](),
    "missing below": lambda c: c["Child"](),
    "too many": lambda c: c["Point"](1, 2, 3),
    "by place, not keyword": lambda c: c["Record"]("a"),
    "unknown": lambda c: c["Point"](1, z=2),
    "twice": lambda c: c["Point"](1, x=2),
    "given without a parameter": lambda c: c["Record"](name="a", made=[]),
    "equal": lambda c: c["Point"](1) == c["Point"](1, 0.0),
    "not equal": lambda c: (c["Point"](1) == c["Point"](2), c["Point"](1) != c["Point"](2)),
    "of another class": lambda c: (
        c["Point"](1) == c["One"](1), c["One"](1) == 1, c["One"](1).__eq__(1)
    ),
    "not compared": lambda c: (
        c["Record"](name="a", ignored=1) == c["Record"](name="a", ignored=2),
        c["Record"](name="a", lines={"b": 1}) == c["Record"](name="a"),
    ),
    "identity": lambda c: (c["Identity"](1) == c["Identity"](1), len({i := c["Identity"](1), i})),
    "a hash": lambda c: (hash(c["Point"](1, 2)), hash(c["One"](1)), hash(c["Open"](1, ()))),
    "a hash of some": lambda c: hash(c["Record"](name="a", lines={"b": 1}, ignored=5)),
    "no hash": lambda c: hash(c["Base"](path="a")),
    "no hash of a list": lambda c: hash(c["One"]([])),
    "a key": lambda c: {c["Point"](1): "found"}[c["Point"](1)],
    "frozen": lambda c: setattr(c["Point"](1), "x", 2),
    "frozen without slots": lambda c: setattr(c["Open"](1), "x", 2),
    "frozen for deletion": lambda c: delattr(c["Point"](1), "x"),
    "frozen in a plain class": lambda c: setattr(c["Below"](1), "x", 2),
    "can change": lambda c: (b := c["Base"](path="a"), b.marks.append("c"), b)[0],
    "has slots": lambda c: setattr(c["Base"](path="a"), "other", 1),
    "slots": lambda c: [(name, getattr(kind, "__slots__", None)) for name, kind in c.items()],
    "replaced": lambda c: replace(c["Point"](1, 2), y=3),
    "replaced by keyword": lambda c: replace(c["Child"](text="a"), marks=["b"]),
    "replaced what is unknown": lambda c: replace(c["Point"](1), z=3),
    "replaced without a parameter": lambda c: replace(c["Record"](name="a"), made=[1]),
    "fields": lambda c: [
        (f.name, f.type, f.default, f.init, f.repr, f.compare, f.hash, f.kw_only)
        for kind in ("Point", "Record", "Mixed", "Child") for f in fields(c[kind])
    ],
    "is one": lambda c: (is_dataclass(c["Point"]), is_dataclass(c["Point"](1))),
    "as a dictionary": lambda c: asdict(c["Open"](1, [c["Point"](2)])),
    "as a tuple": lambda c: astuple(c["Record"](name="a")),
    "matched": lambda c: (c["Point"].__match_args__, c["Mixed"].__match_args__),
    "copied": lambda c: [copy.copy(c["Point"](1)), copy.deepcopy(c["One"]([1]))],
    "copied without slots": lambda c: [copy.copy(c["Open"](1)), copy.deepcopy(c["Open"](1, [2]))],
    "copied, can change": lambda c: copy.deepcopy(c["Child"](text="a", marks=["b"])),
    "a state": lambda c: c["Point"](1, 2).__getstate__(),
    "a name": lambda c: [c["Point"](1) and c["Point"].__init__.__qualname__, c["Point"].__name__],
}  # fmt: skip


def _outcome(use: Callable[[dict[str, Any]], object], decorator: object) -> tuple[str, str]:
    try:
        result = use(_classes(decorator))
    except (TypeError, ValueError, AttributeError) as error:
        return type(error).__name__, str(error)
    return type(result).__name__, repr(result)


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_it_does_what_the_standard_one_does(use: Callable[[dict[str, Any]], object]) -> None:
    assert _outcome(use, dataclass) == _outcome(use, dataclasses.dataclass)


def test_a_value_is_pickled() -> None:
    value = Pickled(x=1, names=("a", "b"))
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301


def test_init_is_compiled_once_and_only_for_an_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    original = module._compiled_init

    def compile_noted(kind: Any, frozen: bool) -> Any:
        compiled.append(kind.__name__)
        return original(kind, frozen)

    monkeypatch.setattr(module, "_compiled_init", compile_noted)
    classes = _classes(dataclass)
    assert not compiled
    assert classes["Below"](1) == classes["Below"](1)
    assert classes["Child"](text="a") == classes["Child"](text="a")
    assert compiled == ["Point", "Child"]


def test_no_signature_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect, "signature", None)

    @dataclass(frozen=True, slots=True)
    class Undocumented:
        x: int

    assert Undocumented.__doc__ == "Undocumented"
