"""A request to a service, and the errors that its answer can be."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from wardblog.problems import CommandError
from wardblog.sources.services import Service
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted

Read = TypeVar("Read")
UPDATE = "The service is being repaired, or this software needs an update. Try again later."
LATER = "Nothing was changed. Run the same command again later; what was fetched is kept."


class FetchError(CommandError):
    """A service did not give what it was asked for; nothing was changed."""


class BusyError(FetchError):
    """A service can be asked again later; `seconds` is how long it wants us to wait, or 0."""

    def __init__(self, message: str, seconds: float = 0.0) -> None:
        minutes, hours = math.ceil(seconds / 60), math.ceil(seconds / 3600)
        amount = counted(minutes, "minute") if minutes < 120 else counted(hours, "hour")
        when = f"in {amount}" if minutes else "later"
        super().__init__(message, LATER.replace("later", when))
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Generic[Read]):
    """A request: `fields` go into the address or, if it is a `post`, into the body.

    `words` say what is fetched, for the progress bar. `read` turns the answer into what was asked
    for; it raises `ParseError` or `FetchError` for any other answer, which is then not kept, and
    `BusyError` if it is worth another try. An answer that was kept is used again if it is at most
    `newest` seconds old and of the same `edition`.
    """

    service: Service
    path: str
    words: str
    read: Callable[[bytes], Read]
    fields: Mapping[str, str]
    post: bool = False
    newest: float = 0.0
    edition: str = ""

    @property
    def address(self) -> str:
        address = f"{self.service.base}/{self.path}".rstrip("/")
        return f"{address}?{urlencode(self.fields)}" if self.fields and not self.post else address

    @property
    def body(self) -> bytes | None:
        return urlencode(self.fields).encode() if self.post else None

    @property
    def asked(self) -> str:
        """What was asked, as the cache knows it."""
        return f"{self.address}\n{(self.body or b'').decode()}\n{self.edition}"


def refuse_web_page(answer: bytes, host: str) -> None:
    """Raise `FetchError` for a web page, and for anything else that begins with a tag."""
    if answer[:1000].decode("utf-8-sig", errors="replace").lstrip().startswith("<"):
        raise FetchError(
            f"{host} sent a web page instead of data",
            "Perhaps your network asks you to log in first: open any page in your browser to see. "
            "Otherwise the service is being repaired; try again later.",
        )


def read_json(answer: bytes, host: str) -> Any:
    """Parse an answer that must be JSON; raises `FetchError` for web pages, and for half of one."""
    refuse_web_page(answer, host)
    text = answer.decode("utf-8-sig", errors="replace").strip()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BusyError(f"{host} closed the connection before its answer was complete") from None
