"""Makes exports of an old blog of any size, in each form that can be brought along.

The same posts are in all of them. Nothing is random: the same number of posts gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

SITE = "https://old.example.org"
BLOGGER_SITE = "https://old-ward.blogspot.com"
FIRST_DAY = datetime(2010, 1, 4, 9, 30, tzinfo=UTC)
# Of every so many posts one is a draft, one has a picture, and one has comments.
DRAFT_EVERY, PICTURE_EVERY, COMMENT_EVERY = 25, 4, 10

_LONDON = ZoneInfo("Europe/London")
_NEVER = "0000-00-00 00:00:00"
_SUBJECTS = (
    ("Grit bins", "grit-bins", "Two more grit bins will be put out before the first frost."),
    ("Planning", "planning", "The application is open for comments until the end of the month."),
    ("Dog fouling", "dog-fouling", "Wardens will walk the path by the allotments twice a week."),
    ("Road works", "road-works", "The lower half of the hill is closed while a pipe is replaced."),
    ("Trees", "trees", "Four limes were planted to replace those that fell in the storm."),
    ("Crime and safety", "crime", "The police counted fewer thefts from cars than a year ago."),
)
_TAGS = (("winter", "winter"), ("schools", "schools"), ("Eland Road", "eland-road"))
_PLACES = ("Eland Road", "the library", "Lavender Hill", "the old depot", "Heathwall Street")
_MORE = (
    "I asked the council for a date, and will say here when I have one.",
    "Thank you to everybody who came on Saturday, in spite of the rain.",
    "The list is below; tell me if your street is missing from it.",
    "Officers say that the money is there. I will ask again in the spring.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePost:
    """A post as it was on the old blog; `number` counts from 1, `html` has no picture."""

    number: int
    title: str
    slug: str
    moment: datetime
    category: tuple[str, str]
    tags: tuple[tuple[str, str], ...]
    html: str
    summary: str
    is_draft: bool
    picture: str
    comments: tuple[tuple[str, str], ...]

    @property
    def day(self) -> str:
        return f"{self.moment:%Y-%m-%d}"

    @property
    def identity(self) -> int:
        """Its number in WordPress, where pictures and menus have numbers as well."""
        return 100 + 3 * self.number


def made_posts(count: int) -> Iterator[MadePost]:
    """Posts about the ward, three days after each other."""
    for number in range(1, count + 1):
        subject, slug, first = _SUBJECTS[number % len(_SUBJECTS)]
        place = _PLACES[number % len(_PLACES)]
        title = f"{subject} near {place}: news {number}"
        paragraphs = [first, _MORE[number % 4], _MORE[(number + 1) % 4]]
        rows = "".join(f"<li>{one}</li>" for one in _PLACES[: 1 + number % 4])
        html = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
        moment = FIRST_DAY + timedelta(days=3 * number, minutes=number % 60)
        has_picture = number % PICTURE_EVERY == 0
        yield MadePost(
            number=number,
            title=title,
            slug=f"{slug}-news-{number}",
            moment=moment,
            category=(subject, slug),
            tags=_TAGS[: number % 3],
            html=f"{html}<ul>{rows}</ul>\n",
            summary=first if number % 3 == 0 else "",
            is_draft=number % DRAFT_EVERY == 0,
            picture=f"{moment:%Y/%m}/picture-{number}.jpg" if has_picture else "",
            comments=(("Alex", "When will it be done?"),) if number % COMMENT_EVERY == 0 else (),
        )


def wxr(count: int, site: str = SITE) -> str:
    """The export of a WordPress blog (1.2), with attachments, comments, a page and a menu."""
    items = [_wxr_post(post, site) for post in made_posts(count)]
    items += [_wxr_picture(post, site) for post in made_posts(count) if post.picture]
    items.append(
        wxr_item(
            number=1, kind="page", title="About", slug="about", link=f"{site}/about/",
            moment=FIRST_DAY, text="I have been a councillor since 2010.",
        )
    )  # fmt: skip
    items.append(wxr_item(number=2, kind="nav_menu_item", title="", slug="menu-1"))
    return wxr_of("".join(items), site)


def wxr_of(items: str, site: str = SITE, title: str = "Old ward blog") -> str:
    """A whole export with these items."""
    terms = "".join(
        f"<wp:category><wp:term_id>{n}</wp:term_id><wp:category_nicename>{slug}"
        f"</wp:category_nicename><wp:category_parent></wp:category_parent>"
        f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
        for n, (name, slug, _) in enumerate(_SUBJECTS, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.5" created="2026-11-01 10:00" -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{escape(title)}</title>
<link>{site}</link>
<description></description>
<language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{site}</wp:base_site_url>
<wp:base_blog_url>{site}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[robin]]></wp:author_login>
<wp:author_email><![CDATA[robin@old.example.org]]></wp:author_email>
<wp:author_display_name><![CDATA[Robin Sample]]></wp:author_display_name></wp:author>
{terms}{items}</channel>
</rss>
"""


