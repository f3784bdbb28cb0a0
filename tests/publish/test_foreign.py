"""What others put beside a site is theirs, whatever it looks like, also when it is killed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from publish import driver
from publish.endurance import killed_publishes, place_called
from publish.servers import S3_LOGIN, Place, bare_repository, make_bucket, s3_client, s3_server
from support import files_of, write_files
from wardblog.model import PublishSettings
from wardblog.publish import CommandError, target_of
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import build_manifest, files_below
from wardblog.publish.plan import compare
from wardblog.publish.release_mark import MARK, ReleaseMark
from wardblog.publish.staging import staged_files
from wardblog.publish.target import Hosting

PAGES = 8
# For those that a short run tries on a host as well, where a script does the work.
LONG_SSH = pytest.param("ssh", marks=pytest.mark.long)
on_both = pytest.mark.parametrize("place", ["folder", LONG_SSH], indirect=True, scope="module")
on_a_host = pytest.mark.parametrize("place", ["ssh"], indirect=True, scope="module")
OWN = Identity("https://ward.invalid.uk", "Robin's ward blog")
SAMPLE = Identity("https://ward.example.org", "Sample: a ward blog")


@pytest.fixture(scope="module", params=["folder", LONG_SSH])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A place with releases beside each other."""
    with (
        place_called(request.param, tmp_path_factory.mktemp(request.param)) as found,
        pytest.MonkeyPatch.context() as patched,
    ):
        for name, value in found.environment.items():
            patched.setenv(name, value)
        yield found


@pytest.fixture
def fresh(place: Place, tmp_path: Path) -> PublishSettings:
    return replace(place.settings, path=str(tmp_path / "www"), keep=2)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site", {"index.html": "<html>1</html>"})


def send(
    settings: PublishSettings, site: Path, words: str = "", identity: Identity | None = None
) -> None:
    """Publishes a site that says who it is, as the command does."""
    if words:
        write_files(site, {"index.html": f"<html>{words}</html>"})
    target = target_of(settings)
    with target.locked():
        built = replace(
            build_manifest(site, dict.fromkeys(files_below(site)), target.compresses), site=identity
        )
        plan = compare(built, target.live(), 1_000_000)
        with staged_files(site, plan, site.with_name(".wardblog")) as staged:
            target.send(staged, plan, lambda _: None)


def foreign_things(releases: Path, elsewhere: Path) -> dict[str, bytes]:
    """Folders and links that look like releases, or like what a publish leaves behind."""
    holiday = {"beach.jpg": "sand", "index.html": "<html>holiday</html>"}
    write_files(elsewhere, holiday)
    for name in ("1", "3", "7", "2026", "incoming-photos", ".switch-board", "public.new"):
        write_files(releases / name, holiday)
    for name in ("2", "4", "incoming-links"):
        (releases / name).symlink_to(elsewhere)
    write_files(releases, {"2.json": "{}", "5.json": '{"mine": 1}', "incoming-a.json": "x"})
    return {**files_of(releases), **files_of(elsewhere)}


