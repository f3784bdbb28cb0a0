"""The list of other local sites in community.toml: read, refused with a line, and edited."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import MARKDOWN, ROOT, TODAY, read_all, read_fine, write_site
from wardblog.content import read_site
from wardblog.content.community import plain_address, read_community
from wardblog.content.toml.edit import with_entries
from wardblog.model import COMMUNITY_KINDS
from wardblog.problems import CommandError, Severity
from wardblog.report import Report
from wardblog.scaffold import start_own
from wardblog.views import outputs

ENTRY = """\
[[site]]
name = "Sample Street News"
url = "https://news.example.org/"
kind = "news"
feed = "https://news.example.org/feed.xml"
about = "Shops and planning."
rules = "Letters of 200 words."
when = "Before Thursday"
checked = 2026-11-07
"""
SAMPLE = (ROOT / "content/community.toml").read_bytes()


def refused(text: str) -> list[str]:
    report = Report("community.toml")
    read_community(text, report)
    return [f"{one.line}: {one.message} | {one.hint}" for one in report.problems]


def test_an_entry_is_read_with_its_lines(tmp_path: Path) -> None:
    (one,) = read_fine(tmp_path, {"community.toml": ENTRY}).community
    assert (one.name, one.kind, one.feed) == (
        "Sample Street News", "news", "https://news.example.org/feed.xml",
    )  # fmt: skip
    assert (one.about, one.rules, one.when) == (
        "Shops and planning.", "Letters of 200 words.", "Before Thursday",
    )  # fmt: skip
    assert one.checked == date(2026, 11, 7)
    assert (one.line, one.line_of("url"), one.line_of("allow")) == (1, 3, 1)


def test_the_file_may_be_missing_or_empty(tmp_path: Path) -> None:
    assert read_fine(tmp_path / "a").community == ()
    assert read_fine(tmp_path / "b", {"community.toml": "# later\n"}).community == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about =", "abouut =", '6: there is no key called "abouut" in [site] | Did you mean'),
        ('"news"', '"foram"', '4: "kind" cannot be "foram" | Did you mean "forum"? It is one of:'),
        ('kind = "news"\n', "", '1: [site] has no "kind"'),
        ('name = "Sample Street News"\n', "", '1: [site] has no "name"'),
        ("https://news.example.org/\"", 'news.example.org"', "3: "),
        ("2026-11-07", '"last week"', '9: cannot read "checked" as a date'),
        ("[[site]]", "[[sites]]", '1: there is no table called [sites] | Did you mean "site"?'),
        ("[[site]]", "[[site]", "1: cannot read this line"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_line(old: str, new: str, said: str) -> None:
    found = refused(ENTRY.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(said)


def test_entries_with_single_brackets_are_explained() -> None:
    twice = ENTRY.replace("[[", "[").replace("]]", "]") * 2
    (said,) = refused(twice)
    assert said.startswith("1: [site] needs two brackets on each side | Write [[site]] each time")


def test_the_same_address_twice_is_reported() -> None:
    other = ENTRY.replace('https://news.example.org/"', 'http://www.News.example.org"')
    (said,) = refused(ENTRY + other)
    assert said.startswith(
        '12: "http://www.News.example.org" is listed twice; the first is on line 3'
    )
    assert plain_address("https://a.example/B/") != plain_address("https://a.example/b/")


def test_personal_data_is_found_in_what_is_published_and_in_the_notes(tmp_path: Path) -> None:
    text = ENTRY.replace("Shops and planning.", "Ring Anna on 07700 900123.").replace(
        "Letters of 200 words.", "Ask anna.sample@gmail.com first."
    )
    _, problems = read_all(write_site(tmp_path, {"community.toml": text}))
    found = [(p.rule, p.file, p.line) for p in problems]
    assert found == [("personal-data", "community.toml", line) for line in (6, 7)]


def test_a_council_is_not_listed_between_the_notice_and_the_poll(tmp_path: Path) -> None:
    council = ENTRY.replace('https://news.example.org/"', 'https://www.wandsworth.gov.uk/news"')
    with_mail = council.replace("Shops and planning.", "Or write to news@wandsworth.gov.uk")
    election = "\n[election]\nnotice = 2026-11-01\npoll = 2026-12-10\n"
    allow = '\n[guard]\nallow = ["news@wandsworth.gov.uk"]\n'
    site, problems = read_all(write_site(tmp_path, {"community.toml": council}))
    assert (len(site.community), problems) == (1, [])
    ward = (tmp_path / "ward.toml").read_text(encoding="utf-8") + election + allow
    files = {"ward.toml": ward, "community.toml": with_mail}
    _, problems = read_all(write_site(tmp_path, files))
    assert {(p.rule, p.line) for p in problems if p.severity is Severity.STOP} == {
        ("election-link", 3), ("election-email", 6),
    }  # fmt: skip
    answered = council + 'allow = "it says how to vote"\n'
    _, problems = read_all(write_site(tmp_path, {"ward.toml": ward, "community.toml": answered}))
    assert not [p for p in problems if p.severity is Severity.STOP]


def test_a_change_of_the_file_is_noticed(tmp_path: Path) -> None:
    write_site(tmp_path, {"community.toml": ENTRY})
    first = read_site(tmp_path, TODAY, MARKDOWN)
    again = read_site(tmp_path, TODAY, MARKDOWN, cache=first.cache)
    assert again.site.community == first.site.community
    (tmp_path / "community.toml").write_text(ENTRY.replace("Street", "Road"), encoding="utf-8")
    changed = read_site(tmp_path, TODAY, MARKDOWN, cache=first.cache)
    assert changed.site.community[0].name == "Sample Road News"
    (tmp_path / "community.toml").unlink()
    assert read_site(tmp_path, TODAY, MARKDOWN, cache=changed.cache).site.community == ()


def test_only_the_page_and_the_list_are_made_from_it(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"community.toml": ENTRY})
    other = replace(site, community=(replace(site.community[0], about="Something else."),))
    needs = [
        {o.path: (o.part, o.extra) for o in outputs(one) if not o.path.endswith(".png")}
        for one in (site, other)
    ]
    changed = {path for path, value in needs[0].items() if value != needs[1][path]}
    assert changed == {"community/index.html", "community.opml"}
    notes = replace(site.community[0], rules="Others.", when="Never", checked=TODAY, lines={})
    parts = [
        [repr((o.part, o.extra)) for o in outputs(one)]
        for one in (site, replace(site, community=(notes,)))
    ]
    assert parts[0] == parts[1]


CHANGES: dict[tuple[int, str], str | date] = {
    (0, "checked"): date(2026, 11, 29),
    (2, "feed"): "https://forum.example.org/latest.rss",
    (4, "url"): "https://new.example.org/",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_entry_is_changed_and_every_other_line_stays(end: str, mark: bytes) -> None:
    before = mark + SAMPLE.replace(b"\n", end.encode())
    after = with_entries(before, "site", CHANGES, "community.toml")
    old, new = before.split(b"\n"), after.split(b"\n")
    added = next(n for n, line in enumerate(new) if b"latest.rss" in line)
    assert new[added] == b'feed = "https://forum.example.org/latest.rss"' + end[:-1].encode()
    del new[added]
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert [b.strip() for _, b in differing] == [
        b"checked = 2026-11-29", b'url = "https://new.example.org/"',
    ]  # fmt: skip
    sites = tomllib.loads(after.decode("utf-8-sig"))["site"]
    assert [sites[number][key] for number, key in CHANGES] == list(CHANGES.values())


def test_a_comment_behind_a_day_stays_and_what_cannot_be_edited_is_refused() -> None:
    text = b"[[site]]\nchecked = 2026-01-01   # by Anna\n\n[[site]]\n"
    changes: dict[tuple[int, str], str | date] = {(0, "checked"): date(2026, 2, 3)}
    assert with_entries(text, "site", changes, "x") == text.replace(b"01-01", b"02-03")
    inline = b'site = [{ name = "a", checked = 2026-01-01 }]\n'
    assert with_entries(inline, "site", changes, "x") == inline.replace(b"01-01", b"02-03")
    inline = b'site = "a"\n'
    with pytest.raises(CommandError, match="only you can change"):
        with_entries(inline, "site", changes, "community.toml")


@given(st.data())
def test_any_values_are_read_back(data: st.DataObject) -> None:
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    names = data.draw(st.lists(words, min_size=1, max_size=4))
    text = "".join(
        f"# {number}\n[[site]]\nname = 'n{number}'\nkind = \"news\"\n"
        for number in range(len(names))
    )
    changes: dict[tuple[int, str], str | date] = {
        (number, "name"): name for number, name in enumerate(names)
    }
    sites = tomllib.loads(with_entries(text.encode(), "site", changes, "x").decode())["site"]
    assert [site["name"] for site in sites] == names


def test_what_make_start_explains_is_valid(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    start_own(content)
    text = (content / "community.toml").read_text(encoding="utf-8")
    assert refused(text) == []
    written = "\n".join(
        line.removeprefix("# ") for line in text.splitlines() if " = " in line or "[[" in line
    )
    report = Report("community.toml")
    (one,) = read_community(written, report)
    assert not report.problems
    assert all((one.name, one.about, one.rules, one.when, one.feed, one.checked, one.allow))


def test_the_sample_lists_kinds_that_exist() -> None:
    report = Report("community.toml")
    kinds = {one.kind for one in read_community(SAMPLE.decode(), report)}
    assert not report.problems
    assert kinds <= set(COMMUNITY_KINDS)
    assert len(kinds) >= 4
