"""What councillors read when a host says no: one sentence, what to do, and the live site whole."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish import driver
from publish.servers import (
    S3_LOGIN,
    SshServer,
    bare_repository,
    free_port,
    make_bucket,
    s3_client,
    s3_server,
    ssh_server,
)
from support import files_of, mostly_long, write_files
from wardblog.model import PublishSettings
from wardblog.publish import CommandError, target_of
from wardblog.publish.bucket import Bucket
from wardblog.publish.target import Hosting


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with (
        ssh_server(tmp_path_factory.mktemp("ssh") / "sshd") as server,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setenv("RSYNC_RSH", server.rsh)
        yield server


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site", {"index.html": "<html>one</html>"})


def refused(settings: PublishSettings, site: Path) -> tuple[str, str]:
    with pytest.raises(CommandError) as no:
        driver.publish(settings, site, site.with_name(".wardblog"))
    return str(no.value), no.value.hint


@pytest.mark.usefixtures("ssh")
def test_a_host_that_is_not_known(site: Path, tmp_path: Path) -> None:
    said = refused(
        PublishSettings(to="ssh", path=str(tmp_path / "www"), host="ward-stranger"), site
    )
    assert said == (
        "ward-stranger is not known here yet",
        'Log in once by hand, and compare the key that it shows: "ssh ward-stranger".',
    )


@pytest.mark.usefixtures("ssh")
def test_a_host_whose_key_is_another_now(site: Path, tmp_path: Path) -> None:
    said = refused(PublishSettings(to="ssh", path=str(tmp_path / "www"), host="ward-other"), site)
    assert said[0] == "ward-other has a different key from the one that is known here"
    assert said[1].startswith("Ask the people who run it whether they changed it. If so, run: ")


@pytest.mark.usefixtures("ssh")
def test_a_login_that_is_refused(site: Path, tmp_path: Path) -> None:
    said = refused(PublishSettings(to="ssh", path=str(tmp_path / "www"), host="ward-refusal"), site)
    assert said == (
        "ward-refusal refused the login",
        'Only keys work here, no passwords. Try it by hand: "ssh ward-refusal".',
    )


@pytest.mark.usefixtures("ssh")
def test_a_host_that_is_not_there(site: Path, tmp_path: Path) -> None:
    said = refused(PublishSettings(to="ssh", path=str(tmp_path / "www"), host="ward-nobody"), site)
    assert said[0].startswith("ward-nobody cannot be reached (ssh: connect to host 127.0.0.1 port ")
    assert said[0].endswith(": Connection refused)")


@pytest.mark.usefixtures("ssh")
@pytest.mark.parametrize("host", ["ward-host", "ward-sftp"])
def test_a_place_where_nothing_can_be_written(site: Path, host: str) -> None:
    said, _ = refused(PublishSettings(to="ssh", path="/proc/www", host=host), site)
    assert said.startswith(f"{host} has no such folder, and it could not be created (")


@pytest.mark.usefixtures("ssh")
@pytest.mark.parametrize("host", ["ward-host", "ward-sftp"])
def test_a_disk_that_is_full(site: Path, tmp_path: Path, host: str, small_disk: Path) -> None:
    settings = PublishSettings(to="ssh", path=str(small_disk / "www"), host=host)
    driver.publish(settings, site, tmp_path / ".wardblog")
    write_files(site, {"index.html": "<html>two</html>", "big.bin": os.urandom(3_000_000)})
    said, _ = refused(settings, site)
    assert "is full (" in said
    assert (small_disk / "www/index.html").read_text() == "<html>one</html>"
    (site / "big.bin").unlink()
    driver.publish(settings, site, tmp_path / ".wardblog")
    assert (small_disk / "www/index.html").read_text() == "<html>two</html>"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this user may have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_folder_on_a_disk_that_is_full(site: Path, tmp_path: Path, small_disk: Path) -> None:
    settings = PublishSettings(path=str(small_disk / "public"))
    driver.publish(settings, site, tmp_path / ".wardblog")
    write_files(site, {"index.html": "<html>two</html>", "big.bin": os.urandom(3_000_000)})
    said, hint = refused(settings, site)
    assert said.startswith(f"Publishing to the folder {small_disk}/public failed: No space left")
    assert hint == "The live site was not changed."
    assert (small_disk / "public/index.html").read_text() == "<html>one</html>"
    assert not list((small_disk / "public.releases").glob("incoming-*"))


def test_a_folder_that_may_not_be_written(site: Path, tmp_path: Path, small_disk: Path) -> None:
    settings = PublishSettings(path=str(small_disk / "public"))
    driver.publish(settings, site, tmp_path / ".wardblog")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    write_files(site, {"index.html": "<html>two</html>"})
    said, _ = refused(settings, site)
    assert said.startswith(f"Publishing to the folder {small_disk}/public failed: Read-only file")
    assert (small_disk / "public/index.html").read_text() == "<html>one</html>"


@pytest.mark.usefixtures("ssh")
@pytest.mark.parametrize("host", ["ward-host", "ward-sftp"])
def test_somebody_elses_site_on_a_host(site: Path, tmp_path: Path, host: str) -> None:
    write_files(tmp_path / "www", {"index.html": "holidays"})
    said, _ = refused(PublishSettings(to="ssh", path=str(tmp_path / "www"), host=host), site)
    assert "not published from here" in said
    assert files_of(tmp_path / "www") == {"index.html": b"holidays"}


def test_a_store_without_a_login(
    s3: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in S3_LOGIN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    said, hint = refused(PublishSettings(to="s3", endpoint=s3, bucket="ward-blog"), site)
    assert said == f"There is no login for {s3}"
    assert hint.startswith("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in S3_LOGIN.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("login")
def test_a_bucket_that_is_not_there(s3: str, site: Path) -> None:
    said = refused(PublishSettings(to="s3", endpoint=s3, bucket="nowhere"), site)
    assert said == (
        f"There is no bucket called nowhere at {s3}",
        "Create it there, or choose another one under [publish] in ward.toml.",
    )


@pytest.mark.usefixtures("login")
def test_a_store_that_is_not_there(site: Path) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    said, _ = refused(PublishSettings(to="s3", endpoint=endpoint, bucket="ward-blog"), site)
    assert said == f"{endpoint} cannot be reached (Connection refused)"


@pytest.mark.usefixtures("login")
def test_a_bucket_with_somebody_elses_site(s3: str, site: Path) -> None:
    make_bucket(s3, "holidays")
    s3_client(s3).put_object(Bucket="holidays", Key="index.html", Body=b"beach")
    said, hint = refused(PublishSettings(to="s3", endpoint=s3, bucket="holidays"), site)
    assert said == "There is a site in the bucket holidays that was not published from here"
    assert hint == "Empty it, or choose another place under [publish] in ward.toml."


@pytest.mark.usefixtures("login")
def test_a_bucket_that_keeps_no_versions_cannot_go_back(s3: str, site: Path) -> None:
    make_bucket(s3, "forgetful")
    settings = PublishSettings(to="s3", endpoint=s3, bucket="forgetful")
    driver.publish(settings, site, site.with_name(".wardblog"))
    write_files(site, {"index.html": "<html>two</html>"})
    driver.publish(settings, site, site.with_name(".wardblog"))
    with pytest.raises(CommandError) as no:
        target_of(settings).rollback()
    assert str(no.value) == (
        "Earlier versions of files such as index.html are not kept in the bucket forgetful"
    )
    assert no.value.hint.startswith("Turn on versioning in the settings of the bucket: ")


@pytest.mark.usefixtures("login")
def test_objects_in_s3_have_their_headers(s3: str, tmp_path: Path) -> None:
    """Types, how long to keep it, how it is packed, and where an old address leads."""
    make_bucket(s3, "headers")
    long = "<html>" + "many words about grit " * 100 + "</html>"
    site = write_files(
        tmp_path / "site",
        {
            "index.html": long,
            "old/index.html": "<html>moved</html>",
            "feeds/all.rss.xml": long,
            "theme/style.0123456789ab.css": "body{}",
            "images/bin.png": b"\x89PNG" + bytes(2000),
        },
    )
    settings = PublishSettings(to="s3", endpoint=s3, bucket="headers", prefix="ward")
    target = target_of(settings, Hosting(redirects={"old/index.html": "/new/"}))
    plan = driver.plan_of(target, site)
    target.send(site, plan, lambda _: None)
    client = s3_client(s3)

    def sent(path: str) -> dict[str, object]:
        head = client.head_object(Bucket="headers", Key=f"ward/{path}")
        return {
            name: head[name]
            for name in (
                "ContentType",
                "CacheControl",
                "ContentEncoding",
                "WebsiteRedirectLocation",
            )
            if name in head
        }

    assert sent("index.html") == {
        "ContentType": "text/html; charset=utf-8",
        "CacheControl": "no-cache",
        "ContentEncoding": "gzip",
    }
    assert sent("old/index.html")["WebsiteRedirectLocation"] == "/new/"
    assert sent("feeds/all.rss.xml")["ContentType"] == "application/rss+xml"
    assert sent("theme/style.0123456789ab.css") == {
        "ContentType": "text/css; charset=utf-8",
        "CacheControl": "public, max-age=31536000, immutable",
    }
    assert sent("images/bin.png") == {
        "ContentType": "image/png",
        "CacheControl": "public, max-age=3600",
    }


@pytest.mark.usefixtures("login")
def test_changes_by_others_in_the_bucket_are_noticed(s3: str, tmp_path: Path) -> None:
    """With the next edit, what was deleted or overwritten by hand is sent; a stranger's stays."""
    make_bucket(s3, "meddled")
    site = write_files(tmp_path / "site", {"index.html": "a", "b.html": "b", "c.html": "c"})
    settings = PublishSettings(to="s3", endpoint=s3, bucket="meddled")
    driver.publish(settings, site, tmp_path / ".wardblog")
    client = s3_client(s3)
    client.put_object(Bucket="meddled", Key="b.html", Body=b"graffiti")
    client.put_object(Bucket="meddled", Key="minutes.pdf", Body=b"mine")
    client.delete_object(Bucket="meddled", Key="c.html")
    write_files(site, {"index.html": "an edit"})
    plan = driver.publish(settings, site, tmp_path / ".wardblog")
    assert (plan.changed, plan.new, plan.gone) == (("b.html", "index.html"), ("c.html",), ())
    assert client.get_object(Bucket="meddled", Key="b.html")["Body"].read() == b"b"
    assert client.get_object(Bucket="meddled", Key="minutes.pdf")["Body"].read() == b"mine"


