"""Titles, names and summaries of an old blog as plain text."""

from __future__ import annotations

from wardblog.text.plain_text import plain

# In characters: what is longer is not one of these, and may be made to take long.
_MOST = 5000


def words_of(html: str) -> str:
    """The text of HTML in one line; of a very long one only the beginning."""
    return plain(html[:_MOST])
