"""Check that the words of links say where they go, also without their context."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

_LINK = late_regex(r"<a( [^>]*?)?>([^<]*(?:<(?!/?a\b)[^<]*)*)</a>")
_HREF = late_regex(r' href="([^"]*)"')
_SAID = late_regex(r' aria-label(?:ledby)?="[^"]+"')
_ALT = late_regex(r'<img\b[^>]* alt="([^"]*)"')
_VAGUE = frozenset(
    ("here", "click", "click here", "see here", "this", "that", "it", "link", "the link", "links",
     "this link", "click this link", "follow this link", "this page", "this site", "this website",
     "page", "more", "more here", "read more", "see more", "find out more", "learn more",
     "more info", "more information", "further information", "info", "continue", "go")
)  # fmt: skip
_LONGEST_ADDRESS = 40


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A link: its words, its target as written, its line and its tag."""

    words: str
    target: str
    line: int | None
    tag: str


@limited
def empty_link(post: Post) -> Iterator[Problem]:
    """A link without words cannot be seen or read aloud (WCAG 2.2, 2.4.4)."""
    if "<a " not in post.html:
        return
    for anchor in _anchors(post):
        if not anchor.words and not _SAID.search(anchor.tag):
            yield Problem(
                file=post.file,
                line=anchor.line,
                message=f'the link to "{anchor.target}" has no words',
                hint='Write between the brackets where it goes: "[the council\'s list](...)".',
            )


@limited
def link_text(post: Post) -> Iterator[Problem]:
    if "<a " not in post.html:
        return
    leads: dict[str, str] = {}
    reported: set[str] = set()
    for anchor in _anchors(post):
        words = anchor.words.casefold().strip(" .,:;!?()[]<>«»‹›→…\"'“”‘’")
        if words in reported or not words or "footnote" in anchor.tag:
            continue
        if words in _VAGUE:
            reported.add(words)
            yield Problem(
                file=post.file,
                line=anchor.line,
                message=f'the words of the link "{anchor.words}" do not say where it goes',
                hint='Say where it goes: "[the council\'s list of grit bins](...)".',
            )
        elif words.startswith(("http://", "https://", "www.")) and len(words) > _LONGEST_ADDRESS:
            reported.add(words)
            yield Problem(
                file=post.file,
                line=anchor.line,
                message=f"the words of a link are an address of {len(words)} characters, "
                "which screen readers read out letter by letter",
                hint='Say what it links to: "[the planning application](https://...)".',
            )
        elif leads.setdefault(words, anchor.target) != anchor.target:
            reported.add(words)
            yield Problem(
                file=post.file,
                line=anchor.line,
                message=f'two links with the words "{anchor.words}" go to different places',
                hint=(
                    'Give them different words: "[minutes of 3 March](...)" and '
                    '"[minutes of 7 April](...)".'
                ),
            )


def _anchors(post: Post) -> Iterator[_Anchor]:
    links = [(m[1], m[2]) for m in _LINK.finditer(post.html) if m[1] and " href=" in m[1]]
    followed = [link for link in post.links if not link.embeds]
    known = len(followed) == len(links)  # else some were removed, which is reported already
    for number, (tag, inner) in enumerate(links):
        words = " ".join([plain(inner), *map(unescape, _ALT.findall(inner))]).strip()
        href = _HREF.search(tag)
        target = followed[number].target if known else unescape(href[1] if href else "")
        line = followed[number].line if known else post.line_with(words or target)
        yield _Anchor(words, target.rstrip("/"), line, tag)
