"""Check after a publish that residents get what was published."""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
import zlib
from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from wardblog.model import Site
from wardblog.model.addresses import EVERYTHING, feed_path, index_of
from wardblog.publish.manifest import FileEntry, SiteManifest
from wardblog.publish.plan import PublishPlan

# How long the host may take for all requests, in seconds.
PATIENCE = 10
# How much longer than the file a response may be, in bytes, such as by the gzip header.
_MORE = 10_000
_HEADERS = {
    "User-Agent": "wardblog",
    "Cache-Control": "no-cache",
    "Accept-Encoding": "gzip, identity",
}
_REDIRECTS = (301, 302, 303, 307, 308)


def differences(site: Site, plan: PublishPlan, before: SiteManifest) -> list[str]:
    """How the live home page, a post and a feed differ from what was sent; empty for not at all."""
    files = plan.manifest.files
    paths = [path for path in _checked_paths(site, plan) if path in files]
    results: dict[str, str] = {}

    def check(path: str) -> None:
        url = site.absolute(path.removesuffix("index.html"))
        old = before.files.get(path)
        difference = _difference(url, files[path], old.digest if old else "")
        results[path] = f"{url} {difference}" if difference else ""

    threads = [threading.Thread(target=check, args=(path,), daemon=True) for path in paths]
    for thread in threads:
        thread.start()
    end = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    no_answer = f"{site.url}/ did not answer within {PATIENCE} seconds"
    lines = dict.fromkeys(results.get(path, no_answer) for path in paths)
    return [line for line in lines if line]


def _checked_paths(site: Site, plan: PublishPlan) -> Sequence[str]:
    """The home page, a changed post (or else the newest), and the feed of everything."""
    posts = [index_of(post.address) for post in site.published]
    sent = set(plan.sent)
    post = next((path for path in posts if path in sent), posts[0] if posts else "")
    return ("index.html", post, feed_path(EVERYTHING))


def _difference(url: str, entry: FileEntry, before: str) -> str:
    request = Request(url, headers=_HEADERS)  # noqa: S310 - settings allow only http and https
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
            # A limit, so that an endless response cannot fill the memory.
            most = entry.size + _MORE
            body = _decompressed(
                answer.read(most), answer.headers.get("Content-Encoding", ""), most
            )
    except HTTPError as error:
        error.close()
        if error.code in _REDIRECTS:
            return "redirects in a circle"
        return f"answers {error.code} {error.reason}"
    except TimeoutError:
        return f"did not answer within {PATIENCE} seconds"
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, ssl.SSLError):
            return "has no certificate that browsers trust"
        return f"did not answer ({getattr(reason, 'strerror', None) or reason})"
    except (HTTPException, ValueError, EOFError, zlib.error):
        return "gave an answer that could not be understood"
    got = hashlib.sha256(body).hexdigest()
    if got == entry.digest:
        return ""
    return "is still the old version" if got == before else "is not what was published"


def _decompressed(body: bytes, encoding: str, most: int) -> bytes:
    """The body without gzip, which some hosts use even if the client does not ask for it."""
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        return body
    return zlib.decompressobj(31).decompress(body, most)  # 31: with the header of gzip
