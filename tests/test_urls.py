"""The functions that take URLs apart have an answer for every text."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support import INVALID_URLS, examples
from wardblog.support.urls import (
    host_of,
    is_this_computer,
    is_web_address,
    join_url,
    parts_of,
    short_host,
    split_url,
)

PIECES = ("https:", "http:", "//", "/", "[", "]", "::1", ":", "@", "?", "#", ".", "%", "x", "www.",
          "\u2100", "99999", " ", "\n", "\x00", "é", "mailto:", "\ud800")  # fmt: skip


@settings(max_examples=examples(2000, short=300), deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)
@example("https://example.org/", "https://[x")
def test_every_text_has_an_answer(base: str, url: str) -> None:
    parts = split_url(url)
    if parts is None:
        assert set(parts_of(url)) == {""}
        assert (host_of(url), short_host(url), is_web_address(url)) == ("", "", False)
    else:
        assert parts == parts_of(url) == urlsplit(url.strip())
        _ = parts.port
    assert isinstance(join_url(base, url), str)


@pytest.mark.parametrize("url", INVALID_URLS)
def test_an_invalid_address_is_no_web_address(url: str) -> None:
    assert not is_web_address(url)
    assert not is_web_address("http://.")


def test_hosts_are_read_as_browsers_read_them() -> None:
    url = " https://name:word@WWW.Example.ORG.:8000/a?b#c "
    assert (host_of(url), short_host(url)) == ("www.example.org", "example.org")
    assert host_of("//example.org/a") == "example.org"
    assert host_of("mailto:robin@example.org") == host_of("images/bin.jpg") == host_of("") == ""


def test_this_computer_has_several_names() -> None:
    assert all(map(is_this_computer, ("localhost", "LOCALHOST", "127.0.0.1", "127.0.1.1", "::1")))
    assert not any(map(is_this_computer, ("", "example.org", "localhost.example", "192.168.1.1")))


def test_an_address_on_a_page() -> None:
    assert join_url("https://a.example/b/c", "../d") == "https://a.example/d"
    assert join_url("https://a.example/b/", "http://[") == "http://["
    assert join_url("https://[", "d") == "d"
