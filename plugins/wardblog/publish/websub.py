"""Tells a WebSub hub which feeds changed, so that their readers hear of it at once.

https://www.w3.org/TR/websub/#publishing leaves the form of this open; hubs take that of
PubSubHubbub 0.4, section 7.1.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

# How long a hub may take to answer, in seconds, and how many feeds it is told of at a time.
_PATIENCE = 10
_AT_ONCE = 50


class HubError(Exception):  # noqa: N818 - no fault: residents see the site all the same
    """The hub could not be told; readers will find the news by themselves, a little later."""


def notify_hub(hub: str, topics: Sequence[str]) -> None:
    """Sends the URLs of the feeds that changed; raises `HubSilent` if the hub takes none."""
    for first in range(0, len(topics), _AT_ONCE):
        fields = [("hub.mode", "publish")]
        fields += [("hub.url", topic) for topic in topics[first : first + _AT_ONCE]]
        if trouble := _post_in_time(hub, fields):
            raise HubError(trouble)


def _post_in_time(hub: str, fields: Sequence[tuple[str, str]]) -> str:
    """A hub that sends its answer drop by drop must not hold the councillor up."""
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(_ask(hub, fields)), daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return answers[0] if answers else "it did not answer in time"


def _ask(hub: str, fields: Sequence[tuple[str, str]]) -> str:
    """What went wrong, in words; nothing if the hub took it."""
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