def wxr_item(
    *,
    number: int,
    title: str,
    slug: str,
    kind: str = "post",
    state: str = "publish",
    link: str = "",
    moment: datetime | None = None,
    text: str = "",
    excerpt: str = "",
    more: str = "",
) -> str:
    """An item; `more` is XML that is added at its end. The clock of the blog is London's."""
    local = f"{moment.astimezone(_LONDON):%Y-%m-%d %H:%M:%S}" if moment else _NEVER
    utc = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if moment and state != "draft" else _NEVER
    query = "page_id" if kind == "page" else "p"
    return f"""<item>
<title><![CDATA[{title}]]></title>
<link>{link or f"{SITE}/?{query}={number}"}</link>
<dc:creator><![CDATA[robin]]></dc:creator>
<guid isPermaLink="false">{SITE}/?{query}={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{local}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{utc}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{slug}]]></wp:post_name>
<wp:status><![CDATA[{state}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:post_password><![CDATA[]]></wp:post_password>
{more}</item>
"""


def _wxr_post(post: MadePost, site: str) -> str:
    name, slug = post.category
    more = f'<category domain="category" nicename="{slug}"><![CDATA[{name}]]></category>\n'
    for tag, tag_slug in post.tags:
        more += f'<category domain="post_tag" nicename="{tag_slug}"><![CDATA[{tag}]]></category>\n'
    if post.picture:
        more += wxr_meta("_thumbnail_id", str(post.identity + 1))
    for author, words in post.comments:
        more += wxr_comment(author, words, post.moment)
    # Half of them are from the time before blocks.
    is_classic = post.number % 2 == 0
    text = post.html.replace("<p>", "").replace("</p>\n", "\n\n") if is_classic else _blocks(post)
    if post.picture:
        source = f"{site}/wp-content/uploads/{post.picture}".replace(".jpg", "-300x200.jpg")
        text = f'<img src="{source}" alt="A picture {post.number}" />\n\n{text}'
    return wxr_item(
        number=post.identity,
        title=post.title,
        slug="" if post.is_draft else post.slug,
        state="draft" if post.is_draft else "publish",
        link="" if post.is_draft else f"{site}/{post.moment:%Y/%m/%d}/{post.slug}/",
        moment=post.moment,
        text=text,
        excerpt=post.summary,
        more=more,
    )


def _blocks(post: MadePost) -> str:
    """The text as the editor of blocks writes it."""
    begun = post.html.replace("<p>", "<!-- wp:paragraph -->\n<p>")
    listed = begun.replace("<ul>", "<!-- wp:list -->\n<ul>").replace(
        "</ul>", "</ul>\n<!-- /wp:list -->"
    )
    return listed.replace("</p>", "</p>\n<!-- /wp:paragraph -->\n")


def _wxr_picture(post: MadePost, site: str) -> str:
    address = f"{site}/wp-content/uploads/{post.picture}"
    return wxr_item(
        number=post.identity + 1,
        kind="attachment",
        state="inherit",
        title=f"picture-{post.number}",
        slug=f"picture-{post.number}",
        link=f"{site}/picture-{post.number}/",
        moment=post.moment,
        more=f"<wp:post_parent>{post.identity}</wp:post_parent>"
        f"<wp:attachment_url>{address}</wp:attachment_url>"
        + wxr_meta("_wp_attached_file", post.picture)
        + wxr_meta("_wp_attachment_image_alt", f"A picture {post.number}"),
    )


def wxr_meta(key: str, value: str) -> str:
    """One of the values that WordPress remembers about an item."""
    return (
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>\n"
    )


