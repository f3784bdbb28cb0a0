"""What the paths in the totals are: posts, issues, streets and feeds, by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from urllib.parse import unquote_to_bytes

from wardblog.model import Site
from wardblog.model.addresses import feed_formats, feed_names, feed_path, street_feed, street_page
from wardblog.office.statistics.targets import encoded
from wardblog.support.late_dataclass import dataclass
from wardblog.views import redirects
from wardblog.views.street_items import street_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What there is to know about paths.

    `titles` are those of posts and pages by their path, `moved` the present path of each old one.
    `issues` and `streets` have the names for which the reads of a path count: of a hub that one,
    of a post all that it is about. `feeds` are the names of the feeds, and `published` the days
    of posts, by their path.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    issues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    streets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    feeds: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, date] = field(default_factory=dict)

    def by_title(self, reads: Mapping[str, int]) -> Counter[str]:
        """The reads of each post and page by its title; of other paths by the path."""
        found: Counter[str] = Counter()
        for path, number in reads.items():
            present = self._present(path)
            found[self.titles.get(present, present)] += number
        return found

    def _present(self, path: str) -> str:
        """The address at which a path is now; some servers send a page without its slash."""
        if path not in self.titles and path not in self.moved:
            with_slash = f"{path}/"
            if with_slash in self.titles or with_slash in self.moved:
                path = with_slash
        return self.moved.get(path, path)

    def by_issue(self, reads: Mapping[str, int]) -> Counter[str]:
        """The reads of each issue: of its own page, and of the posts about it."""
        return self._by(self.issues, reads)

    def by_street(self, reads: Mapping[str, int]) -> Counter[str]:
        """The reads of each street: of its own page, and of the posts about it."""
        return self._by(self.streets, reads)

    def _by(self, names: Mapping[str, tuple[str, ...]], reads: Mapping[str, int]) -> Counter[str]:
        found: Counter[str] = Counter()
        for path, number in reads.items():
            for name in names.get(self._present(path), ()):
                found[name] += number
        return found


def subjects_of(site: Site) -> Subjects:
    """What the paths of a site are, as its server's logs have them."""
    base = site.base_path
    issues = {issue.slug: issue.name for issue in site.issues}
    streets = street_names(site)
    posts = site.published
    own = ((f"{base}/{street_page(slug)}", (name,)) for slug, name in streets.items())
    moved = _moved(site)
    return Subjects(
        titles={
            f"{base}/": "Home",
            **{f"{base}/issues/{slug}/": name for slug, name in issues.items()},
            **{f"{base}/{street_page(slug)}": name for slug, name in streets.items()},
            **{f"{base}/{post.address}": post.title for post in (*posts, *site.pages)},
        },
        moved=moved,
        issues={
            **{f"{base}/issues/{slug}/": (name,) for slug, name in issues.items()},
            **{f"{base}/{p.address}": _names(p.issues, issues) for p in posts},
        },
        streets={
            **dict(own),
            **{f"{base}/{p.address}": _names(p.streets, streets) for p in posts},
        },
        feeds=_feeds(site, streets, moved),
        published={f"{base}/{post.address}": post.date.date() for post in posts if not post.waits},
    )


def _names(slugs: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[slug] for slug in slugs if slug in names)


def _moved(site: Site) -> dict[str, str]:
    """The present path of each old one. A query is not in the totals: it was a read of its page."""
    return {
        encoded(unquote_to_bytes(old)): encoded(unquote_to_bytes(new.partition("#")[0]))
        for old, new in redirects(site).items()
        if "?" not in old
    }


def _feeds(site: Site, streets: Mapping[str, str], moved: Mapping[str, str]) -> dict[str, str]:
    """The feeds that are read, by their path; all formats of one have the same name.

    Where the host does not redirect, readers of an earlier blog fetch them at its addresses.
    """
    names = {slug: name or "Everything" for slug, name in feed_names(site).items()}
    names |= {street_feed(slug): name for slug, name in streets.items()}
    found = {
        f"{site.base_path}/{feed_path(slug, form)}": name
        for slug, name in names.items()
        for form in feed_formats(slug)
    }
    return {**{old: found[new] for old, new in moved.items() if new in found}, **found}
