"""Notify a WebSub hub which feeds changed, so that subscribers get the news at once.

https://www.w3.org/TR/websub/#publishing does not define the request; hubs accept that of
PubSubHubbub 0.4, section 7.1.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

# How long a hub may take to answer, in seconds, and how many feeds are sent in one request.
_PATIENCE = 10
_AT_ONCE = 50


class HubError(Exception):
    """The hub could not be notified; feed readers will find the news a little later."""


def notify_hub(hub: str, topics: Sequence[str]) -> None:
    """Send the URLs of the changed feeds; raises `HubError` if the hub does not accept them."""
    for first in range(0, len(topics), _AT_ONCE):
        fields = [("hub.mode", "publish")]
        fields += [("hub.url", topic) for topic in topics[first : first + _AT_ONCE]]
        if trouble := _post_in_time(hub, fields):
            raise HubError(trouble)


def _post_in_time(hub: str, fields: Sequence[tuple[str, str]]) -> str:
    """Stop waiting for a hub that sends its answer very slowly."""
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(_post(hub, fields)), daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return answers[0] if answers else "it did not answer in time"


def _post(hub: str, fields: Sequence[tuple[str, str]]) -> str:
    """What went wrong, in words; empty if the hub accepted the request."""
    try:
        request = Request(hub, urlencode(fields).encode(), {"User-Agent": "wardblog"})  # noqa: S310 - settings allow only http and https
        with urlopen(request, timeout=_PATIENCE):  # noqa: S310 - the same
            return ""
    except HTTPError as error:
        error.close()
        return f"it answered {error.code} {error.reason}"
    except TimeoutError:
        return "it did not answer in time"
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        return getattr(reason, "strerror", None) or str(reason) or "it did not answer"
    except HTTPException:
        return "its answer could not be understood"
    except ValueError:
        return "its address cannot be used"
