"""Rules over the whole site: each gives its problems, none stops, prints or raises."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.check import addresses, html, links, places, publishing, tags, texts
from wardblog.check.rule import Rule
from wardblog.model import Site, Visibility
from wardblog.problems import Problem, Severity, did_you_mean

__all__ = ["RULES", "Rule", "check_site"]

RULES = (
    Rule("misspelt-issue", tags.misspelt_issue, answerable=True),
    Rule("no-issue", tags.no_issue),
    Rule("same-address", addresses.same_address),
    Rule("taken-alias", addresses.taken_alias),
    Rule("reserved-address", addresses.reserved_address),
    Rule("not-markdown", addresses.not_markdown),
    Rule("broken-link", links.broken_link),
    Rule("missing-image", links.missing_image),
    Rule("replaces-a-page", links.replaces_a_page),
    Rule("raw-list", links.raw_list),
    Rule("no-alternative", links.no_alternative),
    Rule("no-text", texts.no_text),
    Rule("second-title", texts.second_title),
    Rule("unsafe-html", html.unsafe_html),
    Rule("not-in-feeds", html.not_in_feeds),
    Rule("modified-ahead", texts.modified_ahead),
    Rule("dated-page", texts.dated_page),
    Rule("placed-page", texts.placed_page),
    Rule("far-away", places.far_away),
    Rule("none-inside", places.none_inside),
    Rule("misplaced", addresses.misplaced),
    Rule("odd-name", addresses.odd_name),
    Rule("no-url", publishing.no_url),
)


def check_site(site: Site) -> list[Problem]:
    """Every rule's problems; those of a draft are warnings, since nobody reads it yet."""
    posts = {post.file: post for post in (*site.posts, *site.pages)}
    found: list[Problem] = []
    for rule in RULES:
        for problem in _unanswered(rule, site):
            post = posts.get(problem.file)
            is_draft = post is not None and post.visibility is Visibility.DRAFT
            found.append(problem.as_warning() if is_draft else problem)
    return [*found, *_needless_answers(site)]


def _needless_answers(site: Site) -> Iterator[Problem]:
    names = [rule.name for rule in RULES if rule.answerable]
    for post in site.posts:
        for allowance in post.allowances:
            if allowance.rule not in names:
                yield Problem(
                    post.file,
                    post.line_of("Allow"),
                    f'no check that can be answered is called "{allowance.rule}"',
                    did_you_mean(allowance.rule, names, f"There is: {', '.join(names)}."),
                    Severity.WARN,
                )


def _unanswered(rule: Rule, site: Site) -> Iterator[Problem]:
    answered = {
        post.file
        for post in site.posts
        if rule.answerable and any(a.rule == rule.name for a in post.allowances)
    }
    return (problem for problem in rule.check(site) if problem.file not in answered)