@pytest.mark.long
def test_a_repository_that_is_not_there(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = refused(PublishSettings(to="git", remote=str(tmp_path / "nowhere")), site)
    assert said == (
        f"There is no repository at {tmp_path}/nowhere",
        'Write its address under [publish] in ward.toml: remote = "https://..."',
    )
    assert refused(PublishSettings(to="git"), site)[0] == "There is no repository at origin"


def test_a_branch_where_the_blog_is_written(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remote = bare_repository(tmp_path / "remote.git")
    source = write_files(tmp_path / "source", {"pelicanconf.py": "", "content/ward.toml": ""})
    git = ["git", "-C", str(source), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "."),
        ("commit", "--quiet", "-m", "Source"),
        ("push", "--quiet", str(remote), "main"),
    ):
        subprocess.run([*git, *words], check=True)
    said = refused(PublishSettings(to="git", remote=str(remote), branch="main"), site)
    assert said == (
        f"The branch main of {remote} is where the blog is written, not where it is published",
        'Choose another one under [publish] in ward.toml: branch = "gh-pages"',
    )


def test_a_branch_keeps_what_its_host_needs(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The domain follows the address; a www that was put in front by hand stays."""
    monkeypatch.chdir(tmp_path)
    remote = bare_repository(tmp_path / "remote.git")
    settings = PublishSettings(to="git", remote=str(remote))

    def show(name: str) -> str:
        command = ["git", f"--git-dir={remote}", "show", f"gh-pages:{name}"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def send(domain: str) -> None:
        target = target_of(settings, Hosting(domain=domain))
        plan = driver.plan_of(target, site)
        target.send(site, plan, lambda _: None)

    send("www.ward.example.org")
    assert (show("CNAME"), show(".nojekyll")) == ("www.ward.example.org\n", "")
    write_files(site, {"index.html": "<html>two</html>"})
    send("ward.example.org")
    assert (show("CNAME"), show("index.html")) == ("www.ward.example.org\n", "<html>two</html>")
    log = ["git", f"--git-dir={remote}", "log", "--format=%s", "gh-pages"]
    told = subprocess.run(log, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0] == "Publish 1 file: 0 new, 1 changed, 0 gone; 16 bytes to send"
    assert len(told) == 2
    driver.publish(settings, site, tmp_path / ".wardblog")
    assert subprocess.run(log, capture_output=True, text=True, check=True).stdout.count("\n") == 2
    write_files(site, {"index.html": "<html>three</html>"})
    send("other.example.org")
    assert show("CNAME") == "other.example.org\n"


@pytest.mark.long
def test_repeated_rollbacks_of_a_branch_go_further_back(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves the domain alone, which its host writes into the branch as a commit."""
    monkeypatch.chdir(tmp_path)
    remote = bare_repository(tmp_path / "remote.git")
    settings = PublishSettings(to="git", remote=str(remote))

    def send(words: str) -> None:
        write_files(site, {"index.html": words})
        driver.publish(settings, site, tmp_path / ".wardblog")

    def back() -> str:
        target_of(settings).rollback()
        return show("index.html")

    def show(name: str) -> str:
        command = ["git", f"--git-dir={remote}", "show", f"gh-pages:{name}"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    send("one")
    send("two")
    send("bad")
    assert back() == "two"
    send("four")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", str(remote), str(clone)], check=True)
    write_files(clone, {"CNAME": "ward.example.org\n"})
    git = ["git", "-C", str(clone), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (("add", "."), ("commit", "-qm", "Create CNAME"), ("push", "-q")):
        subprocess.run([*git, *words], check=True)
    assert back() == "two"
    assert show("CNAME") == "ward.example.org\n"
    assert back() == "one"
    with pytest.raises(CommandError, match="no earlier release"):
        target_of(settings).rollback()
    assert show("CNAME") == "ward.example.org\n"


def test_the_reason_of_a_host_that_rejects_the_site_is_shown(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remote = bare_repository(tmp_path / "remote.git")
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'The branch is closed until Monday' >&2\nexit 1\n")
    hook.chmod(0o755)
    said, _ = refused(PublishSettings(to="git", remote=str(remote)), site)
    assert said == f"{remote} rejected the site (The branch is closed until Monday)"


@pytest.mark.usefixtures("login")
def test_a_missing_version_in_the_bucket_stops_a_rollback_before_it_starts(
    s3: str, tmp_path: Path
) -> None:
    make_bucket(s3, "tidied", keeps_versions=True)
    settings = PublishSettings(to="s3", endpoint=s3, bucket="tidied")
    site = write_files(tmp_path / "site", {"index.html": "one", "a.html": "one"})
    driver.publish(settings, site, tmp_path / ".wardblog")
    client = s3_client(s3)
    old = client.head_object(Bucket="tidied", Key="a.html")["VersionId"]
    write_files(site, {"index.html": "two", "a.html": "two"})
    driver.publish(settings, site, tmp_path / ".wardblog")
    client.delete_object(Bucket="tidied", Key="a.html", VersionId=old)
    message = "Earlier versions of files such as a.html are not kept in the"
    with pytest.raises(CommandError, match=message):
        target_of(settings).rollback()
    assert client.get_object(Bucket="tidied", Key="index.html")["Body"].read() == b"two"


@pytest.mark.usefixtures("login")
def test_a_release_interrupted_at_the_end_counts_once(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bucket(s3, "cut-off", keeps_versions=True)
    settings = PublishSettings(to="s3", endpoint=s3, bucket="cut-off")
    site = write_files(tmp_path / "site", {"index.html": "one"})
    driver.publish(settings, site, tmp_path / ".wardblog")
    write_files(site, {"index.html": "two", "new.html": "new"})
    write = Bucket.write

    class PowerCutError(Exception):
        pass

    def cut(self: Bucket, name: str, content: bytes) -> None:
        write(self, name, content)
        if name.endswith("releases.json"):
            raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(Bucket, "write", cut)
        with pytest.raises(PowerCutError):
            driver.publish(settings, site, tmp_path / ".wardblog")
    driver.publish(settings, site, tmp_path / ".wardblog")
    assert target_of(settings).rollback() == "release 1"
    client = s3_client(s3)
    assert client.get_object(Bucket="cut-off", Key="index.html")["Body"].read() == b"one"


# With releases beside each other it is as in a folder.
@pytest.mark.long
@pytest.mark.parametrize("host", mostly_long(("ward-host", "ward-sftp"), "ward-sftp"))
@pytest.mark.usefixtures("ssh")
def test_a_file_can_become_a_folder_on_a_host(tmp_path: Path, host: str) -> None:
    settings = PublishSettings(to="ssh", path=str(tmp_path / "www"), host=host)
    flat = {"index.html": "1", "old/page.html": "m"}
    deep = {"index.html": "1", "old/page.html/index.html": "m"}
    for number, files in enumerate((flat, deep, flat)):
        site = write_files(tmp_path / str(number), files)
        driver.publish(settings, site, tmp_path / ".wardblog")
        shown = {n for n in files_of(tmp_path / "www") if not n.startswith(".wardblog")}
        assert shown == set(files)
