"""The CSS of the message against what caniemail knows about mail programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.letters import full_issue
from office.mail_css import DATA, features_of

# What a mail program ignores without harm, as we decided one by one: feature, and where it fails.
REVIEWED = {
    # Outlook on Windows gets the width from the table in a comment that only it reads.
    ("css-max-width", "outlook"),
    # Without these, the light colours stay, and phones get the margins of a computer: all readable.
    ("css-at-media", "outlook"),
    ("css-at-media", "gmail"),
    ("css-at-media-prefers-color-scheme", "outlook"),
    ("css-at-media-prefers-color-scheme", "gmail"),
    # The rules in the head are only those; Gmail in a phone's browser drops the head.
    ("css-selector-class", "gmail"),
    ("css-selector-type", "gmail"),
    ("css-selector-grouping", "gmail"),
    ("css-selector-descendant", "gmail"),
    # Where the preheader is not hidden, it is one pixel high, and as pale as what is behind it.
    ("css-display-none", "gmail"),
    # In the councillor's own code examples; there, long lines are not wrapped.
    ("css-white-space", "outlook"),
}


def test_no_css_that_mail_programs_cannot_do_but_what_was_reviewed(tmp_path: Path) -> None:
    used = features_of(full_issue(tmp_path).html)
    assert {"css-padding", "css-max-width", "css-at-media", "css-unit-px"} <= used
    broken = {(f, client) for f in used for client, s in DATA[f].items() if s == "n"}
    assert broken == REVIEWED


def test_the_check_of_css_finds_what_is_broken() -> None:
    bad = '<p style="display:flex;gap:1rem;width:calc(1px + 2%)"><style>@import x;</style>'
    used = features_of(bad)
    assert used == {
        "css-display", "css-display-flex", "css-gap", "css-unit-rem", "css-width", "css-unit-calc",
        "css-unit-px", "css-unit-percent", "css-at-import",
    }  # fmt: skip
    assert any(DATA[feature]["outlook"] == "n" for feature in used)
    with pytest.raises(KeyError):
        features_of('<p style="frobnicate: 1">')
