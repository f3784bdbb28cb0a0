"""An issue as both of its parts show it: each word that residents read, chosen once."""

from __future__ import annotations

from wardblog.model import NewsletterSettings, Site
from wardblog.model.newsletter import STOP
from wardblog.office.newsletter.arrangement import ArrangedIssue
from wardblog.office.newsletter.part_views import PartView, Space, part_views
from wardblog.support.colours import DARK, LIGHT, readable
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of
from wardblog.text.words import counted
from wardblog.views.every_page import election_banner
from wardblog.views.sharing import mailto
from wardblog.views.source_links import html_with_sources, newsletter_source, with_source

_MOST_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """All that the templates show. Each text is plain, except that `introduction` is clean HTML.

    `source` is what links to our pages say, and the same for every reader.
    """

    site: Site
    subject: str
    preheader: str
    greeting: str
    introduction: str
    parts: tuple[PartView, ...]
    source: str
    accent: str
    accent_dark: str
    banner: str
    why: str
    stop_link: str
    stop_address: str
    unsubscribe: str = ""
    join: str = ""

    stop_words: str = "Stop this newsletter by e-mail"
    unsubscribe_words: str = "Stop this newsletter with one click"
    join_words: str = "Did somebody forward this to you? You can ask for it yourself:"

    @property
    def home(self) -> str:
        return f"{self.site.url}/"

    def page(self, url: str) -> str:
        """An address as it is linked: that of one of our pages says in which issue it was."""
        return with_source(self.site, url, self.source)

    @property
    def stop_by_hand(self) -> str:
        """What to do where the link opens nothing."""
        return f"If nothing opens, write “{STOP}” to {self.stop_address}."

    @property
    def from_whom(self) -> str:
        """The names of the councillors."""
        names = [one.name for one in self.site.councillors]
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def site_name(self) -> str:
        parts = parts_of(self.site.url)
        return f"{parts.netloc}{parts.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the councillor wrote for the issue of this `name`; `introduction` is HTML."""

    name: str
    title: str
    greeting: str
    introduction: str


def stop_address(site: Site, settings: NewsletterSettings) -> str:
    """Where residents write to stop; "" if there is no address at all."""
    return settings.address or next((one.email for one in site.councillors if one.email), "")


def view_of(
    site: Site, settings: NewsletterSettings, words: Words, issue: ArrangedIssue, space: Space
) -> IssueView:
    address, source = stop_address(site, settings), newsletter_source(words.name)
    # Only our own sender knows the token of each subscriber.
    knows_token = settings.via == "smtp" or "{token}" not in settings.unsubscribe
    return IssueView(
        site=site,
        subject=words.title,
        preheader=_preheader(issue),
        greeting=words.greeting,
        introduction=html_with_sources(site, words.introduction, source),
        parts=tuple(part_views(site, issue, space)),
        source=source,
        accent=readable(site.accent, LIGHT),
        accent_dark=readable(site.accent, DARK),
        banner=election_banner(site),
        why=f"You receive this e-mail because you asked for the newsletter of “{site.title}”.",
        stop_link=mailto((address,), STOP),
        stop_address=address,
        unsubscribe=settings.unsubscribe if knows_token else "",
        join=site.absolute("subscribe/") if settings.address else "",
    )


def _preheader(issue: ArrangedIssue) -> str:
    """What a mail program shows beside the subject: the first titles."""
    posts = [post for part in issue.parts for post in part.posts if post.dir == "ltr"]
    titles = [post.title for post in posts[:_MOST_TITLES]]
    if not titles:
        return _without_posts(issue)
    more = len([post for part in issue.parts for post in part.posts]) - len(titles)
    return " · ".join((*titles, *([f"and {counted(more, 'more post')}"] if more else [])))


def _without_posts(issue: ArrangedIssue) -> str:
    asked = [one.asked for one in issue.contents.outcomes if one.dir == "ltr"]
    if asked:
        return f"You said, we did: {asked[0]}"
    return "News from the ward, and what is coming up."
