"""Every target, against the real thing on the loopback: nobody meets half a site, ever.

A small site and few repetitions; `python -m publish.endurance` does the same with many.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish import driver
from publish.endurance import (
    PLACES,
    WITHOUT_RELEASES,
    all_visits,
    differences,
    killed_publishes,
    place_called,
    publish,
    publish_here,
    visited_publishes,
    visited_rsync,
    write_version,
)
from publish.servers import Place
from support import files_of, mostly_long
from wardblog.publish import CommandError, Identity, roll_back, show_rollback, target_of
from wardblog.publish.plan import PublishPlan

PAGES = 6
# The driver's publishes name no site, and so may be of this one.
SITE = Identity("https://ward.example.org", "A ward blog")


@pytest.fixture(scope="module", params=mostly_long(PLACES, "folder", "s3", "git"))
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with (
        place_called(request.param, tmp_path_factory.mktemp(request.param)) as found,
        pytest.MonkeyPatch.context() as patched,
    ):
        for name, value in found.environment.items():
            patched.setenv(name, value)
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def send(place: Place, site: Path) -> PublishPlan:
    return driver.publish(place.settings, site, site.with_name(".wardblog"))


def test_no_page_view_breaks_during_a_publish(place: Place, site: Path) -> None:
    met = visited_publishes(place, site, PAGES, 2, publish_here)
    assert met.broken == []
    assert met.count > 50


def test_the_same_page_views_break_with_plain_rsync(tmp_path: Path) -> None:
    """So the test above can fail."""
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    assert visited_rsync(tmp_path, 200, 3).broken


def test_a_killed_publish_leaves_a_complete_site_and_the_next_finishes_it(
    place: Place, site: Path
) -> None:
    assert killed_publishes(place, site, PAGES, 2) == []


def test_the_same_site_built_elsewhere_sends_nothing(
    place: Place, site: Path, tmp_path: Path
) -> None:
    write_version(site, PAGES, 50)
    send(place, site)
    elsewhere = tmp_path / "elsewhere"
    write_version(elsewhere, PAGES, 50)
    for file in elsewhere.rglob("*"):
        os.utime(file, (2e9, 2e9))
    plan = send(place, elsewhere)
    assert plan.is_empty
    assert (plan.sent, plan.size) == ((), 0)


def test_an_edit_sends_the_files_whose_bytes_changed(place: Place, site: Path) -> None:
    write_version(site, PAGES, 51)
    send(place, site)
    page = site / "2026/11/post-3/index.html"
    page.write_text(page.read_text().replace("roads", "trees"))
    assert send(place, site).sent == ("2026/11/post-3/index.html",)
    with place.visitor() as get:
        assert differences(get, site) == []


def test_a_rollback_restores_the_previous_release(place: Place, site: Path) -> None:
    write_version(site, PAGES, 60)
    send(place, site)
    before = shutil.copytree(site, site.with_name("before"))
    write_version(site, PAGES, 61)
    send(place, site)
    if place.name in WITHOUT_RELEASES:
        with pytest.raises(CommandError, match="keeps no earlier releases"):
            target_of(place.settings).rollback()
        return
    shown = show_rollback(target_of(place.settings), SITE)
    assert "/2026/11/post-1/" in [page["address"] for page in shown.pages["changed"]]
    assert shown.live_since
    assert shown.before_since
    with place.visitor() as get:
        assert differences(get, site) == []
    with pytest.raises(CommandError, match="Something has changed since this was shown"):
        roll_back(target_of(place.settings), SITE, "0" * 32)
    roll_back(target_of(place.settings), SITE, shown.digest)
    with place.visitor() as get:
        assert differences(get, before) == []
        assert not any(all_visits(get, PAGES))
        gone = set(files_of(site)) - set(files_of(before))
        assert {path for path in gone if path.endswith(".html") and get(path) is not None} == set()
        send(place, site)
        assert differences(get, site) == []


def test_two_publishes_at_once_leave_a_complete_site(
    place: Place, site: Path, tmp_path: Path
) -> None:
    """From two machines: the lock that one machine has for itself does not help."""
    write_version(site, PAGES, 70)
    send(place, site)
    other = tmp_path / "other"
    write_version(site, PAGES, 71)
    write_version(other / "site", PAGES, 72)
    said: list[tuple[int, str]] = []
    threads = [
        threading.Thread(target=lambda folder=folder: said.append(publish(place, folder)))
        for folder in (site, other / "site")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [words for status, words in said if status]
    assert len(refused) <= 1
    assert all("just now" in words for words in refused)
    with place.visitor() as get:
        assert not any(all_visits(get, PAGES))
        assert not (differences(get, site) and differences(get, other / "site"))
