"""What a reply can say about an issue and a street: only what residents can read already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from wardblog.model import LOCAL_URL, Issue, Post, Site, Visibility
from wardblog.office.casework.named import StreetName
from wardblog.office.share.content import content_of
from wardblog.places.street_names import plain_words
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, in_sentence, sentence, short_date
from wardblog.views.coming import DateRow, Occasion, occasions_in, occasions_on, upcoming
from wardblog.views.dots import updates_so_far
from wardblog.views.street_items import is_private

_LATEST, _ENGLISH = "Latest: ", "en"
# So many places of the council's list are named.
_MOST_PLACES = 4
_WAITING = (
    (Visibility.DRAFT, ("draft", "drafts")),
    (Visibility.SCHEDULED, ("post that appears later", "posts that appear later")),
    (Visibility.HIDDEN, ("hidden post", "hidden posts")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFacts:
    """The words for each placeholder of a template, "" where there is nothing to say.

    `post` is the one that the latest news is from, and `left_out` says what the reply is without.
    """

    words: dict[str, str]
    post: Post | None
    left_out: tuple[str, ...]


def facts_of(
    site: Site, issue: Issue, street: StreetName | None, faulty: Collection[str], reference: str
) -> ReplyFacts:
    """Collect what a reply can say. `faulty` are the files of posts that have problems."""
    usable = [post for post in site.posts_on(issue) if post.file not in faulty]
    posts = [post for post in usable if post.lang.startswith(_ENGLISH)]
    slugs = frozenset(street.slugs if street else ())
    is_told = street is not None and not issue.is_sensitive
    there = [p for p in posts if street and is_told and not is_private(site, p)]
    there = [post for post in there if street and _is_about(post, street)]
    newest = max(there or posts, key=lambda post: last_day(site, post), default=None)
    places = _places(issue, slugs) if is_told else []
    words = {
        "issue": in_sentence(issue.name),
        "Issue": issue.name,
        "street": street.name if street else "the ward",
        "about": issue.about.rstrip(" .?!:;"),
        "latest": _latest(issue, street, bool(there)),
        "progress": _progress(site, newest) if newest else "",
        "next": _next(site, issue, there, faulty),
        "places": _listed(places),
        "surgery": _surgery(site),
        "reference": reference,
        **_links(site, issue, newest),
        **_sender(site),
    }
    left_out = (
        *_about_street(street, issue, there, posts),
        *_other_posts(site, issue, there or posts, faulty),
        *_of_person(newest),
        *_foreign(len(usable) - len(posts)),
        *([] if site.url != LOCAL_URL else ['the links, since ward.toml has no "url" yet']),
    )
    return ReplyFacts(words=words, post=newest, left_out=left_out)


def _is_about(post: Post, street: StreetName) -> bool:
    """Whether a post names the street; without a gazetteer, by the words in its text."""
    if street.slugs:
        return not frozenset(street.slugs).isdisjoint(post.streets)
    words = f" {' '.join(plain_words(street.name))} "
    return words in f" {' '.join(plain_words(f'{post.title} {post.text}'))} "


def last_day(site: Site, post: Post) -> tuple[date, date]:
    """The day of the last news about a post, and that of the post."""
    own = post.date.date()
    return max((update.day for update in updates_so_far(site, post)), default=own), own


def _progress(site: Site, post: Post) -> str:
    """`Two bins moved (20 November). Fixed on 28 November. The contractor came on Friday.`

    Of a post with details about a person, who agreed to that post alone, only the title is given.
    """
    content = content_of(site, post)
    title = content.title.rstrip(".")
    if post.is_about_somebody:
        return f"{title} ({short_date(post.date.date(), site.today)})."
    happened = content.happened.removeprefix(_LATEST) or sentence(content.summary)
    return f"{title} ({short_date(post.date.date(), site.today)}). {happened}".strip()


def _latest(issue: Issue, street: StreetName | None, is_there: bool) -> str:
    """How the news begins; news of another street is not taken for that of the one asked about."""
    if street is None or is_there:
        return "The latest news"
    if issue.is_sensitive:
        return "The latest news in the ward"
    return f"I have no news about {street.name} itself yet. The latest in the ward"


def _next(site: Site, issue: Issue, there: Sequence[Post], faulty: Collection[str]) -> str:
    """The next date of the posts about the street, or else of the issue."""
    rows = upcoming(site, occasions_in(there))
    if not any(map(_is_held, rows)):
        own = (o for o in occasions_on(site, issue) if not o.owner or o.owner.file not in faulty)
        rows = upcoming(site, own)
    return next((_date(row) for row in rows if _is_held(row)), "")


def _is_held(row: DateRow) -> bool:
    return not row.is_cancelled


def _date(row: DateRow) -> str:
    if row.is_deadline and row.words.endswith("?"):
        return f"{row.words} You have until {row.when}."
    if row.is_deadline:
        return f"{row.words.rstrip('.')}, by {row.when}."
    return f"{', '.join(filter(None, (row.words.rstrip('.'), row.when, row.where)))}."


def _places(issue: Issue, streets: Collection[str]) -> list[str]:
    """The entries of the issue's lists that name one of the streets, as its page shows them."""
    names: dict[str, None] = {}
    for dataset in issue.datasets:
        for number, found in enumerate(dataset.streets):
            is_shown = dataset.show_all or dataset.inside[number]
            if is_shown and any(street.slug in streets for street in found):
                names[dataset.places[number].name] = None
    return list(names)


