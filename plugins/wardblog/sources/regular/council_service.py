"""A service whose address is in ward.toml, such as a council's own."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit, urlunsplit

from wardblog.model import DataSource
from wardblog.problems import UsageError
from wardblog.sources.services import Service, is_safe

_MOST = 20_000_000


def service_of(source: DataSource) -> Service:
    """Return the service at the address of a source, which may lead to no other host.

    Raises `UsageError` for an address that is not https; this computer may be named without.
    """
    parts = urlsplit(source.url)
    if not parts.hostname or not is_safe(source.url):
        raise UsageError(
            f"The address {source.url[:100]} of a [[source]] does not begin with https://",
            f"Correct it in ward.toml, on line {source.line_of('url')}. What is fetched without "
            "https could be changed on its way.",
        )
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return Service(name=parts.netloc, base=base, hosts=(parts.netloc,), variable="", most=_MOST)


def fields_of(url: str) -> dict[str, str]:
    """Return what follows the question mark of an address."""
    return dict(parse_qsl(urlsplit(url).query))
