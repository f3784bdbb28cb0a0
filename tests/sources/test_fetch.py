"""The HTTP client: polite, patient, and in plain words when it fails."""

from __future__ import annotations

import gzip
import os
import socket
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from sources.services import LOGIN_PAGE, Reply, Services, running
from support import ROOT
from wardblog import VERSION
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.sources.answers import Answers, cache_folder
from wardblog.sources.ask import Ask, BusyError, FetchError, read_json
from wardblog.sources.fetch import USER_AGENT, Fetcher
from wardblog.sources.services import REGULAR_SERVICES, SERVICES, service

DAY = 86_400.0
DATA = b'{"a": 1}'


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with running() as found:
        for name, address in found.addresses.items():
            monkeypatch.setenv(name, address)
        yield found


class Client:
    """A fetcher that notes how long it waits, instead of waiting."""

    def __init__(self, folder: Path) -> None:
        self.waited: list[float] = []
        self.watched: list[tuple[str, int, int]] = []
        self.fetcher = Fetcher(Answers(folder), self._watch, self.waited.append)

    def _watch(self, words: str, done: int, total: int) -> None:
        self.watched.append((words, done, total))

    def fetch(self, newest: float = 0.0, patience: float = 60, most: int = 10**6) -> object:
        place = replace(service("ons"), patience=patience, most=most)
        return self.fetcher.fetch(
            Ask(
                service=place,
                path="",
                words="A list",
                read=lambda answer: read_json(answer, place.host),
                fields={"f": "json"},
                newest=newest,
            )
        )


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path / "cache")


def test_the_client_says_what_it_is(services: Services, client: Client) -> None:
    client.fetch()
    assert [asked.agent for asked in services.asked] == [USER_AGENT]
    assert USER_AGENT.startswith(f"wardblog/{VERSION} (")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


def test_an_answer_is_kept_for_as_long_as_it_is_new(services: Services, client: Client) -> None:
    client.fetch(newest=DAY)
    client.fetch(newest=DAY)
    assert len(services.asked) == 1
    client.fetch(newest=0)
    assert len(services.asked) == 2


def test_a_damaged_answer_in_the_cache_is_fetched_anew(
    services: Services, client: Client, tmp_path: Path
) -> None:
    first = client.fetch(newest=DAY)
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert client.fetch(newest=DAY) == first
    assert len(services.asked) == 2


def test_a_cache_that_cannot_be_written_does_no_harm(services: Services, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    client = Client(tmp_path / "cache")
    assert client.fetch(newest=DAY) == client.fetch(newest=DAY)
    assert len(services.asked) == 2


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_service_is_asked_again_after_a_while(
    status: int, services: Services, client: Client
) -> None:
    services.replies["ons"] = [Reply(b"<html>busy</html>", status), Reply(b"", status)]
    assert isinstance(client.fetch(), dict)
    assert round(sum(client.waited)) == 5 + 15
    assert any("is busy" in words for words, _, _ in client.watched)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_obeyed(form: str, services: Services, client: Client) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    services.replies["ons"] = [Reply(status=429, headers={"Retry-After": at})]
    if form == "seconds":
        services.replies["ons"] = [Reply(status=429, headers={"Retry-After": "30"})]
    client.fetch()
    assert 27 < sum(client.waited) <= 31


@pytest.mark.parametrize(
    ("headers", "tries"), [({}, 3), ({"Retry-After": "86400"}, 1)], ids=["tries", "a-day"]
)
def test_patience_ends(
    headers: dict[str, str], tries: int, services: Services, client: Client
) -> None:
    services.replies["ons"] = [Reply(status=429, headers=headers)] * 10
    with pytest.raises(BusyError) as busy:
        client.fetch()
    assert "has too many requests just now (it answered 429)" in str(busy.value)
    when = "in 24 hours" if headers else "later"
    assert busy.value.hint.startswith(f"Nothing was changed. Run the same command again {when};")
    assert len(services.asked) == tries


@pytest.mark.parametrize(
    ("reply", "said", "tries"),
    [
        (Reply(DATA, announced=99), "closed the connection before its answer was complete", 3),
        (Reply(b'{"a": [1, 2'), "closed the connection before its answer was complete", 3),
        (Reply(LOGIN_PAGE), "sent a web page instead of data", 1),
        (Reply(status=404), "answered 404 Not Found", 1),
        (Reply(status=302, headers={"Location": "/ons?f=json"}), "redirects in a way", 5),
        (Reply(b"1" * 2_000_000), "is longer than 1 MB", 1),
        (Reply(announced=2_000_000), "is longer than 1 MB", 1),
        (Reply(gzip.compress(b"1" * 2_000_000), headers={"Content-Encoding": "gzip"}),
         "is longer than 1 MB", 1),
        (Reply(gzip.compress(DATA)[:-5], headers={"Content-Encoding": "gzip"}),
         "closed the connection before", 3),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
         "closed the connection before", 3),
    ],
    ids=["cut-off", "half-json", "log-in-page", "gone", "circle", "long", "announced-long",
         "bomb", "half-gzip", "no-gzip"],
)  # fmt: skip
def test_each_failure_is_a_sentence(
    reply: Reply, said: str, tries: int, services: Services, client: Client, tmp_path: Path
) -> None:
    services.replies["ons"] = [reply] * 10
    with pytest.raises(FetchError) as failed:
        client.fetch(newest=DAY)
    assert said in str(failed.value)
    assert failed.value.hint
    assert len(services.asked) == tries
    assert not (tmp_path / "cache").exists()  # what is wrong is not kept


