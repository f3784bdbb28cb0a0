"""The words by which residents join and leave the newsletter."""

from __future__ import annotations

# The subjects of the messages that residents send; `views/sharing.py` makes links with them.
JOIN, STOP = "Join the newsletter", "Stop the newsletter"
