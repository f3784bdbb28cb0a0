"""The type of a row in the table of header lines."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from wardblog.content.header.fields import HeaderContext
from wardblog.report import ParseError, UnknownPlaceError
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from wardblog.content.header.parts import Parts

# Reads a value, which may depend on other lines of the same post; raises `ParseError`.
Parser = Callable[[str, HeaderContext], object]


class FileKind(Enum):
    POST = "post"
    PAGE = "page"


class ShownAs(Enum):
    """In which form residents see a value, which decides how the checks read it."""

    SENTENCES = "sentences"  # the author's own, in which opinions may be expressed
    WORDS = "words"
    ADDRESS = "address"  # part of an address or the name of a file
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderKey:
    """One header line of posts and pages.

    `field` is the field of `Post` that the value fills. `help` is one sentence for a councillor,
    and `examples` are values. A `parse` of None takes any words. `kinds` are the files in which the
    line has an effect, and `required` those that must have it. `other_names` are what other
    programs call it; they are not accepted, but lead to a hint. A line that `protects` keeps
    something from residents, so it must never be overlooked. The values of an `is_everyday` line
    are also words of ordinary sentences, and that of an `is_sentence` line is one.
    """

    name: str
    field: str
    help: str
    examples: tuple[str, ...]
    parse: Parser | None = None
    repeats: bool = False
    kinds: tuple[FileKind, ...] = (FileKind.POST, FileKind.PAGE)
    required: tuple[FileKind, ...] = ()
    other_names: tuple[str, ...] = ()
    shown: ShownAs = ShownAs.WORDS
    protects: bool = False
    is_everyday: bool = False
    is_sentence: bool = False

    @property
    def parts(self) -> Parts:
        """How a form asks for a value; empty if it asks for words."""
        # late import: see docs/architecture.md
        from wardblog.content.header.parts import PARTS

        return PARTS.get(self.name, ())

    @property
    def explanation(self) -> str:
        """The help, and whether the line must be there or may be written several times."""
        must = {(): "", (FileKind.POST,): " A post must have it."}.get(
            self.required, " Every post and page must have it."
        )
        return self.help + must + (" You may write several." if self.repeats else "")

    @property
    def is_free(self) -> bool:
        """Whether the value may be any words."""
        return self.parse is None or self.is_sentence

    def accepts(self, value: str) -> bool:
        """Whether the value can be read, as far as it does not depend on other lines or files."""
        if self.parse is None:
            return bool(value)
        try:
            self.parse(value, HeaderContext())
        except UnknownPlaceError:
            return True
        except ParseError:
            return False
        return True
