"""Headers for static hosts such as Netlify and Cloudflare Pages.

Every page works without them. With them, browsers cache files that never change, no other site can
embed these pages, and nothing runs in other files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wardblog.model import Site
from wardblog.model.media_types import CACHED_FOLDERS, READ_AS_XML, SANDBOX
from wardblog.model.outputs import OutputKind
from wardblog.views.every_page import content_security_policy
from wardblog.views.output import EMPTY_SITE, File, small_file

POLICY = "Content-Security-Policy"
# Only a header, and not the page itself, can forbid other sites to embed the page.
_NOT_EMBEDDED = "frame-ancestors 'none'"
# The policy of files that are not pages.
POLICY_OF_FILES = f"{SANDBOX}; {_NOT_EMBEDDED}"


def headers(site: Site) -> Mapping[str, str]:
    """The headers of every response; files that are not pages have `POLICY_OF_FILES` instead."""
    return MappingProxyType(
        {
            POLICY: f"{content_security_policy(site.map)}; {_NOT_EMBEDDED}",
            # Providers of street tiles require to know which site requests them.
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        }
    )


def for_static_hosts(site: Site) -> Iterator[File]:
    """`_headers`, in the form that these hosts have in common.

    Hosts that find two policies for a file send both, and browsers then keep to both.
    """
    blocks = {"/*": headers(site)}
    for ending in sorted(READ_AS_XML):
        blocks |= {f"/*{way}": {POLICY: POLICY_OF_FILES} for way in (ending, ending.upper())}
    blocks |= {f"/{folder}*": {"Cache-Control": value} for folder, value in CACHED_FOLDERS.items()}
    header_text = "\n".join(
        f"{site.base_path}{where}\n" + "".join(f"  {name}: {value}\n" for name, value in h.items())
        for where, h in blocks.items()
    )
    yield small_file("_headers", OutputKind.HOST, EMPTY_SITE, header_text.encode())
