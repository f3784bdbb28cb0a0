"""A list of what is live may come from anybody: it is believed as a whole, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import driver
from publish.test_in_place import Memory
from support import run, write_files, write_site
from wardblog.model import PublishSettings
from wardblog.publish import CommandError, manifest, target_of
from wardblog.publish.in_place import MANIFEST, UNFINISHED, read_live_manifest
from wardblog.publish.lock import LockHolder
from wardblog.publish.manifest import FileEntry, SiteManifest

GOOD = SiteManifest(
    {
        "a/index.html": FileEntry(
            digest="ab" * 32,
            size=3,
            mtime=1_700_000_000,
            media_type="text/html",
            is_compressed=True,
        )
    },
    {"x": 5},
)
ENTRY = '["abc", 3, 1700000000, "text/html", false]'


def with_entry(path: str = '"a.html"', entry: str = ENTRY) -> str:
    return f'{{"version": 1, "files": {{{path}: {entry}}}, "retired": {{}}}}'


BAD = [
    "",
    "{",
    "null",
    "[" * 200_000,
    '{"a":' * 200_000,
    '{"version": 2, "files": {}, "retired": {}}',
    '{"version": 1, "files": [], "retired": {}}',
    '{"version": 1, "files": {}, "retired": []}',
    '{"version": 1, "files": {}, "retired": {"a": 1e999}}',
    '{"version": 1, "files": {}, "retired": {"a": null}}',
    with_entry(entry='["abc", 1e999, 1, "text/html", false]'),
    with_entry(entry='["abc", NaN, 1, "text/html", false]'),
    with_entry(entry='["abc", -Infinity, 1, "text/html", false]'),
    with_entry(entry='["abc", 3.5, 1, "text/html", false]'),
    with_entry(entry='["abc", -1, 1, "text/html", false]'),
    with_entry(entry='["abc", true, 1, "text/html", false]'),
    with_entry(entry='["abc", "3", 1, "text/html", false]'),
    with_entry(entry=f'["abc", {"9" * 5000}, 1, "text/html", false]'),
    with_entry(entry=f'["abc", 1, {"9" * 30}, "text/html", false]'),
    with_entry(entry='["../x", 3, 1, "text/html", false]'),
    with_entry(entry='["abc", 3, 1, 7, false]'),
    with_entry(entry='["abc", 3, 1, "text/html", "no"]'),
    with_entry(entry='["abc", 3]'),
    with_entry(entry="{}"),
    *(
        with_entry(path)
        for path in (
            '""', '"/etc/passwd"', '"../x"', '"a/../../x"', '"a//b"', '"./a"', '"a/"',
            '"a\\u0000b"', '"a\\u001b[31mb"', '"a\\nb"', '"\\ud800"', f'"{"a" * 3000}"',
        )
    ),
    f'{{"version": 1, "files": {{"a": {ENTRY}, "a": {ENTRY}}}, "retired": {{}}}}',
]  # fmt: skip


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_a_manifest_with_one_error_is_rejected(text: str) -> None:
    assert SiteManifest.from_json(text.encode()) is None


def test_a_valid_manifest_is_read_as_written() -> None:
    assert SiteManifest.from_json(GOOD.to_json()) == GOOD
    assert SiteManifest.from_json(with_entry().encode()) is not None


def test_a_manifest_that_is_too_long_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    text = GOOD.to_json()
    monkeypatch.setattr(manifest, "MOST_BYTES", len(text) - 1)
    assert SiteManifest.from_json(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


def manifest_like(parts: tuple[object, object, object]) -> bytes:
    files, retired, site = parts
    said = {"version": 1, "files": {"a": files}, "retired": retired, "site": site}
    return json.dumps(said).encode()


@given(st.binary(max_size=60) | st.tuples(JSON, JSON, JSON).map(manifest_like))
def test_no_content_of_a_manifest_crashes_the_reader(text: bytes) -> None:
    SiteManifest.from_json(text)
    LockHolder.from_json(text)


@pytest.mark.parametrize("name", [MANIFEST, UNFINISHED])
@pytest.mark.parametrize("text", [BAD[3], BAD[10]])
def test_a_store_with_an_unreadable_manifest_is_not_changed(name: str, text: str) -> None:
    store = Memory()
    store.files[name] = text.encode()
    with pytest.raises(CommandError) as no:
        read_live_manifest(store)
    assert str(no.value) == f"The list of published files in the memory cannot be read ({name})"
    assert store.files == {name: text.encode()}


@pytest.mark.parametrize("text", [BAD[3], BAD[10], BAD[30]])
def test_a_folder_with_an_unreadable_manifest_is_read_from_its_files(
    tmp_path: Path, text: str
) -> None:
    site = write_files(tmp_path / "site", {"index.html": "<html>one</html>"})
    settings = PublishSettings(path=str(tmp_path / "public"))
    driver.publish(settings, site, tmp_path / ".wardblog")
    (tmp_path / "public.releases/1.json").write_text(text)
    assert target_of(settings).live().files.keys() == {"index.html"}
    write_files(site, {"index.html": "<html>two</html>"})
    driver.publish(settings, site, tmp_path / ".wardblog")
    assert (tmp_path / "public/index.html").read_text() == "<html>two</html>"


def test_text_from_a_live_manifest_cannot_control_the_terminal(tmp_path: Path) -> None:
    """A page title or an address there may have been written by anybody."""
    write_site(tmp_path / "content")
    assert run("publish", cwd=tmp_path).returncode == 0
    for name in ("public.releases/1.json", "public/.wardblog-release"):
        file = tmp_path / name
        said = json.loads(file.read_text())
        said["site"] = {"url": "https://x.invalid.uk/\x1b[2J", "title": "Boo\x07\u202eevil"}
        file.write_text(json.dumps(said))
    write_site(
        tmp_path / "content",
        {"posts/more.md": "Title: More\nDate: 2026-11-01\nTags: general\n\nText."},
    )
    done = run("publish", cwd=tmp_path, CI="")
    assert done.returncode == 1
    assert '"Boo\\x07\\u202eevil" (https://x.invalid.uk/\\x1b[2J)' in done.stderr
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
