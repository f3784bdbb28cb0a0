"""Council resources must not be used between the notice of an election and the poll.

A council must not spend money on anything that supports a party or a candidate (Local Government
Act 1986, sections 2 and 4), and must take special care before an election (Code of Recommended
Practice on Local Authority Publicity, paragraphs 33 to 35). On a councillor's own blog this means

- her e-mail address at the council,
- the council's logo or coat of arms,
- links to things that the council pays for on its members' behalf: its pages about councillors, and
  a blog, a newsletter or a WebSub hub at a council's address. These are stopped everywhere. In a
  post written in that time, and on a page, every link to a council's site is stopped, except for
  the addresses in `issues.toml`: where residents report something, and where a list comes from.

A post from before the notice may still link to the council's other pages, such as an agenda.
Central government, the NHS, the police and Parliament are not councils.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from wardblog.check.councils import is_council, is_newsletter, is_of_councillors, plain, web_host
from wardblog.check.links import header_links
from wardblog.content.election_words import mailboxes_in, name_in_words
from wardblog.content.files import COMMUNITY_FILE, ISSUES_FILE, SETTINGS_FILE
from wardblog.model import Election, Link, Mention, Post, Site, Visibility
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, long_date

# How long before the notice the warning is shown.
_WARNED_AHEAD = timedelta(weeks=4)
_MOST_NAMED = 5
_OWN = "Use your own instead, or remove it until then."
_NOT_PAID = (
    "If the council does not pay for that page, write at the top: "
    "Allow: election-link because it is the councillor's own"
)
_HELPS_NOBODY = (
    "If it cannot help anybody's campaign, write at the top: "
    "Allow: election-link because it is about how to vote"
)
_EMBLEM = r"(?:logo(?:s|type)?|crest|coats? of arms|emblem|letterhead)"


@dataclass(frozen=True, slots=True)
class _Text:
    """Words that residents read, and where they are."""

    file: str
    line: int | None
    words: str


def election_email(site: Site) -> Iterator[Problem]:
    yield from _emails(site) if _is_on(site) else ()


def election_logo(site: Site) -> Iterator[Problem]:
    yield from _logos(site) if _is_on(site) else ()


def election_link(site: Site) -> Iterator[Problem]:
    yield from _links(site) if _is_on(site) else ()


def election_soon(site: Site) -> Iterator[Problem]:
    """A warning in the four weeks before the notice of the election."""
    election = site.election
    if election is None or not election.notice - _WARNED_AHEAD <= site.today < election.notice:
        return
    kinds = (
        ("", "council e-mail address", "council e-mail addresses", _emails),
        ("", "council logo", "", _logos),
        (
            "election-link",
            "link to something that the council pays for",
            "links to things that the council pays for",
            _links,
        ),
    )
    counts, problems = [], []
    for rule, noun, plural, find in kinds:
        stopped = [p for p in find(site) if not _is_answered(site, p, rule)]
        counts += [counted(len(stopped), noun, plural)] if stopped else []
        problems += stopped
    if problems:
        yield Problem(
            file=SETTINGS_FILE,
            line=site.lines.get("election.notice"),
            message=(
                f"from {long_date(election.notice)} until the poll, {_joined(counts)} "
                f"will stop this blog being published"
            ),
            hint=f"Remove them by then: {_places(problems)}.",
        )


def _is_on(site: Site) -> bool:
    return site.election is not None and site.election.is_on(site.today)


def _is_answered(site: Site, problem: Problem, rule: str) -> bool:
    """Whether a problem is answered by the author, or in a draft."""
    post = _by_file(site).get(problem.file)
    if post is None:
        return False
    answered = any(a.rule == rule for a in post.allowances)
    return answered or post.visibility is Visibility.DRAFT


@cached_for_site
def _by_file(site: Site) -> dict[str, Post]:
    return {post.file: post for post in (*site.posts, *site.pages)}


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _places(problems: list[Problem]) -> str:
    places = list(
        dict.fromkeys(f"{{content}}/{p.file}" + (f":{p.line}" if p.line else "") for p in problems)
    )
    more = len(places) - _MOST_NAMED
    return _joined([*places[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])


def _read_then(site: Site, election: Election) -> Iterator[Post]:
    """The posts and pages that residents can read until the poll."""
    for post in site.posts:
        if post.date.date() <= election.poll:
            yield post
    yield from site.pages


def _until(election: Election) -> str:
    return f"until after the poll on {long_date(election.poll)}"


def _emails(site: Site) -> Iterator[Problem]:
    if (election := site.election) is None:
        return
    for text in _settings_texts(site):
        for address in mailboxes_in(text.words):
            yield from _email(text.file, Mention(address, text.line), election)
    for post in _read_then(site, election):
        for mention in post.mailboxes:
            yield from _email(post.file, mention, election)


def _email(file: str, mention: Mention, election: Election) -> Iterator[Problem]:
    if is_council(mention.words.rpartition("@")[2]):
        yield Problem(
            file=file,
            line=mention.line,
            message=f'the e-mail address "{mention.words}" belongs to a council, and must not '
            f"be here {_until(election)}",
            hint=_OWN,
        )


def _settings_texts(site: Site) -> Iterator[_Text]:
    """Texts in the settings and on pages, such as a councillor's e-mail address."""
    for number, councillor in enumerate(site.councillors):
        table = f"councillor.{number}" if number else "councillor"
        for key in ("email", "name", "party", "about"):
            words = str(getattr(councillor, key))
            yield _Text(SETTINGS_FILE, site.lines.get(f"{table}.{key}"), words)
    for key, words in (("site.title", site.title), ("site.description", site.description)):
        yield _Text(SETTINGS_FILE, site.lines.get(key), words)
    if site.mailing is not None:
        yield _Text(SETTINGS_FILE, site.lines.get("newsletter.address"), site.mailing.address)
    if line := site.lines.get("answers.address"):  # otherwise it is one of those above
        yield _Text(SETTINGS_FILE, line, site.answering.address)
    for number, event in enumerate(site.surgeries):
        table = f"surgery.{number}" if number else "surgery"
        yield _Text(SETTINGS_FILE, site.lines.get(table), f"{event.words} {event.where}")
    for issue in site.issues:
        yield _Text(ISSUES_FILE, issue.line, f"{issue.about} {issue.report_label}")
    for one in site.community:
        yield _Text(COMMUNITY_FILE, one.line_of("about"), f"{one.name} {one.about}")


