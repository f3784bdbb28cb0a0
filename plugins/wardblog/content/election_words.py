"""Council mailboxes and emblems in posts, which are not allowed before an election."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from wardblog.content.header.fields import parts_of
from wardblog.content.header.front_matter import PostFile
from wardblog.content.keys import KEYS, ShownAs
from wardblog.content.markdown.html_links import addresses
from wardblog.model import Link, Mention
from wardblog.support.late_regex import late_regex

# The domains of council e-mail: gov.uk, and further ones in Wales.
# The part before the @ has 64 characters at most (RFC 5321, 4.5.3.1).
_MAILBOX = late_regex(
    r"(?<![\w.+'-])[\w.+'-]{1,64}(?:@|\s?[\[(]at[\])]\s?)(?:[\w-]{1,63}\.)+"
    r"(?:gov\.uk|gov\.wales|llyw\.cymru)\b"
)
_DOMAINS = ("gov.uk", "gov.wales", "llyw.cymru")
_SIGN = late_regex(r"\s?[\[(]at[\])]\s?")
_EMBLEM = late_regex(
    r"logo(?:s|type)?(?![a-z])|crest|coats?.of.arms|emblem|letterhead"
    r"|\b(?:borough|council|city|county|town)(?:'s)? arms\b",
    re.IGNORECASE,
)
_ALT = late_regex(r"""\balt\s*=\s*(?:"(.*?)"|'(.*?)')""", re.DOTALL)
_PICTURE = late_regex(r"<img\b[^<>]*>", re.IGNORECASE)
_NOTE = late_regex(r"<!--.*?-->", re.DOTALL)
# The forms in which residents read a header line.
_READ = (ShownAs.SENTENCES, ShownAs.WORDS)


def mailboxes_in(words: str) -> Iterator[str]:
    """The e-mail addresses at official domains, in small letters."""
    words = words.casefold()
    if any(domain in words for domain in _DOMAINS):
        for match in _MAILBOX.finditer(words):
            yield _SIGN.sub("@", match[0])


def mailboxes_of(document: PostFile, links: Iterable[Link]) -> tuple[Mention, ...]:
    """The official e-mail addresses in a post's header lines, text and links."""
    mentions: dict[tuple[str, int], Mention] = {}
    for words, line in _shown(document, links):
        for address in mailboxes_in(words):
            mentions.setdefault((address, line), Mention(address, line))
    return tuple(mentions.values())


def _shown(document: PostFile, links: Iterable[Link]) -> Iterator[tuple[str, int]]:
    for entry in document.entries:
        shown = KEYS[entry.key].shown
        if shown in _READ:
            yield entry.value, entry.line
        elif shown is ShownAs.ADDRESS:  # after a bar, there may be words about it
            yield " ".join(parts_of(entry.value)[1:]), entry.line
    body = document.body
    if any(mailboxes_in(body)):
        body = _NOTE.sub(lambda note: "\n" * note[0].count("\n"), body)
        yield from ((line, n) for n, line in enumerate(body.split("\n"), document.body_line))
    for link in links:
        if link.target.startswith("mailto:"):
            yield unquote(link.target.removeprefix("mailto:")), link.line


def emblems_of(html: str, links: Iterable[Link]) -> tuple[Mention, ...]:
    """Pictures whose file name or description suggests a logo or a coat of arms."""
    lines = {link.target: link.line for link in links if link.embeds == "img"}
    emblems = []
    for picture in _PICTURE.finditer(html):
        target = next((a for _, name, a in addresses(picture[0]) if name == "src"), "")
        alt = _ALT.search(picture[0])
        words = f"{name_in_words(target)} {(alt[1] or alt[2] or '') if alt else ''}".strip()
        if _EMBLEM.search(words):
            emblems.append(Mention(words, lines.get(target)))
    return tuple(emblems)


def name_in_words(path: str) -> str:
    """`a/council-logo.png` as `council logo png`."""
    return re.sub(r"[\W_]+", " ", unquote(path).rsplit("/", 1)[-1])
