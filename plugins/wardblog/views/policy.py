"""What a page may load: nothing but the site itself, and map tiles where the ward allows them."""

from __future__ import annotations

from urllib.parse import urlsplit

from wardblog.model import MapSettings


def content_security_policy(settings: MapSettings) -> str:
    """The policy that every page carries (https://www.w3.org/TR/CSP3/).

    Its last part makes the browser refuse any text that a script would write as HTML, or load as
    a script, but for what the theme's one policy lets through (https://www.w3.org/TR/trusted-types/).
    """
    images = "'self'"
    if settings.tiles != "none":
        parts = urlsplit(settings.tile_url)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types default"
    )
