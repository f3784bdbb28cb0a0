"""What a post says, as plain lines: exactly what its page shows, and no more."""

from __future__ import annotations

from wardblog.model import Deadline, Post, Site
from wardblog.office.share.fitting import ShareContent
from wardblog.office.share.forms import ADDRESS
from wardblog.support.late_regex import late_regex
from wardblog.text.directions import marked
from wardblog.text.words import clock, sentence, short_date
from wardblog.views.coming import DateRow, date_rows
from wardblog.views.dots import updates_so_far
from wardblog.views.news import settled_words, since_words
from wardblog.views.posts import label_of

_LABEL_OF_MAP = "Map: "
_CONTROLS = late_regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def content_of(site: Site, post: Post) -> ShareContent:
    """The parts of a text about a post; places are by the names that its page shows."""
    closing = post.closing if post.closing and post.closing.ends > site.now else None
    rows = (row for row in date_rows(site, post) if not row.is_over)
    return ShareContent(
        title=marked(_line(post.title), post.lang),
        summary=marked(_line(post.summary), post.lang),
        dates=tuple(_date(row) for row in rows if not closing or row.words != closing.words),
        where=f"Where: {_line(label_of(post).removeprefix(_LABEL_OF_MAP))}" if post.places else "",
        happened=_happened(site, post),
        url=site.absolute(post.address),
        imprint=_line(site.imprint.sentence),
        sender=_line(post.author),
        question=marked(_line(post.question), post.lang) if closing else "",
        until=_until(site, closing) if closing else "",
    )


def _until(site: Site, closing: Deadline) -> str:
    """`until 20 December`, or `until 5pm on 20 December`."""
    day = short_date(closing.day, site.today)
    return f"until {clock(closing.ends)} on {day}" if closing.hour else f"until {day}"


def _date(row: DateRow) -> str:
    """`Deadline: Comment on the plans, Saturday 5 December 2026`."""
    label = "Deadline" if row.is_deadline else "When"
    label = "Cancelled" if row.is_cancelled else label
    words = _joined(_line(row.words), row.when, _line(row.where))
    note = f" ({row.note})" if row.note else ""
    exceptions = f". {_sentence(row.exceptions)}" if row.exceptions else ""
    return f"{label}: {words}{note}{exceptions}"


def _happened(site: Site, post: Post) -> str:
    """How far the matter has got, with the words of the last update; "" if nothing happened yet."""
    progress = settled_words(site, post) or since_words(site, post)
    updates = list(updates_so_far(site, post))
    words = _line(updates[-1].words) if updates else ""
    if progress:
        return f"Latest: {sentence(progress)} {_sentence(words)}".strip()
    return f"Latest, {short_date(updates[-1].day, site.today)}: {_sentence(words)}" if words else ""


def _joined(*parts: str) -> str:
    """The parts with commas between them, or a dash after an address."""
    joined = ""
    for part in filter(None, parts):
        is_address = bool(ADDRESS.search(joined.rpartition(" ")[2]))
        joined += f"{' – ' if is_address else ', '}{part}" if joined else part
    return joined


def _sentence(words: str) -> str:
    """The words with a full stop, except after an address, of which it would become a part."""
    last = words.rpartition(" ")[2]
    return words if ADDRESS.search(last) else sentence(words)


def _line(words: str) -> str:
    """The words on one line, without characters that control a terminal."""
    return " ".join(_CONTROLS.sub(" ", words).split())