def test_gzip_is_unpacked(services: Services, client: Client) -> None:
    headers = {"Content-Encoding": "gzip"}
    services.replies["ons"] = [Reply(gzip.compress(DATA), headers=headers)]
    assert client.fetch() == {"a": 1}


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://localhost:9/x", "redirects to another address, localhost:9, which"),
        ("https://evil.example/x", "redirects to another address, evil.example, which"),
        ("file:///etc/passwd", "redirects in a way that this software does not follow"),
        ("http://[::1", "redirects in a way that this software does not follow"),
        ("https://evil.example:99999/", "redirects in a way that this software does not follow"),
    ],
)
def test_a_redirect_to_another_host_is_not_followed(
    location: str, said: str, services: Services, client: Client
) -> None:
    services.replies["ons"] = [Reply(status=302, headers={"Location": location})]
    with pytest.raises(FetchError, match=said):
        client.fetch()
    assert len(services.asked) == 1


def test_no_answer_and_no_server_are_sentences(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        monkeypatch.setenv("WARD_ONS", f"http://127.0.0.1:{port}")
        with pytest.raises(BusyError, match="did not answer within"):
            client.fetch(patience=0.05)
    with pytest.raises(FetchError, match="cannot be reached: Connection refused"):
        client.fetch()


@pytest.mark.parametrize("address", ["http://example.org", "ftp://127.0.0.1", "example.org"])
def test_only_https_is_used_beyond_this_computer(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARD_OS", address)
    with pytest.raises(UsageError, match="is not the address of a service"):
        service("os")
    monkeypatch.setenv("WARD_OS", "https://mirror.example/os/")
    assert service("os").hosts == ("mirror.example",)


def test_the_services_use_https_and_the_hosts_that_are_named() -> None:
    for row in (*SERVICES.values(), *REGULAR_SERVICES.values()):
        assert row.base.startswith("https://")
        assert row.host == row.hosts[0]


@pytest.mark.usefixtures("services")
def test_a_parse_error_names_the_host(client: Client) -> None:
    def read(_: bytes) -> None:
        raise ParseError("this is odd", "Try something else.")

    with pytest.raises(FetchError, match="this is odd") as failed:
        client.fetcher.fetch(
            Ask(service=service("ons"), path="", words="", read=read, fields={"f": "json"})
        )
    assert failed.value.hint == "Try something else."


def test_the_cache_is_the_users_and_is_tidied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "wardblog"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "wardblog"
    answers = Answers(tmp_path / "answers")
    path = answers.write("what", b"answer")
    assert path.stat().st_mode & 0o777 == 0o600
    answers.tidy()
    assert path.exists()
    older = answers.write("zip", b"1", ".zip")
    newer = answers.write("newer zip", b"2", ".zip")
    assert (path.exists(), older.exists(), newer.exists()) == (True, False, True)
    os.utime(path, (0, 0))
    answers.tidy()
    assert not path.exists()
