"""The plain text of an issue, for those whose mail program shows no HTML."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Site
from wardblog.office.newsletter.contents import RepairInIssue
from wardblog.office.newsletter.plain import WIDTH, text_of_html, underlined, wrapped
from wardblog.office.newsletter.view import DateView, IssueView, PartView, PostView
from wardblog.text.directions import isolated, marked


def text_of(view: IssueView) -> str:
    """Wrapped at 72 characters, with a line for each address."""
    return "\n\n".join(filter(None, _paragraphs(view))).strip() + "\n"


def _paragraphs(view: IssueView) -> Iterator[str]:
    yield f"{wrapped(view.from_whom)}\n{view.site.url}/"
    yield underlined(view.subject, "=")
    yield wrapped(view.banner)
    yield wrapped(view.greeting)
    yield text_of_html(view.introduction)
    for part in view.parts:
        yield underlined(part.heading, "-")
        yield from _part(part, view.site)
        if part.more:
            yield f"{wrapped(part.more)}\n{part.more_url}"
    yield "-" * WIDTH
    yield from _foot(view)


def _part(part: PartView, site: Site) -> Iterator[str]:
    yield from map(_post, part.full)
    yield wrapped(part.says_short)
    yield from (f"{_own(post.title, post.lang)}\n{post.url}" for post in part.short)
    for line in part.lines:
        yield _date(line) if isinstance(line, DateView) else _repair(line)
    if part.kind == "reach":
        yield from _councillors(site)


def _post(post: PostView) -> str:
    lines = [_own(post.title, post.lang), wrapped(post.about), _own(post.summary, post.lang)]
    lines += [_own(post.opening, post.opening_lang)] if post.opening else []
    return "\n".join((*lines, post.url))


def _own(words: str, lang: str) -> str:
    """The words of a post, each line in its direction."""
    return "\n".join(marked(line, lang) for line in wrapped(words).split("\n"))


def _repair(item: RepairInIssue) -> str:
    title = wrapped(isolated(item.post.title, item.post.lang), "- ", "  ")
    return f"{title}\n{wrapped(item.words, '  ')}\n  {item.url}"


def _date(item: DateView) -> str:
    row = item.row
    where = f", {isolated(row.where, row.where_lang)}" if row.where else ""
    lines = [
        wrapped(row.when, "- ", "  "),
        wrapped(f"{item.before}{isolated(row.words, row.lang)}{where}", "  "),
        wrapped(item.more, "  "),
        f"  {row.link_words}: {row.link}" if row.link else "",
        f"  {item.url}" if item.url else "",
    ]
    return "\n".join(filter(None, lines))


def _councillors(site: Site) -> Iterator[str]:
    for one in site.councillors:
        name = ", ".join(filter(None, (one.name, one.party)))
        yield "\n".join(filter(None, (name, one.email, one.phone)))
    yield f"Everything else is on the blog:\n{site.url}/"


def _foot(view: IssueView) -> Iterator[str]:
    yield wrapped(view.why)
    if view.unsubscribe:
        yield f"{view.unsubscribe_words}:\n{view.unsubscribe}"
    yield f"{view.stop_words}:\n{view.stop_link}\n{wrapped(view.stop_by_hand)}"
    if view.join:
        yield f"{wrapped(view.join_words)}\n{view.join}"
    yield wrapped(view.site.imprint.sentence)
