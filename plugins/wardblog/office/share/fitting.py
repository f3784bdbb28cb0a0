"""Makes a text as full as its channel allows, and cuts no word, address or character in two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wardblog.office.share.counting import graphemes
from wardblog.office.share.forms import ADDRESS, ShareDraft
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_ELLIPSIS = "…"
# The fewest words of a summary that say anything.
_FEWEST_WORDS = 5
_LOOSE_ENDS = " ,;:–—-([“‘\"'/&"
_SPACED = late_regex(r"\s*\S+")
# Chinese and Japanese have no spaces; a line may end after each of their signs.
# A title or an initial, such as "Dr." or "J.", is not the end of a sentence.
_SENTENCE_END = late_regex(r"(?<!\b\w)(?<!\b\w\w)[.!?][\"”’)]*(?=\s|$)|[。！？]")
_UNSPACED = late_regex(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareContent:
    """What there is to say about a post, without any mark-up and in plain lines.

    `dates` are those to come, the first of them the soonest; `where` and `happened` may be "".
    `question` is an open one, which takes the place of the title, and `until` says how long.
    """

    title: str
    summary: str
    dates: tuple[str, ...]
    where: str
    happened: str
    url: str
    imprint: str
    sender: str
    question: str = ""
    until: str = ""

    @property
    def heading(self) -> str:
        return self.question or self.title


# Whether a draft, written in the form of the channel, is short enough.
Fits = Callable[[ShareDraft], bool]


def fitted(content: ShareContent, fits: Fits) -> ShareDraft | None:
    """The fullest draft that fits; None if not even the address does.

    The title and the address come first, then the next date, the imprint, the summary, what
    happened, other dates and the place.
    """
    draft = _with_title(content, fits)
    if draft is None:
        return None
    lines: tuple[str, ...] = ()
    if content.dates and fits(replace(draft, lines=content.dates[:1])):
        lines = content.dates[:1]
        draft = replace(draft, lines=lines)
    for fuller in (replace(draft, imprint=content.imprint), replace(draft, sender=content.sender)):
        draft = _both(draft, fuller, fits)
    draft = _with_summary(draft, content.summary, fits)
    for line in (content.happened, *content.dates[1:], content.where):
        if line and fits(longer := replace(draft, lines=(*draft.lines, line))):
            draft = longer
    return replace(draft, lines=tuple(_in_order(content, draft.lines)))


def _both(draft: ShareDraft, fuller: ShareDraft, fits: Fits) -> ShareDraft:
    """The draft with the imprint or the sender of the fuller one, if that fits."""
    joined = replace(
        draft, imprint=fuller.imprint or draft.imprint, sender=fuller.sender or draft.sender
    )
    return joined if fits(joined) else draft


def _in_order(content: ShareContent, lines: Sequence[str]) -> list[str]:
    """The lines as they are read: dates, the place, what happened."""
    order = (*content.dates, content.where, content.happened)
    return [line for line in dict.fromkeys(order) if line and line in lines]


def _with_title(content: ShareContent, fits: Fits) -> ShareDraft | None:
    whole = ShareDraft(title=content.heading, url=content.url, until=content.until)
    if fits(whole):
        return whole
    for title in _shorter(content.heading):
        if fits(cut := replace(whole, title=title)):
            return cut
    bare = replace(whole, title="")
    return bare if fits(bare) else None


def _with_summary(draft: ShareDraft, summary: str, fits: Fits) -> ShareDraft:
    if not summary or fits(whole := replace(draft, summary=summary)):
        return whole if summary else draft
    for words in _shorter(summary, _FEWEST_WORDS):
        if fits(cut := replace(draft, summary=words)):
            return cut
    return draft


def _shorter(words: str, fewest: int = 1) -> Iterator[str]:
    """The words cut ever shorter; at the end of a sentence, if that is near, else with "…"."""
    pieces = _pieces(words)
    for end in range(len(pieces) - 1, fewest - 1, -1):
        cut = "".join(pieces[:end]).rstrip()
        if ADDRESS.search(pieces[end - 1]):
            yield f"{cut} {_ELLIPSIS}"
        elif bare := cut.rstrip(_LOOSE_ENDS + _ELLIPSIS):
            yield _whole_sentences(cut) or f"{bare}{_ELLIPSIS}"


def _whole_sentences(cut: str) -> str:
    """The sentences that are complete, or "" if they are less than half of it."""
    ends = [found.end() for found in _SENTENCE_END.finditer(cut)]
    return cut[: ends[-1]] if ends and ends[-1] * 2 >= len(cut) else ""


def _pieces(words: str) -> list[str]:
    """What may be cut apart: words, and the characters of scripts without spaces."""
    found: list[str] = []
    for word in _SPACED.findall(words):
        if ADDRESS.search(word) or not _UNSPACED.search(word):
            found.append(word)
            continue
        for sign in graphemes(word):
            is_new = not found or _UNSPACED.match(sign) or not found[-1][-1:].strip()
            if is_new or _UNSPACED.match(found[-1].strip()[:1]):
                found.append(sign)
            else:
                found[-1] += sign
    return found
