"""The fault that axe is to find is found, and what is left out is not looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.axe import violations

pytestmark = pytest.mark.browser

PAGE = "<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>"


def test_axe_finds_a_picture_without_words_where_it_looks(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PAGE)
    assert [rule for rule, _ in violations(page)] == ["image-alt"]
    colours = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    assert violations(page, colours) == violations(page, left_out="img") == []
    page.close()
