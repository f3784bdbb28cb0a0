"""The councillor's colours are made readable on light and dark, changed as little as possible."""

from __future__ import annotations

import colorsys
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardblog.model import Imprint, Issue, MapSettings, PublishSettings, Site, Ward
from wardblog.support.colours import (
    COLOURS,
    DARK,
    LIGHT,
    WANTED,
    contrast,
    is_readable,
    nearest_colour,
    readable,
)
from wardblog.views import colour_rules
from wardblog.views.output import EMPTY_SITE

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def coloured(colour: str) -> Site:
    issue = Issue(
        name="Grit bins", slug="grit-bins", colour=colour, about="", report_url="", line=1
    )
    return Site(
        title="",
        url="",
        description="",
        accent=colour,
        ward=Ward("", ""),
        councillors=(),
        imprint=Imprint("", "", ""),
        map=MapSettings(),
        publish=PublishSettings(),
        issues=(issue,),
        posts=(),
        pages=(),
        files=frozenset(),
        today=EMPTY_SITE.today,
    )


@given(any_colour)
def test_every_colour_of_the_style_sheet_is_readable_on_its_background(colour: str) -> None:
    light, dark = colour_rules(coloured(colour)).split("@media screen and (prefers-color-scheme")
    for rules, paper in ((light, LIGHT), (dark, DARK)):
        shown = re.findall(r"--(?:accent|issue):(#[0-9a-f]{6})}", rules)
        assert len(shown) == 2
        assert all(contrast(one, paper) >= WANTED[paper] for one in shown)


def hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))


@given(any_colour, st.sampled_from((LIGHT, DARK)), st.floats(0, 1))
def test_no_colour_closer_in_lightness_is_readable(colour: str, paper: str, share: float) -> None:
    found = readable(colour, paper)
    if is_readable(colour, paper):
        assert found == colour
        return
    hue, before, saturation = hls(colour)
    after = hls(found)[1]
    made = colorsys.hls_to_rgb(hue, before + (after - before) * share, saturation)
    other = "#" + "".join(f"{round(channel * 255):02x}" for channel in made)
    is_nearer = abs(hls(other)[1] - before) < abs(after - before) - 1e-9
    assert not (is_nearer and is_readable(other, paper))


@given(any_colour)
def test_no_colour_is_readable_on_both_backgrounds_unchanged(colour: str) -> None:
    """So that one made lighter for dark paper is nothing to tell of."""
    assert min(contrast(colour, LIGHT), contrast(colour, DARK)) < WANTED[LIGHT]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_follows_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_every_suggested_colour_is_readable_on_white() -> None:
    assert [c for c in COLOURS if not is_readable(c, LIGHT)] == []
    assert nearest_colour("#00ff00", COLOURS) == "#1d5f3a"
