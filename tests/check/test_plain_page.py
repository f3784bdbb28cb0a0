"""A plain page is read without parsing it: whatever is found in its tree is found then as well."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from support import ROOT, examples, files_of, mostly_long, read_all
from wardblog.check import BuiltFile, PlainPages, Resolver, check_built, references
from wardblog.check.built import file as built_file
from wardblog.check.built.page_strings import PageStrings
from wardblog.check.built.plain_page import NotPlainError, PlainPage, _dateless, may_say, solid_text
from wardblog.model import Post, Site
from wardblog.text.html_tree import parse_html

PHONE = "07700 900461"
# Words with figures or an @, except for addresses of files.
FIGURES = re.compile(r"(?<!\S)(?!/)\S*[\d@]\S*")

SIZES = re.compile(r' (?:width|height|sizes)="([^"]*)"')


class Sample(NamedTuple):
    """The sample site with its pages, and the posts that some of them show, by their paths."""

    site: Site
    pages: dict[str, str]
    posts: dict[str, Post]
    paths: frozenset[str]

    def file(self, path: str, html: str, pages: PlainPages, resolver: Resolver) -> BuiltFile:
        post = self.posts.get(path)
        return BuiltFile(
            path=path,
            content=html.encode("utf-8", "surrogatepass"),
            about="/template.html",
            site=self.site,
            resolver=resolver,
            exists=self.paths.__contains__,
            post=post,
            checked=(post.html,) if post else (),
            pages=pages,
        )


@pytest.fixture(scope="module")
def made(sample: Path) -> Sample:
    site = read_all(ROOT / "content")[0]
    files = files_of(sample)
    pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
    posts = {f"{post.address}index.html": post for post in (*site.posts, *site.pages)}
    return Sample(site, pages, {p: posts[p] for p in pages if p in posts}, frozenset(files))


def strings_of(html: str, known: str = "") -> list[str]:
    root, _ = parse_html(html.encode())
    assert root is not None
    return PageStrings(set(), known).of(root)


def figures_in(strings: list[str]) -> set[str]:
    """The words with figures or an @ of the strings that may be personal data, without dates."""
    words = (_dateless(one) for one in strings if may_say(one))
    return {word for one in words for word in FIGURES.findall(one)}


def test_a_plain_page_says_what_its_tree_says(made: Sample) -> None:
    plain, url = 0, made.site.url
    for path, html in made.pages.items():
        own = made.posts[path].html if path in made.posts else ""
        try:
            page = PlainPage(html, own, [], url, PlainPages(), lambda _: False)
        except NotPlainError:
            continue
        plain += 1
        parsed = made.file(path, html, PlainPages(), Resolver(made.site)).page
        assert set(page.addresses) == set(parsed.addresses), path
        assert page.ids == parsed.ids, path
        assert (page.title, page.lang) == (parsed.title, parsed.lang), path
        assert page.says(made.site.imprint.sentence), path
        strings = strings_of(html, solid_text(own))
        sizes = {word for one in SIZES.findall(html) for word in one.split()}
        nested = [one for part in page.nested for one in strings_of(part)]
        assert figures_in(strings) <= figures_in([*page.strings, *nested]) | sizes, path
    assert plain > len(made.pages) * 0.7


def anywhere(html: str, chance: random.Random, pattern: str, new: Callable[[str], str]) -> str:
    """The page with one of the matches of a pattern replaced."""
    matches = list(re.finditer(pattern, html))
    if not matches:
        return html
    one = chance.choice(matches)
    return html[: one.start()] + new(one[0]) + html[one.end() :]


CHANGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "a number in the text": (">", lambda tag: f"{tag}{PHONE}"),
    "a number in bold": ("(?<=>)\n", lambda _: "\n<b>07700</b>\n900461"),
    "a number in a value": ('="', lambda begins: f"{begins}{PHONE} "),
    "a coded number": (' href="', lambda begins: f'{begins}tel:%30%37700900461" rel="'),
    "an address": ("</p>", lambda end: f" jo&#64;example.org{end}"),
    "a tag less": ("<[^<>!]+>", lambda _: ""),
    "a tag twice": ("<[^<>!]+>", lambda tag: f"{tag}{tag}"),
    "another tag": ("<(?!html)[a-z]+", lambda _: "<li"),
    "an attribute twice": (r' [a-z]+="[^"<>]*"', lambda one: one + one),
    "a title below": ("<p>", lambda begins: f"<svg><title>x</title></svg>{begins}"),
    "an id": (r' class="[^"<>]*"', lambda _: ' id="ward-main"'),
    "a line less": ("\n[^\n]+(?=\n)", lambda _: ""),
    "a line twice": ("\n[^\n]+(?=\n)", lambda line: line + line),
    "text in the head": ("(?<=>)\n(?=<(?:meta|link))", lambda _: "\nwords\n"),
    "a comment": ("\n", lambda _: f"\n<!-- {PHONE} -->\n"),
    "a dead link": (' href="[^"]*"', lambda _: ' href="/gone/"'),
    "a dead place": (' href="[^"]*"', lambda _: ' href="#gone"'),
    "capitals": ("<[a-z]+", str.upper),
    "other quotes": ('="[^"\']*"', lambda value: value.replace('"', "'")),
    "a line end in a tag": (r"(?<=[a-z]) (?=href)", lambda _: "\n"),
    "an entity": ("(?<=[a-z])e", lambda _: "&eacute;"),
    "an ampersand": ("(?<=[a-z]) ", lambda _: " & "),
    "a control character": ("(?<=[a-z]) ", lambda _: "\x01"),
    "no title": ("<title>[^<]*", lambda _: "<title>"),
    "no language": (' lang="[^"]*"', lambda _: ""),
    "no imprint": ("Promoted by", lambda _: "By"),
    "an unclosed value": ('"(?=>)', lambda _: ""),
    "a script": ("\n<p", lambda begins: f"\n<script>let a = '07700 900461'</script>{begins}"),
}

# Those that nobody sees. Whether libxml2 reports an attribute that is there twice depends on it.
FINE = (
    "an attribute twice", "a comment", "capitals", "other quotes", "a line end in a tag",
    "an entity", "an ampersand", "a script", "a title below",
)  # fmt: skip


IN_A_SHORT_RUN = (
    "a number in the text", "a number in a value", "a tag less", "text in the head", "a dead link",
    "no imprint",
)  # fmt: skip


@pytest.mark.parametrize("change", mostly_long(CHANGES, *IN_A_SHORT_RUN))
def test_whatever_is_wrong_on_a_page_is_found_if_its_parts_are_known(
    change: str, made: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(html: str, pages: PlainPages, resolver: Resolver) -> tuple[object, ...]:
        file = made.file(path, html, pages, resolver)
        linked = sorted(one.written for both in references(file) for one in both)
        return {(p.rule, p.message) for p in check_built(file)}, linked

    def not_plain(*_: object) -> None:
        raise NotPlainError

    chance = random.Random(change)  # noqa: S311 - the same changes in every run
    pattern, new = CHANGES[change]
    wrong = 0
    paths = [p for p in made.pages if p in made.posts or p.count("/") < 2]
    for _ in range(examples(100, short=6)):
        path = chance.choice(paths)
        pages, resolver = PlainPages(), Resolver(made.site)
        before = [found(made.pages[path], pages, resolver) for _ in range(2)][1]
        html = anywhere(made.pages[path], chance, pattern, new)
        after = found(html, pages, resolver)
        with monkeypatch.context() as patch:
            patch.setattr(built_file, "PlainPage", not_plain)
            resolver = Resolver(made.site)
            assert [found(made.pages[path], PlainPages(), resolver) for _ in range(2)][1] == before
            assert after == found(html, PlainPages(), resolver), (path, html)
        wrong += after != before
    assert wrong or change in FINE