def test_folders_that_look_like_releases_are_not_changed(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    releases, elsewhere = tmp_path / "www.releases", tmp_path / "elsewhere"
    before = foreign_things(releases, elsewhere)
    for words in ("one", "two", "three", "four"):
        send(fresh, site, words)
    assert (tmp_path / "www/index.html").read_text() == "<html>four</html>"
    after = {**files_of(releases), **files_of(elsewhere)}
    assert {name: after.get(name) for name in before} == before
    assert target_of(fresh).rollback().startswith("release ")
    assert (tmp_path / "www/index.html").read_text() == "<html>three</html>"
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(fresh).rollback()
    assert (tmp_path / "www/index.html").read_text() == "<html>three</html>"


def test_a_copy_of_a_release_is_not_ours(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    send(fresh, site, "one")
    releases = tmp_path / "www.releases"
    for name in ("9", "incoming-backup", "01", "٣"):
        shutil.copytree(releases / "1", releases / name)
    shutil.copy(releases / "1.json", releases / "9.json")
    for words in ("two", "three", "four"):
        send(fresh, site, words)
    for name in ("9", "incoming-backup", "01", "٣"):
        assert (releases / name / "index.html").read_text() == "<html>one</html>"
    assert sorted(p.name for p in releases.glob("[2-9]")) == ["3", "4", "9"]


@on_both
def test_a_release_that_was_replaced_by_a_link_is_not_followed(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    send(fresh, site, "one")
    send(fresh, site, "two")
    releases, elsewhere = tmp_path / "www.releases", tmp_path / "elsewhere"
    shutil.move(releases / "1", elsewhere)
    (releases / "1").symlink_to(elsewhere)
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(fresh).rollback()
    for words in ("three", "four", "five"):
        send(fresh, site, words)
    assert (elsewhere / "index.html").read_text() == "<html>one</html>"
    assert (releases / "1").is_symlink()


def test_a_link_inside_a_release_is_deleted_but_not_its_target(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    send(fresh, site, "one")
    write_files(tmp_path / "elsewhere", {"beach.jpg": "sand"})
    (tmp_path / "www.releases/1/more").symlink_to(tmp_path / "elsewhere")
    for words in ("two", "three", "four"):
        send(fresh, site, words)
    assert not (tmp_path / "www.releases/1").exists()
    assert files_of(tmp_path / "elsewhere") == {"beach.jpg": b"sand"}


@on_both
def test_files_that_somebody_else_adds_to_the_live_site_stay(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    """As those do who prove to a search engine, or for a certificate, that a site is theirs."""
    send(fresh, site, "one")
    theirs = {
        "google1.html": "proof", ".well-known/acme-challenge/a": "b", "posts/a b/ü.pdf": "c",
        "about": "in our way",
    }  # fmt: skip
    write_files(tmp_path / "www", theirs)
    (tmp_path / "www/.well-known").chmod(0o711)
    (tmp_path / "www/link").symlink_to("nowhere")
    write_files(site, {"about/index.html": "<html>about</html>", "posts/index.html": "<html>"})
    for words in ("two", "three", "four"):
        send(fresh, site, words)
    found = files_of(tmp_path / "www")
    del theirs["about"]
    assert {name: found[name].decode() for name in theirs} == theirs
    assert found["about/index.html"] == b"<html>about</html>"
    assert (tmp_path / "www/link").is_symlink()
    assert (tmp_path / "www/.well-known").stat().st_mode & 0o777 == 0o711
    (site / "posts/index.html").unlink()
    send(fresh, site, "five")
    assert not (tmp_path / "www/posts/index.html").exists()
    assert (tmp_path / "www/posts/a b/ü.pdf").is_file()


def test_a_link_in_place_of_the_releases_folder_is_refused(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    write_files(tmp_path / "elsewhere", {"1/beach.jpg": "sand"})
    (tmp_path / "www.releases").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match=r"is a link"):
        send(fresh, site, "one")
    assert files_of(tmp_path / "elsewhere") == {"1/beach.jpg": b"sand"}
    assert not (tmp_path / "www").exists()


def test_a_link_to_a_folder_of_somebody_else_is_not_switched(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    write_files(tmp_path / "www.releases/2026", {"index.html": "holiday"})
    (tmp_path / "www").symlink_to("www.releases/2026")
    with pytest.raises(CommandError, match="was not changed"):
        send(fresh, site, "one")
    assert (tmp_path / "www/index.html").read_text() == "holiday"


def test_web_server_settings_that_somebody_else_wrote_stay(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    write_files(tmp_path, {"www.nginx.conf": "server { }\n"})
    ours = '# Written by "make publish"\nindex index.html;\n'
    snippets = {"nginx.conf": ours, "apache.conf": ours}
    target = target_of(fresh, Hosting(snippets=snippets))
    with target.locked():
        plan = driver.plan_of(target, site)
        with staged_files(site, plan, tmp_path / ".wardblog") as staged:
            target.send(staged, plan, lambda _: None)
    assert (tmp_path / "www.nginx.conf").read_text() == "server { }\n"
    assert (tmp_path / "www.apache.conf").read_text() == ours


def test_files_of_others_survive_killed_publishes(place: Place, tmp_path: Path) -> None:
    """Half-made and half-deleted releases are tidied away; what is not ours never is."""
    releases = Path(f"{place.settings.path}.releases")
    before = foreign_things(releases, tmp_path / "elsewhere")
    small = replace(place, settings=replace(place.settings, keep=2))
    assert killed_publishes(small, tmp_path / "site", PAGES, 3) == []
    after = {**files_of(releases), **files_of(tmp_path / "elsewhere")}
    assert {name: after.get(name) for name in before} == before
    ours = [p for p in releases.iterdir() if (p / MARK).is_file() and not p.is_symlink()]
    assert len(ours) <= 2
    assert all(p.name.isdecimal() for p in ours)


def test_releases_of_another_site_do_not_count(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    send(fresh, site, "sample", SAMPLE)
    send(fresh, site, "one", OWN)
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(fresh).rollback(OWN)
    renamed = replace(OWN, title="Robin and Sam's ward blog")
    send(replace(fresh, keep=5), site, "two", renamed)
    with pytest.raises(CommandError, match=r"a different one: .Robin and Sam's ward blog"):
        target_of(fresh).rollback(SAMPLE)
    assert target_of(fresh).rollback(renamed).startswith("release ")
    assert (tmp_path / "www/index.html").read_text() == "<html>one</html>"


def test_releases_of_an_earlier_version_are_adopted(site: Path, tmp_path: Path) -> None:
    """They had no mark: a folder whose files are all written down gets one, others never."""
    settings = PublishSettings(path=str(tmp_path / "www"), keep=2)
    for words in ("one", "two"):
        send(settings, site, words)
    releases = tmp_path / "www.releases"
    for number in (1, 2):
        (releases / str(number) / MARK).unlink()
    write_files(releases / "1", {"beach.jpg": "sand"})  # so it is not only ours any more
    send(settings, site, "three")
    send(settings, site, "four")
    assert sorted(p.name for p in releases.glob("[0-9]")) == ["1", "3", "4"]
    assert (releases / "1/beach.jpg").read_text() == "sand"


@pytest.mark.long
@on_a_host
def test_a_live_release_of_an_earlier_version_on_a_host_is_recognised(
    fresh: PublishSettings, site: Path, tmp_path: Path
) -> None:
    send(fresh, site, "one")
    (tmp_path / "www.releases/1" / MARK).unlink()
    send(fresh, site, "two")
    assert (tmp_path / "www/index.html").read_text() == "<html>two</html>"
    assert not (tmp_path / "www.releases/1" / MARK).exists()
    for words in ("three", "four"):
        send(fresh, site, words)
    assert (tmp_path / "www.releases/1").is_dir()


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[" * 200_000, b'{"wardblog": "release"}', b"[1]", b"null", b"\xff",
     b'{"wardblog": "release", "number": 1e999, "incoming": "", "site": null}',
     b'{"wardblog": "release", "number": 8, "incoming": "8", "site": null}',
     b'{"wardblog": "release", "number": true, "incoming": "7", "site": null}'],
)  # fmt: skip
def test_an_invalid_mark_is_ignored(text: bytes) -> None:
    assert ReleaseMark.from_json(text, "7") is None
    good = ReleaseMark(7, OWN, "incoming-x")
    read = [ReleaseMark.from_json(good.to_json(), name) for name in ("7", "incoming-x")]
    assert read == [good, good]


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with s3_server() as endpoint, pytest.MonkeyPatch.context() as patched:
        for name, value in S3_LOGIN.items():
            patched.setenv(name, value)
        yield endpoint


@pytest.mark.long
def test_a_file_in_a_bucket_that_is_not_ours_is_not_overwritten(store: str, site: Path) -> None:
    make_bucket(store, "shared")
    client = s3_client(store)
    client.put_object(Bucket="shared", Key="ward/robots.txt", Body=b"mine")
    write_files(site, {"robots.txt": "ours"})
    settings = PublishSettings(to="s3", endpoint=store, bucket="shared", prefix="ward")
    with pytest.raises(CommandError, match=r"There is a file robots.txt in the bucket shared/ward"):
        send(settings, site, "one")
    assert client.get_object(Bucket="shared", Key="ward/robots.txt")["Body"].read() == b"mine"
    assert client.list_objects_v2(Bucket="shared", Prefix="ward/i").get("Contents", []) == []


@pytest.mark.long
def test_a_bucket_only_rolls_back_to_releases_of_this_site(store: str, site: Path) -> None:
    make_bucket(store, "moved", keeps_versions=True)
    settings = PublishSettings(to="s3", endpoint=store, bucket="moved")
    send(settings, site, "sample", SAMPLE)
    send(settings, site, "one", OWN)
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(settings).rollback(OWN)
    send(settings, site, "two", OWN)
    target_of(settings).rollback(OWN)
    client = s3_client(store)
    page = client.get_object(Bucket="moved", Key="index.html")["Body"].read()
    assert page == b"<html>one</html>"


@pytest.mark.long
@pytest.mark.parametrize("host", ["ward-sftp"])
def test_a_file_of_the_same_name_in_an_sftp_folder_is_not_overwritten(
    tmp_path: Path, site: Path, host: str
) -> None:
    with (
        place_called("sftp", tmp_path / "place") as place,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setenv("RSYNC_RSH", place.environment["RSYNC_RSH"])
        settings = replace(place.settings, path=str(tmp_path / "www"), host=host)
        write_files(tmp_path / "www", {"robots.txt": "mine", "cgi-bin/x": "mine"})
        write_files(site, {"robots.txt": "ours"})
        with pytest.raises(CommandError, match=r"There is a file robots\.txt in"):
            send(settings, site, "one")
        assert files_of(tmp_path / "www")["robots.txt"] == b"mine"
        (site / "robots.txt").unlink()
        send(settings, site, "one")
        shown = {n for n in files_of(tmp_path / "www") if not n.startswith(".wardblog")}
        assert shown == {"robots.txt", "cgi-bin/x", "index.html"}


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Reads a file of the branch; empty where there is none."""
    monkeypatch.chdir(tmp_path)
    bare_repository(tmp_path / "remote.git")

    def show(name: str) -> str:
        command = ["git", f"--git-dir={tmp_path}/remote.git", "show", f"gh-pages:{name}"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    return show


def commit(folder: Path, files: dict[str, str]) -> None:
    """Adds files to the branch by hand."""
    clone, remote = folder / f"clone-{len(list(folder.iterdir()))}", folder / "remote.git"
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    if list((remote / "refs/heads").iterdir()):
        subprocess.run([*git, "clone", "-q", "-b", "gh-pages", str(remote), str(clone)], check=True)
    else:
        subprocess.run([*git, "init", "-q", "-b", "gh-pages", str(clone)], check=True)
    write_files(clone, files)
    for words in (
        ("add", "-A"),
        ("commit", "-qm", "By hand"),
        ("push", "-q", str(remote), "gh-pages"),
    ):
        subprocess.run([*git, *words], cwd=clone, check=True, capture_output=True)


def test_a_branch_of_somebody_else_is_refused(
    branch: Callable[[str], str], site: Path, tmp_path: Path
) -> None:
    commit(tmp_path, {"index.html": "holiday"})
    settings = PublishSettings(to="git", remote=str(tmp_path / "remote.git"))
    with pytest.raises(CommandError, match="has files that were not published from here"):
        send(settings, site, "one")
    assert branch("index.html") == "holiday"


def test_files_that_others_add_to_a_branch_stay(
    branch: Callable[[str], str], site: Path, tmp_path: Path
) -> None:
    settings = PublishSettings(to="git", remote=str(tmp_path / "remote.git"))
    send(settings, site, "one", OWN)
    commit(tmp_path, {"google123.html": "verified", "new.html": "mine"})
    send(settings, site, "two", OWN)
    assert branch("google123.html") == "verified"
    write_files(site, {"new.html": "ours"})
    with pytest.raises(CommandError, match=r"There is a file new.html in the branch gh-pages"):
        send(settings, site, "three", OWN)
    target_of(settings).rollback(OWN)
    assert branch("index.html") == "<html>one</html>"
    assert (branch("google123.html"), branch("new.html")) == ("verified", "mine")


def test_a_branch_only_rolls_back_to_publishes_of_this_site(
    branch: Callable[[str], str], site: Path, tmp_path: Path
) -> None:
    settings = PublishSettings(to="git", remote=str(tmp_path / "remote.git"))
    send(settings, site, "sample", SAMPLE)
    send(settings, site, "one", OWN)
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(settings).rollback(OWN)
    send(settings, site, "two", OWN)
    target_of(settings).rollback(OWN)
    assert branch("index.html") == "<html>one</html>"
    assert json.loads(branch(".wardblog.json"))["site"] == OWN.values


@pytest.mark.parametrize(("now", "left"), [("", ""), ("new.example.org", "new.example.org\n")])
def test_the_domain_of_the_old_address_is_removed(
    branch: Callable[[str], str], site: Path, tmp_path: Path, now: str, left: str
) -> None:
    settings = PublishSettings(to="git", remote=str(tmp_path / "remote.git"))
    for number, domain in enumerate(("ward.invalid.uk", now or "robin.github.io")):
        write_files(site, {"index.html": str(number)})
        target = target_of(settings, Hosting(domain=domain))
        built = replace(build_manifest(site, {"index.html": None}, compresses=False), site=OWN)
        target.send(site, compare(built, target.live(), 1), lambda _: None)
    assert branch("CNAME") == left
