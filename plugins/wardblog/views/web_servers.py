"""Settings for nginx and Apache: headers, media types, compressed files and redirects.

Every page works without them. With them, browsers cache files that never change, old addresses
redirect, no other site can embed these pages, and nothing runs in other files.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote

from wardblog.model import Site
from wardblog.model.media_types import (
    CACHED_FOLDERS,
    IMMUTABLE,
    MEDIA_TYPES,
    REVALIDATE,
    SANDBOXED,
    media_type,
)
from wardblog.views.hosting import POLICY, POLICY_OF_FILES, headers
from wardblog.views.server_redirects import (
    apache_other_forms,
    apache_redirects,
    in_quotes,
    nginx_other_forms,
    nginx_redirects,
    pattern_of,
)
from wardblog.views.table import redirects

_HASHED = r".*\.[0-9a-f]{12}\.[a-z]+"
# For Apache, a compressed file has a path of its own.
_PACKED = r"(\.br|\.gz)?"
# Flags for Apache's RewriteRule: escape these characters, which are part of the file's name.
_AS_NAMED = "B=%?#"
HIDDEN = r"/\.(?!well-known/)"


def snippets(site: Site) -> Mapping[str, str]:
    """Settings for your own web server, by the names of their files."""
    return MappingProxyType({"nginx.conf": _nginx(site), "apache.conf": _apache(site)})


def _kept(site: Site) -> list[tuple[str, str]]:
    """Patterns of paths with their `Cache-Control` header; the last matching pattern applies."""
    base = pattern_of(site.base_path)
    folders = [(f"{base}/{folder}.*", value) for folder, value in CACHED_FOLDERS.items()]
    return [*folders, (_HASHED, IMMUTABLE)]


def _endings() -> Mapping[str, list[str]]:
    """The file name endings of each media type."""
    found: dict[str, list[str]] = {}
    for ending, kind in MEDIA_TYPES.items():
        found.setdefault(kind, []).append(ending.removeprefix("."))
    return {kind: names for kind, names in found.items() if "." not in names[0]}


def _named(site: Site) -> list[tuple[str, str]]:
    """Patterns of paths whose media type does not follow from the last ending alone."""
    feeds = [(f".*{pattern_of(e)}", kind) for e, kind in MEDIA_TYPES.items() if e.count(".") > 1]
    return [
        *feeds,
        (rf"{pattern_of(site.base_path)}/feeds/.*\.json", media_type("feeds/all.json")),
        (r".*/(LICENSE|_headers|_redirects)", media_type("LICENSE")),
    ]


def _nginx(site: Site) -> str:
    kept = "".join(
        f'if ($uri ~ "^{pattern}$") {{ set $ward_keep "{value}"; }}\n'
        for pattern, value in _kept(site)
    )
    return f"""\
# For nginx: include this file in the "server" block of the site.
# Written by "make publish" from what is in content/; changes made here are lost.

# How long browsers may cache each file; the last pattern that matches applies.
set $ward_keep "{REVALIDATE}";
{kept}
# Pages may run the site's own scripts; nothing runs in other files that are opened by themselves.
set $ward_policy "{headers(site)[POLICY]}";
if ($uri ~ "^{SANDBOXED}$") {{ set $ward_policy "{POLICY_OF_FILES}"; }}

{_only_below(unquote(site.base_path), _nginx_below(site))}"""


def _only_below(base: str, settings: str) -> str:
    """Limit settings to the site's own folder, so that the rest of the server is unaffected."""
    if not base:
        return settings
    # late import: see docs/architecture.md
    from textwrap import indent

    return f"location {in_quotes(f'{base}/')} {{\n{indent(settings, '  ')}}}\n"


