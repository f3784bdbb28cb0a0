"""The content security policy: pages load only from the site, and map tiles if they are set."""

from __future__ import annotations

from urllib.parse import urlsplit

from wardblog.model import MapSettings


def content_security_policy(settings: MapSettings) -> str:
    """The policy in every page (https://www.w3.org/TR/CSP3/).

    Its last part makes the browser refuse any text that a script would insert as HTML or load as a
    script, unless the theme's own policy allows it (https://www.w3.org/TR/trusted-types/).
    """
    images = "'self'"
    if settings.tiles != "none":
        parts = urlsplit(settings.tile_url)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types default"
    )
