"""The mark file in each release; folders without one are never listed, switched to or deleted.

A folder with a number as its name may belong to somebody else.
"""

from __future__ import annotations

import json
import re

from wardblog.publish.identity import Identity
from wardblog.support.late_dataclass import dataclass

# Most web servers do not serve files whose names begin with a dot.
MARK = ".wardblog-release"
# A release number: no sign, no leading zero, and only ASCII digits.
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
MOST_BYTES = 10_000
_KIND = "release"


@dataclass(frozen=True, slots=True)
class ReleaseMark:
    """The number of a release, and its site if known.

    `incoming` is the name of the folder until the release is complete.
    """

    number: int
    site: Identity | None = None
    incoming: str = ""

    def to_json(self) -> bytes:
        site = self.site.values if self.site else None
        data = {"wardblog": _KIND, "number": self.number, "incoming": self.incoming, "site": site}
        return json.dumps(data).encode()

    @classmethod
    def from_json(cls, text: bytes, folder: str) -> ReleaseMark | None:
        """The mark, if it is valid for a folder of this name; None otherwise.

        A copy of a release under another name is not ours.
        """
        if len(text) > MOST_BYTES:
            return None
        try:
            data = json.loads(text)
            if data["wardblog"] != _KIND or folder not in (str(data["number"]), data["incoming"]):
                return None
            if not NUMBER.fullmatch(str(data["number"])):
                return None
            return cls(int(data["number"]), Identity.from_values(data["site"]), data["incoming"])
        except (LookupError, TypeError, ValueError, RecursionError):
            return None
