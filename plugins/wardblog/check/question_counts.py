"""Check the counts of answers to questions, as part of the questions that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wardblog.model import FEWEST_ANSWERS, FEWEST_WHEN_CLOSED, Post, Site
from wardblog.model.addresses import cached_for_site
from wardblog.model.answer_codes import code_of
from wardblog.problems import Problem

_MOVED = (
    'If the post moved, write its old address in a line such as "Aliases: /2026/11/crossing/". '
    "Otherwise, remove this line."
)


def few_answers(site: Site) -> Iterator[Problem]:
    """Numbers that are small enough to show what one person thinks."""
    asked = _asked(site) if site.answers else {}
    for code, counts in site.answers.items():
        post = asked.get(code)
        if post is None or counts.is_hidden:
            continue
        is_open = bool(post.closes and post.closes.ends > site.now)
        # A key that the question does not have is not an answer; the post may leave them to a form.
        known = [answer.key for answer in post.answers] or list(counts.answers)
        total = sum(map(counts.of, known))
        if total < FEWEST_ANSWERS if is_open else 0 < total < FEWEST_WHEN_CLOSED:
            file, line = _place(site, f"{code}-")
            what = (
                f"fewer than {FEWEST_ANSWERS} people have answered this question, and it is still "
                "open"
                if is_open
                else f"fewer than {FEWEST_WHEN_CLOSED} people answered this question"
            )
            yield Problem(
                file=file,
                line=line,
                message=f"{what}, so their number must not be here",
                hint="Run `make answers`, which writes this file without the number.",
            )


def unknown_count(site: Site) -> Iterator[Problem]:
    """Counts of a question or an answer that does not exist."""
    asked = _asked(site) if site.answers else {}
    for code, counts in site.answers.items():
        if (post := asked.get(code)) is None:
            yield _unknown(site, f"{code}-", f'no question has the code "{code}"', _MOVED)
            continue
        known = [answer.key for answer in post.answers]
        for key in (key for key in counts.answers if key not in known):
            message = f'the question "{post.question}" has no answer "{key}"'
            hint = (
                f"Its answers are {', '.join(known)}. Correct the letter, or remove this line."
                if known
                else f'Add the answers of the form to the post, such as "Answer: {key} | ...".'
            )
            yield _unknown(site, f"{code}-{key}", message, hint)
    codes = _by_code(site.posts) if site.me_too else {}
    for code in site.me_too:
        if code not in codes:
            yield _unknown(site, f"{code}-ME-TOO", f'no post has the code "{code}"', _MOVED)


def _unknown(site: Site, what: str, message: str, hint: str) -> Problem:
    file, line = _place(site, what)
    return Problem(
        file=file,
        line=line,
        message=f"{message}, so these numbers are not shown",
        hint=hint,
    )


def _place(site: Site, what: str) -> tuple[str, int | None]:
    """The file and line of a count, or of the first of those that begin so."""
    if what in site.count_lines:
        return site.count_lines[what]
    found = (place for name, place in site.count_lines.items() if name.startswith(what))
    return next(found, ("answers", None))


def _by_code(posts: Iterable[Post]) -> Mapping[str, list[Post]]:
    """The posts of each code, the earliest first."""
    found: dict[str, list[Post]] = {}
    for post in sorted(posts, key=lambda post: post.date):
        found.setdefault(code_of(post), []).append(post)
    return found


@cached_for_site
def _asked(site: Site) -> Mapping[str, Post]:
    """The posts that ask a question, by its code."""
    return {code: posts[0] for code, posts in _by_code(_asking(site)).items()}


def _asking(site: Site) -> list[Post]:
    return [post for post in site.posts if post.question and post.address]


def same_code(site: Site) -> Iterator[Problem]:
    """Two questions, or two reports, whose answers would be counted together."""
    reports = [p for p in site.posts if p.progress and p.address] if site.me_too else []
    counted_codes = {
        code: posts for code, posts in _by_code(reports).items() if code in site.me_too
    }
    for code, posts in (*_by_code(_asking(site)).items(), *counted_codes.items()):
        for post in posts[1:]:
            # Those with one address have a problem of their own.
            if post.address != posts[0].address:
                yield Problem(
                    file=post.file,
                    line=post.line_of("Slug") or post.line_of("Title"),
                    message=f'"{posts[0].title}" has the same code for answers, {code}',
                    hint=f'Give this post another address, such as "Slug: {post.slug}-2".',
                )
