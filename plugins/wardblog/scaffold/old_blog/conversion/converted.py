"""What becomes of the text of an old post: Markdown, and what it shows, links to and leaves out."""

from __future__ import annotations

from typing import Literal

from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.support.late_dataclass import dataclass

NoteKind = Literal[
    "shortcode", "block", "template", "embed", "form", "picture", "upload", "link", "house", "code"
]


@dataclass(frozen=True, slots=True)
class TextContext:
    """Where a text will be (`posts/2014-03-09-hello.md`), and where the old addresses lead now.

    With `comments`, those of the post follow its text as quotations. A text that is not of an old
    blog has no embeds of WordPress, and no table of it becomes HTML.
    """

    file: str
    addresses: OldAddresses
    comments: bool = False
    is_old: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """Something that needs attention. Notes with the same kind and words can be shown as one.

    `line` is counted from 1 at the beginning of the new text.
    """

    line: int
    kind: NoteKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPicture:
    """A picture that the new text shows.

    `address` is its old URL in full size; `file` its path in the content folder, "" if unknown.
    """

    address: str
    file: str
    alt: str
    caption: str
    line: int


@dataclass(frozen=True, slots=True)
class UsedLink:
    """A link in the new text: its old URL, and the new file or path that it leads to, or ""."""

    address: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text in Markdown, without header lines; it ends with a line break unless it is empty."""

    text: str
    pictures: tuple[UsedPicture, ...] = ()
    links: tuple[UsedLink, ...] = ()
    notes: tuple[Note, ...] = ()
