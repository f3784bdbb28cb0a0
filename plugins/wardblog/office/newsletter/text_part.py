"""The plain text of an issue, for those whose mail program shows no HTML."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.office.newsletter.ask_view import AskView
from wardblog.office.newsletter.asked import OutcomeInIssue
from wardblog.office.newsletter.contents import RepairInIssue
from wardblog.office.newsletter.part_views import DateView, PartView, PostView
from wardblog.office.newsletter.plain import WIDTH, text_of_html, underlined, wrapped
from wardblog.office.newsletter.view import IssueView
from wardblog.text.directions import isolated, marked


def text_of(view: IssueView) -> str:
    """Wrapped at 72 characters, with a line for each address."""
    return "\n\n".join(filter(None, _paragraphs(view))).strip() + "\n"


def _paragraphs(view: IssueView) -> Iterator[str]:
    yield f"{wrapped(view.from_whom)}\n{view.page(view.home)}"
    yield underlined(view.subject, "=")
    yield wrapped(view.banner)
    yield wrapped(view.greeting)
    yield text_of_html(view.introduction)
    for part in view.parts:
        yield underlined(part.heading, "-")
        yield from _part(part, view)
        if part.more:
            yield f"{wrapped(part.more)}\n{view.page(part.more_url)}"
    yield "-" * WIDTH
    yield from _foot(view)


def _part(part: PartView, view: IssueView) -> Iterator[str]:
    for full in part.full:
        yield _post(full, view)
        if full.ask:
            yield from _ask(full.ask, view)
    yield wrapped(part.says_short)
    yield from (f"{_own(post.title, post.lang)}\n{view.page(post.url)}" for post in part.short)
    for line in part.lines:
        yield _line(line, view)
    if part.kind == "reach":
        yield from _councillors(view)


def _line(line: RepairInIssue | OutcomeInIssue | DateView, view: IssueView) -> str:
    if isinstance(line, DateView):
        return _date(line, view)
    return _repair(line, view) if isinstance(line, RepairInIssue) else _outcome(line, view)


def _post(post: PostView, view: IssueView) -> str:
    lines = [_own(post.title, post.lang), wrapped(post.about), _own(post.summary, post.lang)]
    lines += [_own(post.opening, post.opening_lang)] if post.opening else []
    return "\n".join((*filter(None, lines), view.page(post.url)))


def _ask(ask: AskView, view: IssueView) -> Iterator[str]:
    """A question with a line for each answer, and its code in front."""
    lang = ask.view.lang
    yield _own(ask.words, lang)
    if ask.by_mail:
        yield wrapped(ask.in_letters)
    answers = ((a.code if ask.by_mail else a.key, isolated(a.words, lang)) for a in ask.answers)
    yield "\n".join(wrapped(words, f"  {mark}  ", " " * 11) for mark, words in answers)
    if ask.view.form:
        yield f"{wrapped(ask.form_words)}:\n{ask.view.form}"
    decides = isolated(ask.view.decides, ask.view.decides_lang)
    yield wrapped(f"{ask.until} Who decides: {decides}")
    yield f"{wrapped(ask.fair)}\n{wrapped(ask.privacy_words)}:\n{view.page(ask.privacy)}"


def _own(words: str, lang: str) -> str:
    """The words of a post, each line in its direction."""
    return "\n".join(marked(line, lang) for line in wrapped(words).split("\n"))


def _repair(item: RepairInIssue, view: IssueView) -> str:
    title = wrapped(isolated(item.post.title, item.post.lang), "- ", "  ")
    return f"{title}\n{wrapped(item.words, '  ')}\n  {view.page(item.url)}"


def _outcome(item: OutcomeInIssue, view: IssueView) -> str:
    lines = [_own(item.asked, item.post.lang), wrapped(item.said), _own(item.words, item.lang)]
    return "\n".join((*filter(None, lines), item.when, view.page(item.url)))


def _date(item: DateView, view: IssueView) -> str:
    row = item.row
    where = f", {isolated(row.where, row.where_lang)}" if row.where else ""
    lines = [
        wrapped(row.when, "- ", "  "),
        wrapped(f"{item.before}{isolated(row.words, row.lang)}{where}", "  "),
        wrapped(item.more, "  "),
        f"  {row.link_words}: {view.page(row.link)}" if row.link else "",
        f"  {view.page(item.url)}" if item.url else "",
    ]
    return "\n".join(filter(None, lines))


def _councillors(view: IssueView) -> Iterator[str]:
    for one in view.site.councillors:
        name = ", ".join(filter(None, (one.name, one.party)))
        yield "\n".join(filter(None, (name, one.email, one.phone)))
    yield f"Everything else is on the blog:\n{view.page(view.home)}"


def _foot(view: IssueView) -> Iterator[str]:
    yield wrapped(view.why)
    if view.unsubscribe:
        yield f"{view.unsubscribe_words}:\n{view.unsubscribe}"
    yield f"{view.stop_words}:\n{view.stop_link}\n{wrapped(view.stop_by_hand)}"
    if view.join:
        yield f"{wrapped(view.join_words)}\n{view.page(view.join)}"
    yield wrapped(view.site.imprint.sentence)
