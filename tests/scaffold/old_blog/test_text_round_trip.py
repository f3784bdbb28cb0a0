"""What is exported from a site of ours and imported again has the same texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from growth import assert_grows_with_input
from scaffold.old_blog.old_texts import (
    ADDRESSES,
    BIN,
    CONTEXT,
    SITE,
    UPLOADS,
    old_post,
    rendered,
    words_of,
)
from support import ROOT, files_in, read_all
from wardblog.model import Site
from wardblog.model.addresses import lasting_address
from wardblog.scaffold.old_blog.conversion.converted import Converted, TextContext
from wardblog.scaffold.old_blog.conversion.markdown import converted, pictures_in, plain_words
from wardblog.scaffold.old_blog.conversion.old_addresses import OldAddresses
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.views.feeds import feeds


@pytest.fixture(scope="module")
def sample() -> Site:
    return read_all(ROOT / "content")[0]


def imported(site: Site, folder: Path) -> dict[str, Converted]:
    """The texts of a site, by file, made from its own feeds."""
    for path, data in files_in(feeds(site)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    blog = open_blog(folder / "feeds/all.atom.xml")
    by_guid = {
        post.guid or site.absolute(lasting_address(post)): post.file for post in site.published
    }
    files = {address: by_guid[post.guid] for post in blog.posts for address in post.addresses}
    files |= {f"/issues/{issue.slug}/": f"/issues/{issue.slug}/" for issue in site.issues}
    files |= {f"/{page.address}": page.file for page in site.pages}
    found = OldAddresses(blog.url, posts=files)
    pictures = {
        url: f"images/{url.rpartition('/')[2]}"
        for post in blog.posts
        for url in pictures_in(post, found)
    }
    addresses = OldAddresses(blog.url, posts=files, pictures=pictures)
    return {
        by_guid[post.guid]: converted(post, TextContext(by_guid[post.guid], addresses))
        for post in blog.posts
    }


def text_in(file: Path) -> str:
    """The text of a post, without its header lines."""
    return file.read_text(encoding="utf-8").partition("\n\n")[2].strip()


def structure_of(html: str) -> list[tuple[str, str]]:
    """Each element with the address that it has."""
    root = lxml_html.fromstring(f"<div>{html}</div>")
    shown = [one for one in root.iter() if isinstance(one.tag, str)]
    return [(one.tag, one.get("href") or one.get("src") or "") for one in shown]


def test_the_posts_of_the_sample_have_the_same_words_links_and_pictures(
    sample: Site, tmp_path: Path
) -> None:
    texts = imported(sample, tmp_path)
    assert len(texts) == len(sample.published) > 20
    for file, result in texts.items():
        before, after = rendered(text_in(ROOT / "content" / file)), rendered(result.text)
        assert words_of(after) == words_of(before), file
        assert structure_of(after) == structure_of(before), file
        assert result.notes == (), file


def test_most_posts_of_the_sample_come_back_letter_for_letter(sample: Site, tmp_path: Path) -> None:
    same = 0
    for file, result in imported(sample, tmp_path).items():
        written = text_in(ROOT / "content" / file)
        # How a table's columns are aligned is left to the site, and a space is a space.
        written = re.sub(
            r"^\|[-:|]+\|$", lambda row: re.sub(":?-+:?", "---", row[0]), written, flags=re.M
        )
        same += result.text.strip() == written.replace("\xa0", " ")
    assert same >= len(sample.published) - 1


def test_the_pictures_of_a_text_are_found_before_it_is_converted() -> None:
    text = (
        f'<a href="{UPLOADS}/big.jpg"><img src="{UPLOADS}/big-300x200.jpg"></a>'
        '<img data-src="https://i0.wp.com/img.example.org/far.png?w=3" src="data:image/gif;R0">'
        '<a href="/wp-content/uploads/2014/03/plan.pdf">x</a><a href="https://x.org/other.pdf">y</a>'
        "[gallery ids='7,8'] ![z](/img/z.jpg) <img src='https://pixel.wp.com/b.gif'>"
        '<img src="https://s.w.org/images/core/emoji/72x72/1f44d.png"> [audio mp3="/s/a.mp3"]'
    )
    post = old_post(text, picture="/wp-content/uploads/2014/03/top.jpg")
    assert sorted(pictures_in(post, ADDRESSES)) == sorted((
        f"{UPLOADS}/big.jpg", "https://img.example.org/far.png", f"{UPLOADS}/plan.pdf", BIN,
        f"{UPLOADS}/gone.jpg", f"{SITE}/img/z.jpg", f"{SITE}/s/a.mp3", f"{UPLOADS}/top.jpg",
    ))  # fmt: skip


@pytest.mark.parametrize("shortcode", ['[gallery exclude="8"]', "[gallery id='13' exclude='8']"])
def test_the_pictures_of_a_gallery_are_those_that_it_shows(shortcode: str) -> None:
    post = old_post(shortcode, is_classic=True, number="13")
    assert pictures_in(post, ADDRESSES) == (BIN,)
    assert [picture.address for picture in converted(post, CONTEXT).pictures] == [BIN]


def test_titles_and_summaries_are_plain_words() -> None:
    assert plain_words("Bins &amp; <em>benches</em> &#8211; a\n list") == "Bins & benches – a list"
    assert plain_words("5 &lt; 6") == "5 < 6"


@pytest.mark.long
@pytest.mark.parametrize("form", ["html", "classic", "markdown"])
def test_the_work_grows_with_the_text(form: str) -> None:
    def prepare(size: int) -> object:
        line = "Two **bins** &amp; *more* [x](/about/), <b>b</b> _c_ 1. [d] | e"
        text = ("\n\n" if form != "html" else "<br>\n").join(f"{n} {line}" for n in range(size))
        post = old_post(text, is_classic=form == "classic", is_markdown=form == "markdown")
        return lambda: converted(post, CONTEXT)

    assert_grows_with_input(prepare, 300)  # type: ignore[arg-type]


@pytest.mark.parametrize("piece", ["[[", "![a ", "_a ", "`a ", "{{ x }} ", "[x a=b] "])
def test_one_sign_again_and_again_takes_twice_the_time(piece: str) -> None:
    def prepare(size: int) -> object:
        post = old_post(piece * size)
        return lambda: converted(post, CONTEXT)

    assert_grows_with_input(prepare, 1500)  # type: ignore[arg-type]
