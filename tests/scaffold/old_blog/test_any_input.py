"""Whatever an export has in it, it is read, or refused in words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.old_blog.exports import blogger_export, rss, takeout, wxr
from support import examples
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.open_blog import open_blog

_SEEDS = [make(3) for make in (wxr, blogger_export, takeout, rss)]
_PIECES = st.sampled_from(
    ["<", "&", "]]>", "<![CDATA[", "\0", '"', "<!--", "&#0;", "&#xD800;", "</item>", "http://[",
     "//", "?p=", "%", "<b>", "&x;", "0000-00-00 00:00:00", "9999-12-31T00:00:00Z", "-1", "é", "\n"]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["title", "date", "tags", "categories", "permalink", "url", "slug", "aliases", "redirect_from",
     "draft", "published", "image", "author", "lang", "type", "description", "publishDate", "build",
     "defaults", "collections", "permalinks", "languages", "taxonomies", "baseURL", "baseurl",
     "timezone", "feed", "paginate", "params", "frontmatter", "contentDir", "source", "uglyURLs"]
)  # fmt: skip
_VALUES = st.sampled_from(
    ["", "~", "[]", "{}", "[a, {b: c}]", "{a: [b]}", "2016-13-45", "2016-05-03 25:61:00", "//",
     "http://[", "/:categories/:year", "../../x", "/", "0", "true", "[[a]]", "!!binary aGk=",
     "|\n  several\n  lines", "%zz", "\u202e", "{name: {name: x}}", "[{path: /x, pattern: /y}]",
     "Europe/Nowhere", "../../etc/passwd", "2016-05-03T10:00:00+99:99", "[{scope: x, values: y}]",
     "9" * 5000]
)  # fmt: skip
_HEADER = st.lists(st.tuples(_KEYS, _VALUES), max_size=6).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in dict(pairs).items())
)


def _read(path: Path) -> None:
    try:
        blog = open_blog(path)
    except CommandError:
        return
    for post in blog.posts:
        for address in post.addresses:
            assert address.startswith("/")
            assert not address.startswith("//")
            assert "/../" not in address


@settings(max_examples=examples(1000, 60), deadline=None)
@given(
    st.sampled_from(_SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), _PIECES), max_size=4),
)
def test_exports_with_anything_in_them(seed: str, changes: list[tuple[float, int, str]]) -> None:
    for place, length, piece in changes:
        at = int(place * len(seed))
        seed = seed[:at] + piece + seed[at + length :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.xml")
        path.write_bytes(seed.encode("utf-8", "surrogatepass"))
        _read(path)


@settings(max_examples=examples(1000, 60), deadline=None)
@given(
    st.sampled_from(["_config.yml", "hugo.yaml", ".eleventy.js"]),
    st.lists(_HEADER, min_size=4, max_size=4),
)
def test_folders_with_anything_in_their_headers(settings_file: str, headers: list[str]) -> None:
    start = "content/" if settings_file.startswith("hugo") else ""
    names = ["_posts/2016-05-03-a.md", "posts/b/index.md", "about.md"]
    with tempfile.TemporaryDirectory() as folder:
        for name, header in zip([settings_file, *names], headers, strict=True):
            path = Path(folder, name if name == settings_file else start + name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(header if name == settings_file else f"---\n{header}---\nText.\n")
        _read(Path(folder))
