"""Tells a WebSub hub which feeds changed, so that their readers hear of it at once.

https://www.w3.org/TR/websub/#publishing leaves the form of this open; hubs take that of
PubSubHubbub 0.4, section 7.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

# How long a hub may take to answer, in seconds, and how many feeds it is told of at a time.
_PATIENCE = 10
_AT_ONCE = 50


class HubSilent(Exception):  # noqa: N818 - no fault: residents see the site all the same
    """The hub could not be told; readers will find the news by themselves, a little later."""


def tell_hub(hub: str, topics: Sequence[str]) -> None:
    """Sends the URLs of the feeds that changed; raises `HubSilent` if the hub takes none."""
    for first in range(0, len(topics), _AT_ONCE):
        fields = [("hub.mode", "publish")]
        fields += [("hub.url", topic) for topic in topics[first : first + _AT_ONCE]]
        request = Request(hub, urlencode(fields).encode(), {"User-Agent": "wardblog"})  # noqa: S310 - settings allow only http and https
        try:
            with urlopen(request, timeout=_PATIENCE):  # noqa: S310 - the same
                pass
        except HTTPError as error:
            error.close()
            raise HubSilent(f"it answered {error.code} {error.reason}") from None
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            words = getattr(reason, "strerror", None) or str(reason)
            raise HubSilent(words or "it did not answer") from None