def _logos(site: Site) -> Iterator[Problem]:
    if (election := site.election) is None:
        return
    is_councils = _emblem_of(site.ward.council)
    for post in _read_then(site, election):
        shown = [*post.emblems]
        if post.image:
            words = f"{name_in_words(post.image)} {post.image_alt}"
            shown.append(Mention(words, post.line_of("Image")))
        for mention in shown:
            if is_councils.search(mention.words):
                yield Problem(
                    file=post.file,
                    line=mention.line,
                    message=(
                        "this picture is a logo or coat of arms of the council, which "
                        "must not be "
                        f"shown {_until(election)}"
                    ),
                    hint="Remove it until then. You may still name the council in words.",
                )


def _emblem_of(council: str) -> re.Pattern[str]:
    """The pattern for a council's logo: the word near "council", or after the council's name."""
    name = re.escape(name_in_words(council).strip()) or "council"
    between = r"(?:\W+\w+){0,4}?\W+"
    return re.compile(
        rf"council(?!l?or)(?:'?s)?(?:{between}|\W*){_EMBLEM}"
        rf"|{_EMBLEM}{between}council(?!l?or)"
        rf"|\b(?:{name}|borough)(?:'s)?(?: borough| city| county| district)*\W+{_EMBLEM}"
        rf"|{_EMBLEM} of (?:\w+ ){{0,5}}?{name}(?: borough| council|(?!\W*\w))",
        re.IGNORECASE,
    )


def _links(site: Site) -> Iterator[Problem]:
    if (election := site.election) is None:
        return
    yield from _own_addresses(site, election)
    yield from _community(site, election)
    named = {plain(i.report_url) for i in site.issues}
    named |= {plain(d.source_url) for i in site.issues for d in i.datasets}
    for post in _read_then(site, election):
        is_of_then = post.file.startswith("pages/") or post.date.date() >= election.notice
        for link in (*post.links, *_of_header(post)):
            # A quick test, since few links go to a council.
            if "gov" not in link.target and "cymru" not in link.target:
                continue
            if is_of_councillors(link.target):
                what, why = "to a page about councillors that a council pays for", _NOT_PAID
            elif is_of_then and is_council(web_host(link.target)):
                what, why = "to a council's site", _HELPS_NOBODY
            else:
                continue
            if plain(link.target) not in named:
                yield Problem(
                    file=post.file,
                    line=link.line,
                    message=f'the link "{link.target}" goes {what}, and must not be here '
                    f"{_until(election)}",
                    hint=f"Remove it until then. {why}",
                )


def _of_header(post: Post) -> Iterator[Link]:
    """The first link to each host in the post's header: a page may have 200 meetings."""
    first: dict[str, Link] = {}
    for link in header_links(post):
        first.setdefault(web_host(link.target), link)
    yield from first.values()


def _community(site: Site, election: Election) -> Iterator[Problem]:
    """Sites of councils on the page of local sites, which residents read in that time."""
    for one in site.community:
        for key, url in (("url", one.url), ("feed", one.feed)):
            if not is_council(web_host(url)) or (one.allow and not is_of_councillors(url)):
                continue
            allow = 'If it cannot help anybody\'s campaign, add: allow = "it is about how to vote"'
            yield Problem(
                file=COMMUNITY_FILE,
                line=one.line_of(key),
                message=f'"{url}" is a site that a council pays for, and must not be listed here '
                f"{_until(election)}",
                hint='Put "#" before each line of the entry until then.'
                + ("" if is_of_councillors(url) else f" {allow}"),
            )


def _own_addresses(site: Site, election: Election) -> Iterator[Problem]:
    addresses = (("url", "the blog itself", is_council), ("hub", "the hub", is_council),
             ("newsletter", "your newsletter", is_newsletter))  # fmt: skip
    for key, what, is_theirs in addresses:
        url = str(getattr(site, key))
        if is_theirs(web_host(url)):
            yield Problem(
                file=SETTINGS_FILE,
                line=site.lines.get(f"site.{key}"),
                message=(
                    f'{what} is at an address that a council pays for, "{url}", and must '
                    f"not be "
                    f"there {_until(election)}"
                ),
                hint=_OWN,
            )
