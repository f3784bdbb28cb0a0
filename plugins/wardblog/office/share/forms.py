"""The forms of a text: plain, as WhatsApp and forums mark it up, and as an e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Addresses on the web and of e-mail, which are kept as they are.
ADDRESS = late_regex(r"(?:https?://|www\.)\S+|[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.[^\s@<>()\[\]]+")
_TO_BRACKETS = str.maketrans("[]", "()")
_MARKED = late_regex(r"[*_~`]")
# What Markdown, and Discourse beyond it, reads as more than a sign.
_SIGNS = late_regex(
    r"[\\`*_\[\]<>|~$^]|&(?=#?\w+;)|(?<!\w)[#@](?=\w)|:(?=[\w+-]+:)|^[-+=#]|(?<=^\d)[.)](?=\s|$)"
    r"|(?<=^\d\d)[.)](?=\s|$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDraft:
    """The parts of a text, as far as they fit; none of them is marked up.

    `lines` are dates, places and what happened. Without an `imprint` the text says that the page at
    `url` has it. `sender` is who writes, and `until` is how long readers can answer a question.
    """

    title: str
    url: str
    summary: str = ""
    lines: tuple[str, ...] = ()
    imprint: str = ""
    sender: str = ""
    until: str = ""

    @property
    def leads_on(self) -> str:
        """The words in front of the address."""
        if self.until:
            page = "" if self.imprint else ", on the page with our imprint"
            return f"Tell us {self.until}{page}"
        return "Read more" if self.imprint else "Read more, with our imprint"


@dataclass(frozen=True, slots=True)
class ShareForm:
    """Writes the parts out as one text; `escape` makes sure that words stay words in this form."""

    write: Callable[[ShareDraft], str]
    escape: Callable[[str], str]


def _same(words: str) -> str:
    return words


def _blocks(*blocks: str) -> str:
    return "\n\n".join(filter(None, blocks))


def _plain(draft: ShareDraft) -> str:
    lines = "\n".join(draft.lines)
    link = f"{draft.leads_on}:\n{draft.url}"
    return _blocks(draft.title, draft.summary, lines, link, draft.imprint)


def _whatsapp(draft: ShareDraft) -> str:
    is_safe = draft.title and not _MARKED.search(draft.title)
    title = f"*{draft.title}*" if is_safe else draft.title
    return _plain(replace(draft, title=title))


def _email(draft: ShareDraft) -> str:
    link = f"{draft.leads_on}:\n{draft.url}"
    question = draft.title if draft.until and draft.summary else ""
    blocks = ("Hello,", draft.summary or draft.title, question, "\n".join(draft.lines), link)
    return _blocks(*blocks, draft.sender, draft.imprint)


def in_bbcode(words: str) -> str:
    """Words in which no forum finds a tag: BBCode has no escapes, so square brackets become round.

    In a web address they are written as their numbers, which leads to the same page.
    """
    if "[" not in words and "]" not in words:
        return words
    return _outside(words, lambda part: part.translate(_TO_BRACKETS), _encoded)


def _encoded(address: str) -> str:
    if "@" in address and "://" not in address:
        return address.translate(_TO_BRACKETS)
    return address.replace("[", "%5B").replace("]", "%5D")


def _bbcode(draft: ShareDraft) -> str:
    lines = "\n".join(map(in_bbcode, draft.lines))
    return _blocks(
        f"[b]{in_bbcode(draft.title)}[/b]",
        in_bbcode(draft.summary),
        lines,
        f"{draft.leads_on}: [url]{_encoded(draft.url)}[/url]",
        f"[i]{in_bbcode(draft.imprint)}[/i]" if draft.imprint else "",
    )


def in_markdown(words: str) -> str:
    """Words in which neither Markdown nor Discourse finds a mark; addresses become links."""
    return _outside(words, _escaped, _linked)


def _escaped(words: str) -> str:
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", words)


def _linked(address: str) -> str:
    """An address between angle brackets, without the punctuation after it."""
    bare = address.rstrip(".,;:!?'\"’”)]}>*_~`")
    rest = address[len(bare) :]
    if any(sign in bare for sign in "<>\\`") or not bare:
        return _escaped(address)
    if bare.startswith("www."):
        return f"<https://{bare}>{_escaped(rest)}"
    return f"<{bare}>{_escaped(rest)}"


def _discourse(draft: ShareDraft) -> str:
    # Two spaces at the end of a line keep the next one below it.
    lines = "  \n".join(map(in_markdown, draft.lines))
    return _blocks(
        f"**{_escaped(draft.title)}**",
        in_markdown(draft.summary),
        lines,
        f"{draft.leads_on}: <{draft.url}>",
        in_markdown(draft.imprint),
    )


def _outside(words: str, of_words: Callable[[str], str], of_addresses: Callable[[str], str]) -> str:
    """The words and the addresses among them, each written in its own way."""
    parts, end = [], 0
    for found in ADDRESS.finditer(words):
        parts += [of_words(words[end : found.start()]), of_addresses(found[0])]
        end = found.end()
    return "".join((*parts, of_words(words[end:])))


PLAIN = ShareForm(_plain, _same)
WHATSAPP = ShareForm(_whatsapp, _same)
EMAIL = ShareForm(_email, _same)
BBCODE = ShareForm(_bbcode, in_bbcode)
DISCOURSE = ShareForm(_discourse, in_markdown)
