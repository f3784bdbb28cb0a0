"""Downloads of Ordnance Survey that need no account.

https://docs.os.uk/os-apis/accessing-os-apis/os-downloads-api
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl

from wardblog.sources.answers import DAY
from wardblog.sources.ask import UPDATE, Ask, BusyError, FetchError, read_json
from wardblog.sources.fetch import Fetcher
from wardblog.sources.services import Service, service
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of


@dataclass(frozen=True, slots=True)
class ListedDownload:
    """A file that can be downloaded, with its checksum (MD5) and its size in bytes."""

    address: str
    md5: str
    size: int


def code_point(fetcher: Fetcher) -> Path:
    """Return Code-Point Open as a zip (14 MB): the postcodes of Great Britain.

    It is fetched again only if Ordnance Survey lists a newer edition.
    """
    place = service("os")
    listed = fetcher.fetch(
        Ask(
            service=place,
            path="products/CodePointOpen/downloads",
            words="Looking for the newest postcodes",
            read=lambda answer: _listed(answer, place),
            fields={"area": "GB", "format": "CSV"},
            newest=DAY,
        )
    )
    parts = parts_of(listed.address.removeprefix(place.base).lstrip("/"))
    return fetcher.fetch_file(
        Ask(
            service=place,
            path=parts.path,
            words="The postcodes of Great Britain",
            read=lambda answer: _checked(answer, listed, place.host),
            fields=dict(parse_qsl(parts.query, keep_blank_values=True)),
            edition=listed.md5,
        ),
        ".zip",
    )


def _listed(answer: bytes, place: Service) -> ListedDownload:
    data = read_json(answer, place.host)
    for entry in data if isinstance(data, list) else ():
        if not isinstance(entry, dict) or (entry.get("area"), entry.get("format")) != ("GB", "CSV"):
            continue
        size = entry.get("size")
        found = ListedDownload(
            str(entry.get("url", "")),
            str(entry.get("md5", "")),
            size if isinstance(size, int) else 0,
        )
        if not found.address.startswith(f"{place.base}/"):
            host = (parts_of(found.address).netloc or found.address)[:80]
            raise FetchError(
                f'{place.host} lists the download at another address, "{host}", which this '
                "software does not know",
                "It was not contacted. The service has moved, and this software needs an update.",
            )
        return found
    raise FetchError(f"{place.host} lists no postcodes", UPDATE)


def _checked(answer: bytes, listed: ListedDownload, host: str) -> None:
    if answer[:100].lstrip().startswith(b"<"):
        read_json(answer, host)
    md5 = hashlib.md5(answer, usedforsecurity=False).hexdigest()
    is_whole = md5 == listed.md5.casefold() if listed.md5 else len(answer) == listed.size
    if not is_whole or not zipfile.is_zipfile(io.BytesIO(answer)):
        raise BusyError(f"The postcodes from {host} arrived damaged")
