"""Where the links of pasted texts lead."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from wardblog.preview.editor.paste.links import cleaned, with_links_cleaned

PAGE = "https://www.example.gov.uk/bins_2026?id=4#when"
_ENCODED = quote(PAGE, safe="")
_PROOFPOINT = "https-3A__www.example.gov.uk_bins-5F2026-3Fid-3D4-23when"
_SAFELINK = f"https://eur03.safelinks.protection.outlook.com/?url={_ENCODED}&data=05&reserved=0"


@pytest.mark.parametrize(
    "address",
    [
        _SAFELINK,
        f"https://www.google.com/url?q={_ENCODED}&sa=D&source=docs",
        f"https://www.google.co.uk/url?sa=t&url={_ENCODED}&ved=2",
        f"https://l.facebook.com/l.php?u={_ENCODED}&h=AT0",
        f"https://linkprotect.cudasvc.com/url?a={_ENCODED}&c=E",
        f"https://urldefense.com/v3/__{PAGE}__;!!abc!def$",
        f"https://urldefense.proofpoint.com/v2/url?u={_PROOFPOINT}&d=Dw",
        f"https://gbr01.safelinks.protection.outlook.com/?url={quote(_SAFELINK, safe='')}&data=1",
        "https://www.example.gov.uk/bins_2026?utm_source=mail&id=4&fbclid=x&gclid=y#when",
        f" {PAGE}\n",
    ],
)
def test_links_lead_where_they_were_meant_to(address: str) -> None:
    assert cleaned(address) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "javascript://x.org/%0aalert(1)", "java\nscript:alert(1)",
        " JavaScript:x", "data:text/html,x",
        "file:///C:/x.docx", "cid:image001@x", "blob:https://x.org/1", "about:blank", "#top", "",
        "vbscript:x", "http://", "http://[", "https:///x", "/relative", "../up", "page.html",
        "http://localhost:8000/a", "http://127.0.0.1/_write/", "http://[::1]:8000/",
        "ms-word:ofe|u",
    ],
)  # fmt: skip
def test_a_post_has_no_link_that_nobody_can_or_should_follow(address: str) -> None:
    assert cleaned(address) == ""


@pytest.mark.parametrize("address", ["mailto:bins@example.gov.uk?subject=A%20bin", "tel:+44207"])
def test_addresses_and_numbers_stay_links(address: str) -> None:
    assert cleaned(address) == address


def test_a_link_within_a_site_is_completed_if_the_page_is_known() -> None:
    assert cleaned("../b?utm_id=1#c", "https://x.org/a/d/e.html") == "https://x.org/a/b#c"
    assert cleaned("javascript:x", "https://x.org/") == ""
    assert cleaned("//y.org/a", "https://x.org/") == "https://y.org/a"


def test_an_address_that_leads_to_nothing_sensible_stays() -> None:
    bad = "https://www.google.com/url?q=javascript:alert(1)"
    assert cleaned(bad) == bad


def test_addresses_in_words_are_cleaned_as_well() -> None:
    words = f"See {_SAFELINK}, or https://x.org/a_b (not https://x.org/?utm_source=y)."
    assert with_links_cleaned(words) == (f"See {PAGE}, or https://x.org/a_b (not https://x.org/).")
