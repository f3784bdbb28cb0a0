"""The texts about a post, one for each channel, and the problems that keep them from being used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import escape

from wardblog.model import Post, Site
from wardblog.office import guard
from wardblog.office.private_text import PrivateText
from wardblog.office.share.channels import CHANNELS, ShareChannel
from wardblog.office.share.content import content_of
from wardblog.office.share.fitting import ShareContent, fitted
from wardblog.office.share.forms import ADDRESS, PLAIN, ShareDraft
from wardblog.problems import Problem, Severity
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareText:
    """The text for one channel.

    `link` opens the channel with it, or is "". `count` is its length as the channel counts, and
    `has_imprint` is whether the imprint is in it; if not, it says that the post's page has it.
    """

    channel: ShareChannel
    text: str
    link: str
    count: int
    has_imprint: bool


def texts_of(site: Site, post: Post) -> tuple[ShareText, ...]:
    """The texts in the order of the channels.

    A channel is left out if not even the address of the post is short enough for it.
    """
    content = content_of(site, post)
    found = (_text(content, channel) for channel in CHANNELS)
    return tuple(text for text in found if text)


def _text(content: ShareContent, channel: ShareChannel) -> ShareText | None:
    write = channel.form.write
    draft = fitted(content, lambda draft: channel.fits(write(draft)))
    if draft is None:
        return None
    text = write(draft)
    return ShareText(
        channel=channel,
        text=text,
        link=_link(content, channel, text),
        count=channel.count(text),
        has_imprint=bool(draft.imprint),
    )


def _link(content: ShareContent, channel: ShareChannel, text: str) -> str:
    """The link that opens the channel, with a shorter text where programs need a short link."""
    if channel.link is None:
        return ""
    make = partial(channel.link, content.heading, content.url)
    link = make(text)
    if not channel.longest_link or len(link) <= channel.longest_link:
        return link
    write, most = channel.form.write, channel.longest_link
    shorter = fitted(content, lambda draft: len(make(write(draft))) <= most)
    return make(write(shorter)) if shorter else ""


def problems_of(site: Site, post: Post) -> list[Problem]:
    """What stops the texts: personal data, the rules before an election, exact positions.

    The rules are asked about the day on which the text is posted, which may be long after the post.
    What the author answered in the post counts here as well. The messages are about the post.
    """
    draft = _everything(content_of(site, post))
    text = PrivateText(file=post.file, body=PLAIN.write(draft))
    answered = {allowance.rule for allowance in post.allowances}
    found = guard.problems_of(site, text, html_of(text.body))
    problems = [
        replace(one, line=None)
        for one in found
        if one.severity is Severity.STOP and one.rule not in answered
    ]
    return [*dict.fromkeys((*problems, *_without_imprint(site, post)))]


def _everything(content: ShareContent) -> ShareDraft:
    lines = (*content.dates, content.where, content.happened)
    return ShareDraft(
        title=f"{content.title}\n{content.question}".strip(),
        url=content.url,
        summary=content.summary,
        lines=tuple(filter(None, lines)),
        imprint=content.imprint,
    )


def html_of(text: str) -> str:
    """The text as HTML in which addresses are links, as channels show it."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = escape(found[0])
        target = address if "@" not in address or "://" in address else f"mailto:{address}"
        parts += [escape(text[end : found.start()]), f'<a href="{target}">{address}</a>']
        end = found.end()
    return f"<p>{''.join((*parts, escape(text[end:])))}</p>"


def _without_imprint(site: Site, post: Post) -> Iterator[Problem]:
    """Each text has the imprint, or says that the page to which it leads has it."""
    url = site.absolute(post.address)
    for one in texts_of(site, post):
        escaped = one.channel.form.escape(" ".join(site.imprint.sentence.split()))
        words = one.text.replace(escaped, site.imprint.sentence)
        if one.has_imprint:
            what = f"the text for {one.channel.name}"
            yield from guard.missing_imprint(site, words, post.file, what)
        elif url not in one.text.replace("%5B", "[").replace("%5D", "]"):
            yield Problem(
                file=post.file,
                line=None,
                message=f"the text for {one.channel.name} has neither the imprint nor a link to it",
                hint="The law requires it wherever the material is shown.",
                rule="missing-imprint",
            )
