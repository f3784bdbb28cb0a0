"""Runs typst, in a folder of its own that has our templates and the pictures, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from typst import Fonts

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = Path(__file__).parents[2] / "maps" / "fonts"
_UNPRINTABLE = late_regex(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
# PDF/UA-1 is ISO 14289-1: a PDF that screen readers can read aloud.
_STANDARD: Literal["ua-1"] = "ua-1"


class UnprintableError(ValueError):
    """No font has these characters."""

    def __init__(self, signs: str) -> None:
        super().__init__(signs)
        self.signs = signs


class Typesetter:
    """Measures and sets one document. `more_fonts` are those of this computer."""

    def __init__(self, root: Path, template: str, *, more_fonts: bool) -> None:
        self._root = root
        self._main = root / template
        self._fonts = _fonts(more_fonts=more_fonts)
        self._inputs = {"fonts": "more"} if more_fonts else {}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Put files into the folder; a name is never used twice."""
        for name, data in files.items():
            if not (path := self._root / name).exists():
                path.write_bytes(data)

    def measure(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the template measured at each level, in millimetres."""
        # late import: see docs/architecture.md
        import typst

        found = typst.query(
            self._main,
            "<measured>",
            field="value",
            root=self._root,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={**self._inputs, "job": "measure", "data": json.dumps(values)},
        )
        measured: list[dict[str, Any]] = json.loads(found)
        return measured

    def pdf(self, values: Mapping[str, Any], to: str, day: date) -> bytes:
        """The PDF for the "printer", or for the "screen" with links; raises `UnprintableError`."""
        # late import: see docs/architecture.md
        import typst

        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        inputs = {**self._inputs, "job": "set", "to": to, "data": json.dumps(values)}
        if to == "screen":
            inputs["links"] = "yes"
        try:
            made: bytes = typst.compile(
                self._main,
                root=self._root,
                font_paths=self._fonts,
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[_STANDARD],
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            if found := _UNPRINTABLE.search(str(error)):
                raise UnprintableError(found[1]) from None
            raise
        return made


@contextmanager
def typesetter(template: str, *, more_fonts: bool = False) -> Iterator[Typesetter]:
    """A typesetter whose folder only this user can open, and which is removed afterwards."""
    with TemporaryDirectory(prefix="wardblog-") as folder:
        root = Path(folder)
        for path in _TEMPLATES.glob("*.typ"):
            (root / path.name).write_bytes(path.read_bytes())
        yield Typesetter(root, template, more_fonts=more_fonts)


def _fonts(*, more_fonts: bool) -> Fonts:
    """The fonts that come with typst and with us, which are the same everywhere; or all."""
    # late import: see docs/architecture.md
    from typst import Fonts

    return Fonts(
        include_system_fonts=more_fonts, include_embedded_fonts=True, font_paths=[str(_FONTS)]
    )
