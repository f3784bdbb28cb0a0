"""`make community` as a councillor uses it, with the sites on the loopback."""

from __future__ import annotations

import os
import pty
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.community_cases import NEW, ROTTEN, TITLE
from office.community_sites import LocalSites, Served, feed_link, local_sites, page, rss
from support import TODAY, run, write_site
from wardblog.model import CommunitySite
from wardblog.office.community.inspect_site import SiteReport, Verdict
from wardblog.office.community.update import inspect_all
from wardblog.problems import CommandError


@pytest.fixture(scope="module")
def sites() -> Iterator[LocalSites]:
    with local_sites() as found:
        found.put("/", page(TITLE, head=feed_link("/feed")))
        found.put("/feed", rss(NEW))
        for path, answer in ROTTEN["another path"][0].items():
            found.put(path, answer)
        found.put("/no", Served("", 403))
        yield found


def listed(sites: LocalSites, *paths: str) -> str:
    entries = (
        f'[[site]]\nname = "Sample Walker {number}"  # ours\nurl = "{sites.base}{path}"\n'
        f'kind = "blog"\nchecked = 2026-10-01\n'
        for number, path in enumerate(paths, 1)
    )
    return "# Our neighbours\n" + "\n".join(entries)


@pytest.fixture
def content(tmp_path: Path, sites: LocalSites) -> Path:
    text = listed(sites, "/", "/gone", "/old/walks", "/no")
    return write_site(tmp_path / "content", {"community.toml": text})


def checked(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run("community", "--content", str(content), *words, cwd=content.parent)


def answered(content: Path, answers: str) -> subprocess.CompletedProcess[str]:
    controller, terminal = pty.openpty()
    try:
        os.write(controller, answers.encode())
        return run("community", "--content", str(content), cwd=content.parent, stdin=terminal)
    finally:
        os.close(controller)
        os.close(terminal)


def test_it_says_whom_it_asks_and_asks_nobody_without_an_answer(
    content: Path, sites: LocalSites
) -> None:
    sites.asked.clear()
    done = checked(content)
    host = sites.base.removeprefix("http://")
    assert (
        f"This opens 4 local sites and their feeds, one after the other:\n  {host}\n" in done.stdout
    )
    assert (done.returncode, sites.asked) == (1, [])
    assert "Nobody was asked, since there is no terminal to answer on." in done.stderr
    assert "FORCE=1" in done.stderr
    assert answered(content, "no\n").returncode == 1
    assert sites.asked == []


def test_it_reports_first_and_writes_after_yes(content: Path, sites: LocalSites) -> None:
    before = (content / "community.toml").read_text(encoding="utf-8")
    refused = answered(content, "yes\nno\n")
    assert (refused.returncode, refused.stderr) == (1, "The list was not changed.\n")
    assert (content / "community.toml").read_text(encoding="utf-8") == before
    done = answered(content, "yes\nyes\n")
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert (
        "Look at these:\n"
        "  content/community.toml:10: Sample Walker 2: the page is not there any more (the site "
        f"answered 404)\n    {sites.base}/gone\n    Correct the address, or remove the entry.\n"
        f"  content/community.toml:16: Sample Walker 3: it is at {sites.base}/new/walks now\n"
    ) in said
    assert "Could not be checked:\n  content/community.toml:22: Sample Walker 4:" in said
    assert f"1 site as before:\n  Sample Walker 1 (its feed is at {sites.base}/feed)\n" in said
    after = (content / "community.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(after)["site"]
    assert [str(one["checked"]) for one in entries] == [
        "2026-11-22", "2026-10-01", "2026-11-22", "2026-10-01",
    ]  # fmt: skip
    assert entries[0]["feed"] == f"{sites.base}/feed"
    assert entries[2]["url"] == f"{sites.base}/new/walks"
    kept = {line for line in before.splitlines() if "checked" not in line and "/old/" not in line}
    assert kept <= set(after.splitlines())


def test_force_writes_without_asking_and_twice_changes_nothing(
    tmp_path: Path, sites: LocalSites
) -> None:
    content = write_site(tmp_path / "content", {"community.toml": listed(sites, "/")})
    assert checked(content, "--force").returncode == 0
    first = (content / "community.toml").read_bytes()
    assert b"checked = 2026-11-22" in first
    done = checked(content, "--force")
    assert done.stdout.endswith("There is nothing to change in the list.\n")
    assert (content / "community.toml").read_bytes() == first


def test_without_sites_it_says_how_to_list_them(tmp_path: Path) -> None:
    done = checked(write_site(tmp_path / "content"))
    assert done.returncode == 0
    assert "There are no local sites to check." in done.stdout
    assert "  [[site]]\n" in done.stdout


def test_a_mistake_in_the_list_stops_it(tmp_path: Path, sites: LocalSites) -> None:
    sites.asked.clear()
    text = listed(sites, "/").replace("kind", "knid")
    done = checked(write_site(tmp_path / "content", {"community.toml": text}), "--force")
    assert (done.returncode, sites.asked) == (1, [])
    assert 'community.toml:5: there is no key called "knid"' in done.stderr


def test_without_a_network_no_site_is_called_dead() -> None:
    two = [CommunitySite(name=n, url=f"https://{n}.example.org/", kind="blog") for n in "ab"]
    with pytest.raises(CommandError, match="there seems to be no network"):
        inspect_all(two, TODAY, inspect=lost)
    (report,) = inspect_all(two[:1], TODAY, inspect=lost)
    assert report.verdict is Verdict.DEAD
    seen: list[str] = []
    inspect_all(two[:1], TODAY, watch=lambda words, *_: seen.append(words), inspect=lost)
    assert seen == ["Looking at a", "Looking at the sites"]


def lost(site: CommunitySite, *_: object) -> SiteReport:
    return SiteReport(site=site, verdict=Verdict.DEAD, is_lost=True)