def wxr_comment(
    author: str, words: str, moment: datetime, approved: str = "1", kind: str = "comment"
) -> str:
    """A comment in an item."""
    return f"""<wp:comment>
<wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_author_email><![CDATA[somebody@example.com]]></wp:comment_author_email>
<wp:comment_author_IP><![CDATA[192.0.2.7]]></wp:comment_author_IP>
<wp:comment_date><![CDATA[{moment:%Y-%m-%d %H:%M:%S}]]></wp:comment_date>
<wp:comment_date_gmt><![CDATA[{moment:%Y-%m-%d %H:%M:%S}]]></wp:comment_date_gmt>
<wp:comment_content><![CDATA[{words}]]></wp:comment_content>
<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved>
<wp:comment_type><![CDATA[{kind}]]></wp:comment_type>
</wp:comment>
"""


def blogger_export(count: int, site: str = BLOGGER_SITE) -> str:
    """The older export of a Blogger blog, `blog-DATE.xml`, with its settings and comments."""
    entries = [
        """<entry><id>tag:blogger.com,1999:blog-1.settings.BLOG_LOCALE</id>
<category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#settings'/>
<title type='text'>Language</title><content type='text'>en_GB</content></entry>
"""
    ]
    for post in made_posts(count):
        entries.append(_blogger_post(post, site))
        for n, (author, words) in enumerate(post.comments):
            entries.append(_blogger_comment(post, n, author, words))
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'
 xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-1.archive</id><updated>2026-11-01T10:00:00.000Z</updated>
<title type='text'>Old ward blog</title>
<link rel='alternate' type='text/html' href='{site}/'/>
<generator version='7.00' uri='https://www.blogger.com'>Blogger</generator>
{"".join(entries)}</feed>
"""


def _blogger_post(post: MadePost, site: str) -> str:
    labels = "".join(
        f"<category scheme='http://www.blogger.com/atom/ns#' term='{escape(name)}'/>\n"
        for name, _ in (post.category, *post.tags)
    )
    draft = "<app:control><app:draft>yes</app:draft></app:control>\n" if post.is_draft else ""
    link = f"<link rel='alternate' type='text/html' href='{site}{_blogger_path(post)}'/>\n"
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{post.number}</id>
<published>{post.moment.isoformat()}</published><updated>{post.moment.isoformat()}</updated>
{draft}<category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#post'/>
{labels}<title type='text'>{escape(post.title)}</title>
<content type='html'>{escape(_blogger_html(post))}</content>
{"" if post.is_draft else link}<author><name>Robin Sample</name><email>noreply@blogger.com</email>
</author></entry>
"""


def _blogger_comment(post: MadePost, number: int, author: str, words: str) -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-9{post.number}{number}</id>
<published>{post.moment.isoformat()}</published>
<category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#comment'/>
<title type='text'>{words}</title><content type='html'>{words}</content>
<author><name>{author}</name></author>
<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-{post.number}' type='text/html'/></entry>
"""


def _blogger_path(post: MadePost) -> str:
    return f"/{post.moment:%Y/%m}/{post.slug}.html"


def _blogger_html(post: MadePost) -> str:
    """The text as Blogger's editor leaves it: line breaks, not paragraphs."""
    html = post.html.replace("<p>", "").replace("</p>\n", "<br /><br />")
    if not post.picture:
        return html
    source = f"https://1.bp.blogspot.com/-x/s320/picture-{post.number}.jpg"
    large = source.replace("s320", "s1600")
    return f'<div class="separator"><a href="{large}"><img src="{source}" /></a></div>{html}'


def takeout(count: int) -> str:
    """The newer export of a Blogger blog, `feed.atom` of Google Takeout."""
    entries = []
    for post in made_posts(count):
        labels = "".join(
            f'<category scheme="tag:blogger.com,1999:blog-1" term="{escape(name)}"/>\n'
            for name, _ in (post.category, *post.tags)
        )
        entries.append(f"""<entry><id>tag:blogger.com,1999:blog-1.post-{post.number}</id>
<blogger:type>POST</blogger:type>
<blogger:status>{"DRAFT" if post.is_draft else "LIVE"}</blogger:status>
<author><name>Robin Sample</name><uri></uri><blogger:type>BLOGGER</blogger:type></author>
<title>{escape(post.title)}</title><content type='html'>{escape(_blogger_html(post))}</content>
<blogger:metaDescription>{escape(post.summary)}</blogger:metaDescription>
<blogger:created>{post.moment.isoformat()}</blogger:created>
<published>{post.moment.isoformat()}</published><updated>{post.moment.isoformat()}</updated>
{labels}<blogger:filename>{_blogger_path(post)}</blogger:filename><link/><enclosure/>
<blogger:trashed/></entry>
""")
        for n, (author, words) in enumerate(post.comments):
            entries.append(f"""<entry><id>tag:blogger.com,1999:blog-1.post-9{post.number}{n}</id>
<blogger:parent>tag:blogger.com,1999:blog-1.post-{post.number}</blogger:parent>
<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>
<author><name>{author}</name></author><content type='html'>{words}</content>
<published>{post.moment.isoformat()}</published></entry>
""")
    return f"""<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-1</id><title>Old ward blog</title>
{"".join(entries)}</feed>
"""


