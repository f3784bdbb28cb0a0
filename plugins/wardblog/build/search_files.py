"""The outputs of the search: the files of its index, of what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from wardblog.build.search_index import SearchIndex
from wardblog.build.state import Built
from wardblog.model import Post, Site
from wardblog.model.addresses import shown_pages
from wardblog.model.digests import Digests
from wardblog.model.outputs import OutputKind
from wardblog.search.documents import dated_texts, numbered
from wardblog.search.searched import Searched, fact
from wardblog.views import File
from wardblog.views.output import EMPTY_SITE


def search_files(
    site: Site, digests: Digests, texts: Mapping[str, bytes], built: Built
) -> Iterator[File]:
    """The files of the index; the words are read of what changed since the last build alone.

    `texts` are the digests of the texts of posts.
    """
    index = SearchIndex(_searched(site, digests, texts), built)
    for path, digest in index.files.items():
        yield File(
            path=path,
            kind=OutputKind.ASSET,
            site=EMPTY_SITE,
            extra=digest,
            content=partial(_content, index, path),
        )


def _content(index: SearchIndex, path: str, _: Site) -> bytes:
    return index.content(path)


def _searched(site: Site, digests: Digests, texts: Mapping[str, bytes]) -> Searched:
    """What is published: a preview shows other posts as well, but they are not found."""
    posts, pages = numbered(
        (post for post in site.published if not post.waits),
        (page for page in shown_pages(site) if not page.waits),
    )
    documents = (*pages, *posts)
    heads = digests.each(one.post for one in documents)
    facts = {
        post.file: fact(number, head, texts[post.file], _shown_by_now(post, site))
        for (number, post), head in zip(documents, heads, strict=True)
    }
    return Searched(
        pages=tuple(pages),
        posts=tuple(posts),
        facts=facts,
        issues=tuple((issue.slug, issue.name) for issue in site.issues),
        streets=_streets(site),
        now=site.now,
    )


def _shown_by_now(post: Post, site: Site) -> bytes:
    """How many of its updates, outcomes and replies residents can read by now."""
    return str(len(dated_texts(post, site.now))).encode()


def _streets(site: Site) -> tuple[tuple[str, str], ...]:
    """The streets that have a page, as that names them."""
    if not site.gazetteer.streets:
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.street_items import street_items

    return tuple((items.name, slug) for slug, items in street_items(site).items())
