"""The mark inside each release: nothing without it is listed, switched to, or deleted.

A folder may merely look like a release, since its name is a number. Whatever has no mark of ours is
somebody else's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from wardblog.publish.identity import Identity

# Web servers do not show it: its name begins with a dot.
MARK = ".wardblog-release"
# A number as we write it: no sign, no zero in front, and no figures of other scripts.
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
MOST_BYTES = 10_000
_KIND = "release"


@dataclass(frozen=True, slots=True)
class ReleaseMark:
    """Which release a folder is, and of which site, where that is known.

    `incoming` is the name that the folder has until it is whole.
    """

    number: int
    site: Identity | None = None
    incoming: str = ""

    def to_json(self) -> bytes:
        site = self.site.values if self.site else None
        said = {"wardblog": _KIND, "number": self.number, "incoming": self.incoming, "site": site}
        return json.dumps(said).encode()

    @classmethod
    def from_json(cls, text: bytes, folder: str) -> ReleaseMark | None:
        """The mark of a release's folder; None for anything else.

        A copy under another name belongs to whoever made it.
        """
        if len(text) > MOST_BYTES:
            return None
        try:
            said = json.loads(text)
            if said["wardblog"] != _KIND or folder not in (str(said["number"]), said["incoming"]):
                return None
            if not NUMBER.fullmatch(str(said["number"])):
                return None
            return cls(int(said["number"]), Identity.from_values(said["site"]), said["incoming"])
        except (LookupError, TypeError, ValueError, RecursionError):
            return None
