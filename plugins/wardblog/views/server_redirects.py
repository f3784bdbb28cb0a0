"""Redirects from old addresses for nginx and Apache, so that thousands of them cost no time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from urllib.parse import quote, unquote

from wardblog.model.redirects import with_small_escapes
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Where nginx looks up a request with a query; no file is there, and nobody can ask for it.
_LOOK_UP = "/.old-address/"
# So many addresses are compared one after another.
_FEW = 8
_PLAIN = late_regex(r"[A-Za-z0-9/._~-]+")


@dataclass(frozen=True, slots=True)
class _Query:
    """The old addresses with one path and the same names in their queries, such as `/?p=`.

    `new` is the new address by the values of these names, joined with "&".
    """

    path: str
    names: tuple[str, ...]
    new: dict[str, str]


def pattern_of(url: str) -> str:
    """A regular expression that matches a URL path, with special characters escaped."""
    return quote(unquote(url)).replace(".", r"\.").replace("%", r"\x")


def in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _queries(redirects: Mapping[str, str]) -> list[_Query]:
    found: dict[tuple[str, tuple[str, ...]], _Query] = {}
    for old, new in redirects.items():
        path, mark, query = old.partition("?")
        if mark:
            pairs = [pair.partition("=") for pair in query.split("&")]
            names = tuple(name for name, _, _ in pairs)
            one = found.setdefault((path, names), _Query(unquote(path), names, {}))
            one.new["&".join(value for _, _, value in pairs)] = new
    # The one with most names comes first: /?cat=4&feed=rss2 before /?cat=4.
    return sorted(found.values(), key=lambda one: (one.path, -len(one.names), one.names))


def nginx_redirects(redirects: Mapping[str, str], base: str) -> str:
    """Exact locations, which nginx keeps in a tree; it finds one as quickly as none.

    A request with a query is looked up in the same tree, at an address made from its query. `base`
    is the path of the site, decoded.
    """
    plain = {unquote(old): new for old, new in redirects.items() if "?" not in old}
    by_path: dict[str, list[_Query]] = {}
    for one in _queries(redirects):
        by_path.setdefault(one.path, []).append(one)
    lines: list[str] = []
    for number, (path, queries) in enumerate(by_path.items()):
        lines += _nginx_queries(queries, f"{base}{_LOOK_UP}{number}", plain.pop(path, ""))
    lines += (
        f'location = {in_quotes(old)} {{ return 301 "{new}"; }}\n' for old, new in plain.items()
    )
    return "".join(lines)


def _nginx_queries(queries: Sequence[_Query], folder: str, new: str) -> Iterator[str]:
    """The locations for the queries of one path, which leads to `new` without any of them."""
    path = queries[0].path
    page = f"{path}index.html" if path.endswith("/") else path
    otherwise = f'return 301 "{new}";' if new else f'rewrite ^ "{page}" break;'
    asked = [_nginx_query(one, f"{folder}/{at}/") for at, one in enumerate(queries)]
    last = f"  {otherwise}\n" if new else ""
    yield f'location = "{path}" {{\n{"".join(asked)}{last}}}\n'
    for at, one in enumerate(queries):
        start = f"{folder}/{at}/"
        # Where these values lead nowhere, the next query may.
        yield (
            f'location ^~ "{start}" {{\n  internal;\n{"".join(asked[at + 1 :])}  {otherwise}\n}}\n'
        )
        for value, target in one.new.items():
            where = in_quotes(start + unquote(value))
            yield f'location = {where} {{ internal; return 301 "{target}"; }}\n'


def _nginx_query(one: _Query, start: str) -> str:
    """What looks up the values of a query, if the request has one for each of its names."""
    values = "&".join(f"$arg_{name}" for name in one.names)
    given = "&".join("[^&]+" for _ in one.names)
    return (
        f'  set $ward_values "{values}";\n'
        f'  if ($ward_values ~ "^{given}$") {{ rewrite ^ "{start}$ward_values" last; }}\n'
    )


def nginx_other_forms(base: str) -> str:
    """What plug-ins of WordPress added to the address of a post for phones; `base` is encoded."""
    return (
        f'location ~ "^{pattern_of(base)}/[^\\x00-\\x1f]+/amp/?$" {{\n'
        '  if (!-e $request_filename) { rewrite "^(.+)/amp/?$" "$1/?" permanent; }\n}\n'
    )


def apache_redirects(redirects: Mapping[str, str]) -> str:
    """Rules that skip all others but a few, since Apache reads them one after another."""
    rules: list[str] = []
    for number, one in enumerate(_queries(redirects)):
        rules += _apache_query(one, f"WARD_OLD_{number}")
    rules += _tree("REQUEST_URI", {unquote(o): n for o, n in redirects.items() if "?" not in o})
    return "".join(f"  {line}\n" for rule in rules for line in rule.splitlines())


def _apache_query(one: _Query, variable: str) -> list[str]:
    """Rules that put the values of a query into a variable, and compare that."""
    given = "".join(rf"(?=(?:.*&)?{name}=([^&]+))" for name in one.names)
    values = "&".join(f"%{at}" for at in range(1, len(one.names) + 1))
    found = _tree(
        f"ENV:{variable}",
        {way: new for value, new in one.new.items() for way in (value, with_small_escapes(value))},
    )
    skip = (
        f'RewriteCond %{{REQUEST_URI}} "!^{pattern_of(one.path)}$" [OR]\n'
        f'RewriteCond %{{QUERY_STRING}} "!^{given}"\n'
        f"RewriteRule ^ - [S={len(found) + 1}]\n"
    )
    keep = f'RewriteCond %{{QUERY_STRING}} "^{given}"\nRewriteRule ^ - [E={variable}:{values}]\n'
    return [skip, keep, *found]


def apache_other_forms(base: str) -> str:
    """The same as `nginx_other_forms`."""
    return (
        "  RewriteCond %{REQUEST_FILENAME}%{PATH_INFO} !-d\n"
        f'  RewriteCond %{{REQUEST_URI}} "^({pattern_of(base)}/.+)/amp/?$"\n'
        '  RewriteRule ^ "%1/" [R=301,L,QSD]\n'
    )


def _tree(subject: str, new: Mapping[str, str]) -> list[str]:
    """Rules that compare a variable with each key, by halves; a rule may have several lines."""
    return _halved(subject, sorted(new.items(), key=lambda item: item[0].encode()))


def _halved(subject: str, items: Sequence[tuple[str, str]]) -> list[str]:
    at, first = _middle([old for old, _ in items])
    if not at:
        return [_rule(subject, old, new) for old, new in items]
    before, after = _halved(subject, items[:at]), _halved(subject, items[at:])
    condition = f"RewriteCond expr \"%{{{subject}}} >= '{first}'\"\n"
    skip_before = f"{condition}RewriteRule ^ - [S={len(before) + 1}]\n"
    return [skip_before, *before, f"RewriteRule ^ - [S={len(after)}]\n", *after]


def _middle(olds: Sequence[str]) -> tuple[int, str]:
    """Where to divide sorted addresses: the place, and a text between the two next to it.

    The place is 0 if there are only a few, or if they have characters special to Apache.
    """
    if len(olds) > _FEW:
        for at in sorted(range(1, len(olds)), key=lambda at: abs(at - len(olds) // 2)):
            before, after = olds[at - 1], olds[at]
            first = after[: _same_start(before, after) + 1]
            if _PLAIN.fullmatch(first):
                return at, first
    return 0, ""


def _same_start(one: str, two: str) -> int:
    """How many letters two texts have in common before they differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _rule(subject: str, old: str, new: str) -> str:
    """The redirect from one address."""
    is_plain = _PLAIN.fullmatch(old)
    condition = f"={old}" if is_plain else f"^{pattern_of(quote(old))}$"
    escaped = new.replace("%", r"\%")
    return f'RewriteCond %{{{subject}}} "{condition}"\nRewriteRule ^ "{escaped}" [R=301,L,NE,QSD]\n'