def _nginx_below(site: Site) -> str:
    all_headers = {**headers(site), POLICY: "$ward_policy"}
    sent = "".join(f'add_header {name} "{said}" always;\n' for name, said in all_headers.items())
    types = "".join(f'  "{kind}" {" ".join(names)};\n' for kind, names in _endings().items())
    named = "".join(
        f'location ~ "^{pattern}$" {{ types {{ }} default_type "{kind}"; }}\n'
        for pattern, kind in _named(site)
    )
    old = redirects(site)
    moved = nginx_redirects(old, unquote(site.base_path))
    if old:
        moved += nginx_other_forms(site.base_path)
    return f"""\
index index.html;
absolute_redirect off;
# A folder without a page is answered with "not found".
error_page 403 404 =404 {in_quotes(f"{unquote(site.base_path)}/404.html")};

# The headers of every response.
{sent}add_header Cache-Control $ward_keep always;

# Larger text files are also there in compressed form, as .gz and .br. If your nginx has the
# module ngx_brotli, remove the # in front of "brotli_static".
gzip_static on;
# brotli_static on;
gzip_vary on;
gzip_proxied any;

# Files whose names begin with a dot are not for visitors, except those in .well-known.
location ~ "{HIDDEN}" {{ return 404; }}

# The media types of the files.
default_type application/octet-stream;
types {{
{types}}}
{named}
# Redirects from old addresses.
{moved}"""


def _apache(site: Site) -> str:
    sent = "".join(f'  Header always set {name} "{said}"\n' for name, said in headers(site).items())
    sent += (
        f'  Header always set {POLICY} "{POLICY_OF_FILES}" '
        f'"expr=%{{REQUEST_URI}} =~ m#^{SANDBOXED}$#"\n'
    )
    kept = "".join(
        f'  Header always set Cache-Control "{value}" '
        f'"expr=%{{REQUEST_URI}} =~ m#^{pattern}{_PACKED}$#"\n'
        for pattern, value in _kept(site)
    )
    old = redirects(site)
    moved = apache_redirects(old) + (apache_other_forms(site.base_path) if old else "")
    packed = "".join(_apache_packed(*one) for one in (("br", ".br"), ("gzip", ".gz")))
    return f"""\
# For Apache 2.4 with its modules "headers" and "rewrite" (on Debian: a2enmod headers rewrite).
# Include this file in the <Directory> of the site, where "Options FollowSymLinks" must be set.
# If you can only use .htaccess, save it under that name in the folder above the site's folder.
# "AllowOverride FileInfo" must be set there too, and visitors should have no other files there.
# In the site's own folder it would be deleted by the next publish.
# Written by "make publish" from what is in content/; changes made here are lost.

ErrorDocument 404 {site.base_path}/404.html

# Files whose names begin with a dot are not for visitors, except those in .well-known.
RedirectMatch 404 "{HIDDEN}"

# The headers of every response, and how long browsers may cache each file; the last pattern that
# matches applies.
<IfModule mod_headers.c>
{sent}  Header always set Cache-Control "{REVALIDATE}"
{kept}  Header merge Vary Accept-Encoding
</IfModule>

<IfModule mod_rewrite.c>
  RewriteEngine On

  # Redirects from old addresses.
{moved}
  # A folder without a page is answered with "not found".
  RewriteCond %{{REQUEST_URI}} "^(.*/)$"
  RewriteRule ^ "%1index.html" [L,{_AS_NAMED}]

  # Larger text files are also there in compressed form, as .br and .gz. Apache need not compress
  # anything itself.
  RewriteRule ^ - [E=no-gzip:1,E=no-brotli:1]
{packed}</IfModule>
AddEncoding br .br
AddEncoding gzip .gz
# By default Apache takes ".br" to mean the Breton language.
RemoveLanguage .br

# The media types of the files.
{_apache_types(site)}"""


def _apache_types(site: Site) -> str:
    types = "".join(
        f'<FilesMatch "(?i)\\.({"|".join(names)}){_PACKED}$">\n'
        f'  ForceType "{kind}"\n</FilesMatch>\n'
        for kind, names in _endings().items()
    )
    named = "".join(
        f'<If "%{{REQUEST_URI}} =~ m#^{pattern}{_PACKED}$#">\n  ForceType "{kind}"\n</If>\n'
        for pattern, kind in _named(site)
    )
    return types + named


def _apache_packed(encoding: str, ending: str) -> str:
    """Rules for browsers that accept an encoding, and not with `;q=0` (RFC 9110, 12.4.2)."""
    return f"""\
  RewriteCond %{{HTTP:Accept-Encoding}} "(?i)\\b{encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))"
  RewriteCond %{{REQUEST_FILENAME}}%{{PATH_INFO}}{ending} -f
  RewriteCond %{{REQUEST_URI}} "^(.+)$"
  RewriteRule ^ "%1{ending}" [L,{_AS_NAMED}]
"""
