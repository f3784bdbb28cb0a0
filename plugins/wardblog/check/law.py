"""Check what the law requires: a complete imprint, and an open mind on planning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wardblog.check.rule import each_post_and_page
from wardblog.content.files import SETTINGS_FILE
from wardblog.model import Councillor, Post, Site
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

_ELSEWHERE = late_regex(r"@|https?:|www\.|\.(?:com|org|net|uk)\b", re.IGNORECASE)
_NOBODY = late_regex(
    r"(?:i|me|myself|us|we|ourselves|(?:the|your|my|our) .*|councillors?|cllrs?|promoter|agent"
    r"|(?:joe?|jane) (?:bloggs|public)|joe bloggs|john doe|jane doe|a\.? ?n\.? ?other"
    r"|(?:full )?name|n/?a|none|nobody|nil|tb[acd]|test|example|x+|\?+)",
    re.IGNORECASE,
)
_NOWHERE = late_regex(
    r"\banytown\b|\baa1 1aa\b|\bsomewhere\b|\bmy address\b|\byour address\b", re.IGNORECASE
)
_POSITIONLESS = late_regex(
    r"(?:neutral|none|no (?:view|views|opinion|position|comment)|n/?a|undecided|open|open mind"
    r"|not (?:yet )?decided|abstain(?:ed)?|-+)"
)
# Planning references, such as 2026/1234 and 26/01234/FUL.
PLANNING_REFERENCE = late_regex(r"\s*(?:19|20)?\d\d/\d{3,6}\b")
# Sentences that begin with a name rather than "I".
_OF_ANOTHER = late_regex(r"(?i:cllr|councillor)\b|[A-Z][a-z][\w’'-]*\s+(?:[A-Z]\.\s+)?[A-Z][a-z]")
_AND = late_regex(r",|&|\band\b")


def imprint(site: Site) -> Iterator[Problem]:
    """Report placeholders; a missing imprint is already reported when settings are read."""
    for key in ("promoter", "on_behalf_of"):
        name = str(getattr(site.imprint, key))
        if name and not _is_name(name):
            yield _imprint(
                site,
                key,
                f'the imprint has "{name}" where a name should be',
                f'Write the full name of a person or an organisation: {key} = "..."',
            )
    address = site.imprint.address
    if address and (lacks := _lacks(address)):
        yield _imprint(
            site,
            "address",
            f'the imprint gives "{address}" as an address, {lacks}',
            "The law requires a postal address (home, office or PO box) with house, street, town "
            "and postcode.",
        )


def imprint_postcode(site: Site) -> Iterator[Problem]:
    address = site.imprint.address
    if address and not _lacks(address) and not ANY_POSTCODE.search(address):
        yield _imprint(
            site,
            "address",
            "the address in the imprint has no postcode, so a letter may not arrive",
            "Write it after the town.",
        )


def imprint_on_behalf(site: Site) -> Iterator[Problem]:
    imprint = site.imprint
    if not imprint.promoter or not _is_name(imprint.promoter) or not site.councillors:
        return
    words = _words(f"{imprint.promoter} {imprint.on_behalf_of}")
    lacking = [c.name for c in site.councillors if c.name and not _is_named(c.name, words)]
    if len(lacking) == len(site.councillors):
        yield _imprint(
            site,
            "on_behalf_of" if imprint.on_behalf_of else "promoter",
            "the imprint does not name a councillor, so it does not say on whose behalf this is "
            "published",
            f'Write under [imprint]: on_behalf_of = "{" and ".join(lacking)}"',
        )


def _imprint(site: Site, key: str, message: str, hint: str) -> Problem:
    return Problem(
        file=SETTINGS_FILE, line=site.lines.get(f"imprint.{key}"), message=message, hint=hint
    )


def _is_name(words: str) -> bool:
    if not re.search(r"[^\W\d_]", words) or _ELSEWHERE.search(words):
        return False
    return not _NOBODY.fullmatch(words.strip(" .\"'"))


def _lacks(address: str) -> str:
    """What is wrong with a postal address; empty if it looks right."""
    if _ELSEWHERE.search(address):
        return "but no letter can be posted to it"
    if _NOWHERE.search(address) or not re.search(r"[^\W\d_]", address):
        return "but it is not one"
    has_postcode = bool(ANY_POSTCODE.search(address))
    rest = ANY_POSTCODE.sub("", address)
    parts = [p for p in re.split(r"[,;\n]", rest) if re.search(r"[^\W\d_]", p)]
    words = len(rest.replace(",", " ").split())
    if not re.search(r"\d", rest):
        # A house may have a name instead of a number; a town alone is not an address.
        is_short = len(parts) < (2 if has_postcode else 3)
    else:
        is_short = words < 3 or (not has_postcode and len(parts) < 2 and words < 4)
    return "which is too short to be one" if is_short else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text.casefold())


def _is_named(name: str, words: list[str]) -> bool:
    """Whether the words contain a last name; the imprint may have initials or a title before it."""
    return _words(name)[-1:] != [] and _words(name)[-1] in words


@each_post_and_page
def predetermination(post: Post, site: Site) -> Iterator[Problem]:
    """A post takes a side on what its author will decide (Localism Act 2011, section 25)."""
    deciding = deciding_councillors(site)
    if not deciding:
        return
    if post.position and is_about_planning(post) and _is_position(post.position):
        for councillor in authors_among(post, deciding):
            yield _predetermined(
                post,
                post.line_of("Position"),
                f'this post takes a position on a planning application ("{post.position}"), '
                f"and {councillor.name} is on the committee that decides",
                'the line "Position"',
            )
    yield from _commitments(post, deciding)


@cached_for_site
def deciding_councillors(site: Site) -> Mapping[str, Councillor]:
    """The members of the planning committee, by their names as `authors_among` compares them."""
    return {_name(c.name): c for c in site.councillors if c.planning_committee}


def _commitments(post: Post, deciding: Mapping[str, Councillor]) -> Iterator[Problem]:
    """Each line of a post that says how a member of the committee will vote."""
    reported: set[int] = set()
    is_planning = is_about_planning(post) or PLANNING_REFERENCE.match(post.reference)
    for commitment in post.commitments:
        if commitment.line in reported or not (is_planning or commitment.is_about_planning):
            continue
        for councillor in _speakers(post, commitment.words, deciding):
            reported.add(commitment.line)
            yield _predetermined(
                post,
                commitment.line,
                f'"{commitment.words}" sounds as if the decision is already made, and '
                f"{councillor.name} is on the planning committee",
                "these words",
            )


def _speakers(post: Post, words: str, deciding: Mapping[str, Councillor]) -> Iterator[Councillor]:
    """Whose words these are: the author's, or those of a councillor whom they name."""
    if not _OF_ANOTHER.match(words):
        yield from list(authors_among(post, deciding))[:1]
        return
    for name, councillor in deciding.items():
        if _is_named(name, _words(words)):
            yield councillor


def _predetermined(post: Post, line: int | None, message: str, what: str) -> Problem:
    return Problem(
        file=post.file,
        line=line,
        message=message,
        hint=(
            "Councillors who decide must keep an open mind, or the decision can be challenged. "
            f"Remove {what}, or take no part in the decision and write at the top: "
            "Allow: predetermination because I will not vote on it"
        ),
    )


def is_about_planning(post: Post) -> bool:
    """Whether a post has a tag of planning."""
    return any(tag.slug.startswith("planning") for tag in post.tags)


def _is_position(words: str) -> bool:
    return not _POSITIONLESS.fullmatch(words.casefold().strip(" ."))


def _name(words: str) -> str:
    """A name without its title, in lower case and with single spaces."""
    plain = " ".join(words.casefold().split())
    return re.sub(r"^(?:cllr|councillor)\.? ", "", plain)


def authors_among(post: Post, known: Mapping[str, Councillor]) -> Iterator[Councillor]:
    """Those of the councillors who wrote a post."""
    for name in dict.fromkeys(_name(n) for n in (post.author, *_AND.split(post.author.casefold()))):
        if name in known:
            yield known[name]