def rss(count: int, site: str = SITE) -> str:
    """A feed in RSS 2.0 with the whole texts of the posts that are not drafts."""
    items = "".join(
        f"""<item><title>{escape(post.title)}</title>
<link>{site}/{post.moment:%Y/%m/%d}/{post.slug}/</link>
<guid isPermaLink="false">{site}/?p={post.identity}</guid>
<pubDate>{format_datetime(post.moment)}</pubDate><dc:creator>Robin Sample</dc:creator>
<category>{post.category[0]}</category><description>{escape(post.summary)}</description>
<content:encoded><![CDATA[{post.html}]]></content:encoded></item>
"""
        for post in made_posts(count)
        if not post.is_draft
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old ward blog</title><link>{site}/</link><language>en-GB</language>
{items}</channel></rss>
"""


def jekyll(folder: Path, count: int, site: str = SITE) -> Path:
    """The folder of a blog made with Jekyll."""
    _write(
        folder / "_config.yml", f'title: Old ward blog\nurl: "{site}"\ntimezone: Europe/London\n'
    )
    for post in made_posts(count):
        tags = "".join(f"- {slug}\n" for _, slug in post.tags)
        header = (
            f'layout: post\ntitle: "{post.title}"\ndate: {post.moment:%Y-%m-%d %H:%M:%S} +0000\n'
            f"categories: [{post.category[1]}]\ntags:\n{tags}"
        )
        name = f"_drafts/{post.slug}.md" if post.is_draft else f"_posts/{post.day}-{post.slug}.md"
        _write(folder / name, f"---\n{header}---\n{_markdown(post, '/assets/')}")
    _write(folder / "about.md", "---\ntitle: About\npermalink: /about/\n---\nA councillor.\n")
    return folder


def hugo(folder: Path, count: int, site: str = SITE) -> Path:
    """The folder of a blog made with Hugo; posts with a picture are bundles."""
    _write(folder / "hugo.toml", f'baseURL = "{site}/"\ntitle = "Old ward blog"\n')
    for post in made_posts(count):
        names = ", ".join(f'"{name}"' for name, _ in post.tags)
        header = (
            f'title = "{post.title}"\ndate = {post.moment.isoformat()}\n'
            f"draft = {str(post.is_draft).lower()}\n"
            f'categories = ["{post.category[0]}"]\ntags = [{names}]\n'
        )
        name = f"{post.slug}/index.md" if post.picture else f"{post.slug}.md"
        _write(folder / "content/posts" / name, f"+++\n{header}+++\n\n{_markdown(post, '')}")
    _write(folder / "content/about.md", '+++\ntitle = "About"\n+++\nA councillor.\n')
    return folder


def eleventy(folder: Path, count: int, site: str = SITE) -> Path:
    """The folder of a blog made with Eleventy."""
    _write(folder / "eleventy.config.js", 'export const config = { dir: { input: "src" } };\n')
    _write(folder / "src/_data/site.json", f'{{"title": "Old ward blog", "url": "{site}"}}\n')
    _write(folder / "src/posts/posts.json", '{"tags": ["posts"], "layout": "post.njk"}\n')
    for post in made_posts(count):
        names = ", ".join(f'"{name}"' for name, _ in (post.category, *post.tags))
        draft = "draft: true\n" if post.is_draft else ""
        header = f'title: "{post.title}"\ntags: [{names}]\n{draft}'
        text = f"---\n{header}---\n{_markdown(post, '/img/')}"
        _write(folder / f"src/posts/{post.day}-{post.slug}.md", text)
    _write(folder / "src/about.md", "---\ntitle: About\n---\nA councillor.\n")
    return folder


def _markdown(post: MadePost, pictures: str) -> str:
    text = post.html.replace("<p>", "").replace("</p>\n", "\n\n").replace("<ul>", "")
    text = text.replace("<li>", "- ").replace("</li>", "\n").replace("</ul>\n", "")
    name = post.picture.rpartition("/")[2]
    return f"![A picture {post.number}]({pictures}{name})\n\n{text}" if name else text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
