"""Fetches the pictures of an old blog from its own site, one after the other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from wardblog import VERSION
from wardblog.photos import kind_of
from wardblog.photos.kinds import START, WEB_PAGE
from wardblog.scaffold.old_blog.pictures import host_and_port, same_site
from wardblog.scaffold.old_blog.remembered import import_folder
from wardblog.sources.ask import FetchError
from wardblog.sources.look import REDIRECTS, look
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import private_folder, write_private
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.support.urls import host_of, is_web_address, join_url, parts_of

_FOLDER = "fetched"
_AGENT = f"wardblog/{VERSION} (a councillor's ward blog; moves its own pictures)"
# Where WordPress.com, Blogger and their users keep the pictures of a blog.
_OF_PROGRAMS = late_regex(
    r"(?:[\w-]+\.files\.wordpress\.com|i\d\.wp\.com|\d\.bp\.blogspot\.com|[\w-]+\.ggpht\.com"
    r"|(?:blogger|lh\d)\.googleusercontent\.com)"
)
# No camera writes larger files.
_MOST_BYTES = 40_000_000
_MOST_REDIRECTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFiles:
    """The files on this computer by their URL, and why others could not be fetched."""

    files: dict[str, Path]
    failures: tuple[tuple[str, str], ...]


def fetchable(urls: Iterable[str], site: str) -> list[str]:
    """The URLs that are on the old site or where its program keeps pictures.

    What is on other sites may belong to others.
    """
    return [url for url in urls if url.startswith(("http://", "https://")) and _is_own(url, site)]


def _is_own(url: str, site: str) -> bool:
    host = host_of(url)
    return bool(_OF_PROGRAMS.fullmatch(host)) or (bool(site) and same_site(url, site))


def hosts_of(urls: Iterable[str]) -> list[tuple[str, int]]:
    """The hosts with the number of URLs on each, most first."""
    return Counter(map(host_and_port, urls)).most_common()


def fetched_before(urls: Iterable[str], private: Path) -> dict[str, Path]:
    """What an earlier run fetched and did not use."""
    paths = {url: _path(private, url) for url in urls}
    return {url: path for url, path in paths.items() if path.is_file()}


def _path(private: Path, url: str) -> Path:
    """The file of a URL; its ending is that of the URL, if it has one."""
    ending = PurePosixPath(parts_of(url).path).suffix.lower()
    ending = ending if len(ending) <= 5 and ending[1:].isalnum() else ".jpg"
    name = hashlib.blake2b(url.encode(), digest_size=12).hexdigest()
    return private / "import" / _FOLDER / f"{name}{ending}"


def fetch_files(
    urls: Sequence[str], site: str, private: Path, watch: Watch = no_progress
) -> FetchedFiles:
    """Fetch files that the councillor agreed to; one that fails does not stop the others.

    Raises `OSError` if they cannot be kept.
    """
    private_folder(import_folder(private) / _FOLDER)
    files: dict[str, Path] = {}
    failures: list[tuple[str, str]] = []
    for number, url in enumerate(urls):
        watch("Fetching pictures", number, len(urls))
        try:
            data = _fetch(url, site)
        except FetchError as error:
            failures.append((url, str(error)))
            continue
        files[url] = _path(private, url)
        write_private(files[url], data)
    return FetchedFiles(files=files, failures=tuple(failures))


def _fetch(url: str, site: str) -> bytes:
    """The bytes at a URL; redirects are followed only to where its pictures may be."""
    for _ in range(_MOST_REDIRECTS):
        answer = look(url, {"User-Agent": _AGENT}, most=_MOST_BYTES)
        if answer.status in REDIRECTS and answer.location:
            url = join_url(url, answer.location)
            if not is_web_address(url):
                raise FetchError("it redirects to an address that cannot be read")
            if not fetchable([url], site):
                raise FetchError(f"it redirects to another site, {host_and_port(url)}")
            continue
        if answer.status != 200:
            raise FetchError(f"the old site answered {answer.status}")
        if answer.is_longer:
            raise FetchError(f"it has more than {_MOST_BYTES // 1_000_000} MB")
        if answer.is_broken or not answer.content:
            raise FetchError("the connection was closed before all of it had arrived")
        if kind_of(answer.content[:START]) == WEB_PAGE:
            raise FetchError("the old site sent a web page instead")
        return answer.content
    raise FetchError("it redirects in a circle")


def discard_fetched(files: Iterable[Path]) -> None:
    """Delete the copies of files that are in the content folder now."""
    for path in files:
        path.unlink(missing_ok=True)
