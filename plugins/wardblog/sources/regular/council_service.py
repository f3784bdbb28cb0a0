"""A service whose address is in ward.toml, such as a council's own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlunsplit

from wardblog.model import DataSource
from wardblog.sources.ask import Ask
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import whole
from wardblog.sources.services import Service, service_at
from wardblog.support.urls import parts_of


def service_at_url_of(source: DataSource) -> Service:
    """Return the service at the address of a source, without what follows its question mark.

    Raises `UsageError` for an address that is not https; this computer may be named without.
    """
    parts = parts_of(source.url)
    address = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return service_at(address, f"the council ({parts.netloc})", source.line_of("url"))


def fetch_file(
    source: DataSource, words: str, parse: Callable[[bytes], object], fetcher: Fetcher
) -> tuple[bytes, ...]:
    """Ask for the one file at the address of a source; `words` say what it is.

    `parse` raises `ParseError` for anything else. Raises `FetchError` and `UsageError`.
    """
    service = service_at_url_of(source)
    read = whole(parse, service.host)
    ask = Ask(service=service, path="", words=words, read=read, fields=fields_of(source.url))
    return (fetcher.fetch(ask),)


def fields_of(url: str) -> dict[str, str]:
    """Return what follows the question mark of an address."""
    return dict(parse_qsl(parts_of(url).query))
