"""Replies are news, whatever their day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from support import BASE, read_all, write_site
from wardblog.model.events import LONDON
from wardblog.views.hearing_news import news_of_hearing


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2026-11-19", datetime(2026, 11, 20, 9, tzinfo=LONDON)),
        ("2026-11-20", datetime(2026, 11, 20, 9, tzinfo=LONDON)),
        ("2026-11-20 08:00", datetime(2026, 11, 20, 9, tzinfo=LONDON)),
        ("2026-11-20 10:00", datetime(2026, 11, 20, 10, tzinfo=LONDON)),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=LONDON)),
        ("2027-11-21", None),
    ],
)
def test_a_reply_is_news_and_never_older_than_its_post(
    day: str, moment: datetime | None, tmp_path: Path
) -> None:
    lines = f"\nReply: {day} | A resident | Yes.\n\n"
    text = BASE["posts/fine.md"].replace("\n\n", lines)
    site, _ = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    found = [news.moment for news in news_of_hearing(site, site.posts[0])]
    assert found == ([moment] if moment else [])