def _listed(places: Sequence[str]) -> str:
    if not places:
        return ""
    more = len(places) - _MOST_PLACES
    also = f"; and {counted(more, 'more place')}" if more > 0 else ""
    return f"{'; '.join(places[:_MOST_PLACES])}{also}"


def _links(site: Site, issue: Issue, post: Post | None) -> dict[str, str]:
    """The addresses; none of the site's own while it has none."""
    has_url = site.url != LOCAL_URL
    report = f"{issue.report_label or 'Report a problem'}: {issue.report_url}"
    return {
        "link": site.absolute(f"issues/{issue.slug}/") if has_url else "",
        "post": site.absolute(post.address) if has_url and post else "",
        "report": report if issue.report_url else "",
    }


def _sender(site: Site) -> dict[str, str]:
    one = site.councillors[0] if site.councillors else None
    contact = ", ".join(filter(None, (one.email, one.phone))) if one else ""
    ward = f"{site.ward.name} ward" if site.ward.name else ""
    return {"name": one.name if one else "", "contact": contact, "ward": ward}


def _surgery(site: Site) -> str:
    own = (Occasion(what=event, name="surgery", key="surgery") for event in site.surgeries)
    return next((_date(row) for row in upcoming(site, own) if _is_held(row)), "")


def _about_street(
    street: StreetName | None, issue: Issue, there: Sequence[Post], posts: Sequence[Post]
) -> Iterator[str]:
    """What is not said about the street, and why."""
    if street is None:
        return
    if street.is_part:
        yield "all that you wrote besides the name of the street, such as a house number"
    if issue.is_sensitive:
        yield (
            f"where in {street.name} it is: {in_sentence(issue.name)} can show who complained, so "
            "the reply is about the whole ward"
        )
    elif posts and not there:
        yield f"news about {street.name}: there is no post about it, so this is about the ward"


def _other_posts(
    site: Site, issue: Issue, used: Sequence[Post], faulty: Collection[str]
) -> Iterator[str]:
    """The posts that the reply does not use."""
    about = [post for post in site.posts if issue.slug in post.issues]
    older = len(used) - 1
    if older > 0:
        yield counted(older, "older post")
    for visibility, words in _WAITING:
        if number := sum(post.visibility is visibility for post in about):
            yield counted(number, *words)
    if broken := sorted(post.file for post in about if post.file in faulty):
        yield f"posts with problems, which make check explains: {', '.join(broken)}"


def _of_person(post: Post | None) -> Iterator[str]:
    if post and post.is_about_somebody:
        yield f"all but the title of {post.file}: a person in it agreed to that post alone"


def _foreign(number: int) -> Iterator[str]:
    if number:
        yield counted(number, "post in another language", "posts in another language")
