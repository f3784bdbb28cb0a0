"""`[publish]`: where a site goes may be written in the ways that people know."""

from __future__ import annotations

import pytest

from support import WARD
from wardblog.content.settings import read_settings
from wardblog.model import PublishSettings
from wardblog.report import Report


def read(lines: str) -> tuple[PublishSettings, list[str]]:
    report = Report("ward.toml")
    settings = read_settings(f"{WARD}\n[publish]\n{lines}\n", report)
    assert settings
    return settings.publish, [problem.message for problem in report.problems]


@pytest.mark.parametrize(
    ("lines", "host", "path"),
    [
        ('host = "robin@host.example.org"\npath = "www"', "robin@host.example.org", "www"),
        ('path = "robin@host.example.org:www/ward"', "robin@host.example.org", "www/ward"),
        ('path = "my-host:~/www"', "my-host", "~/www"),
    ],
)
def test_a_host_may_be_written_before_the_path(lines: str, host: str, path: str) -> None:
    settings, problems = read(f'to = "ssh"\n{lines}')
    assert problems == []
    assert (settings.host, settings.path) == (host, path)


@pytest.mark.parametrize(
    "remote",
    ["origin", "git@github.com:robin/ward.git", "https://robin@bitbucket.org/robin/ward.git",
     "ssh://git@host.example.org:2222/ward.git", "../ward.git", "https://github.com/robin/ward"],
)  # fmt: skip
def test_a_remote_may_have_any_form_that_git_knows(remote: str) -> None:
    settings, problems = read(f'to = "git"\nremote = "{remote}"')
    assert (settings.remote, problems) == (remote, [])


@pytest.mark.parametrize(
    "remote",
    ["https://robin:hunter2@bitbucket.org/x.git", "ssh://robin:hunter2@host.example.org/x.git",
     "https://0123456789abcdef0123456789abcdef01234567@github.com/x.git"],
)  # fmt: skip
def test_a_password_in_a_remote_is_refused(remote: str) -> None:
    assert read(f'to = "git"\nremote = "{remote}"')[1] == ['"remote" has a password in it']


@pytest.mark.parametrize("path", ["/", ".", "..", "~", "www/..", "~robin"])
def test_a_folder_that_is_not_the_sites_alone_is_refused(path: str) -> None:
    assert read(f'path = "{path}"')[1] == [f'"path" cannot be "{path}"']


@pytest.mark.parametrize(
    "remote",
    ["ext::sh -c ls", "fd::17/x", "::x", "git-remote-x::y", "https://-oProxyCommand=x/y",
     "ssh://-oProxyCommand=x/y", "-oProxyCommand=x:y", "git@-oProxyCommand=x:y", "host:-x",
     "--upload-pack=x", "ftp://host.example.org/x", "a\\u200bb"],
)  # fmt: skip
def test_a_remote_that_could_run_a_program_is_refused(remote: str) -> None:
    assert len(read(f'to = "git"\nremote = "{remote}"')[1]) == 1


@pytest.mark.parametrize(
    "remote",
    ["git@[::1]:ward.git", "ssh://git@[::1]:22/ward.git", "/srv/git/ward.git", "ward-origin",
     "file:///srv/git/ward.git", "/home/robin/my sites/ward.git", "host:ward.git"],
)  # fmt: skip
def test_a_remote_that_looks_a_little_like_it_is_not(remote: str) -> None:
    assert read(f'to = "git"\nremote = "{remote}"')[1] == []


@pytest.mark.parametrize(
    "host",
    ["-oProxyCommand=x", "robin@-oProxyCommand=x", "a b", "host;ls", "$(ls)", "host:22", "a/b"],
)
def test_a_host_that_ssh_would_read_as_an_option_is_refused(host: str) -> None:
    assert len(read(f'to = "ssh"\npath = "www"\nhost = "{host}"')[1]) == 1


@pytest.mark.parametrize("path", ["www/../x", ".ssh", "/etc/.x/y", "~robin/www", "a\\u0007b"])
def test_a_path_on_a_host_that_nobody_can_judge_is_refused(path: str) -> None:
    assert len(read(f'to = "ssh"\nhost = "my-host"\npath = "{path}"')[1]) == 1


@pytest.mark.parametrize("prefix", [".hidden", "a/.b", "..", "a/../b", "/"])
def test_a_prefix_has_no_hidden_part(prefix: str) -> None:
    problems = read(f'to = "s3"\nbucket = "ward-blog"\nprefix = "{prefix}"')[1]
    assert len(problems) == (prefix != "/")


@pytest.mark.parametrize("branch", ["gh-pages", "sites/ward", "x", "v1.0"])
def test_branches_have_the_names_that_git_allows(branch: str) -> None:
    assert read(f'to = "git"\nbranch = "{branch}"')[1] == []
    assert read(f'to = "git"\nbranch = "{branch}..x"')[1] != []
