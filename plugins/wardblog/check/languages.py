"""Check that passages in another language are marked as such (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

_LANG = late_regex(r'<[a-z][^<>]*? lang="([^"]+)"')
_TAG = late_regex(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
# Common mistakes, and the right language code (https://www.iana.org/assignments/language-subtag-registry).
_MEANT = {
    "english": "en", "eng": "en", "welsh": "cy", "cym": "cy", "wel": "cy", "urdu": "ur",
    "urd": "ur", "bengali": "bn", "bangla": "bn", "ben": "bn", "punjabi": "pa", "pan": "pa",
    "gujarati": "gu", "guj": "gu", "polish": "pl", "pol": "pl", "arabic": "ar", "ara": "ar",
    "french": "fr", "fra": "fr", "fre": "fr", "spanish": "es", "spa": "es", "portuguese": "pt",
    "por": "pt", "german": "de", "deu": "de", "ger": "de", "italian": "it", "ita": "it",
    "romanian": "ro", "ron": "ro", "turkish": "tr", "tur": "tr", "somali": "so", "som": "so",
    "tamil": "ta", "tam": "ta", "hindi": "hi", "hin": "hi", "chinese": "zh", "zho": "zh",
    "chi": "zh", "cn": "zh", "greek": "el", "gr": "el", "ell": "el", "ukrainian": "uk",
    "ua": "uk", "ukr": "uk", "russian": "ru", "rus": "ru", "latin": "la", "gaelic": "gd",
    "irish": "ga", "persian": "fa", "farsi": "fa", "hebrew": "he", "japanese": "ja", "jp": "ja",
    "cz": "cs", "dk": "da", "kr": "ko", "en-uk": "en-GB", "en_gb": "en-GB", "en-en": "en-GB",
}  # fmt: skip


class _Script(NamedTuple):
    """A script other than Latin, with the code of a language that uses it."""

    name: str
    signs: str
    code: str
    is_rtl: bool = False


_SCRIPTS = (
    _Script("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "ur", True),
    _Script("Hebrew", "\u0590-\u05ff\ufb1d-\ufb4f", "he", True),
    _Script("Greek", "\u0370-\u03ff\u1f00-\u1fff", "el"),
    _Script("Cyrillic", "\u0400-\u052f", "uk"),
    _Script("Armenian", "\u0530-\u058f", "hy"),
    _Script("Devanagari", "\u0900-\u097f", "hi"),
    _Script("Bengali", "\u0980-\u09ff", "bn"),
    _Script("Gurmukhi", "\u0a00-\u0a7f", "pa"),
    _Script("Gujarati", "\u0a80-\u0aff", "gu"),
    _Script("Tamil", "\u0b80-\u0bff", "ta"),
    _Script("Telugu", "\u0c00-\u0c7f", "te"),
    _Script("Malayalam", "\u0d00-\u0d7f", "ml"),
    _Script("Sinhala", "\u0d80-\u0dff", "si"),
    _Script("Thai", "\u0e00-\u0e7f", "th"),
    _Script("Georgian", "\u10a0-\u10ff", "ka"),
    _Script("Ethiopic", "\u1200-\u137f", "am"),
    _Script("Korean", "\u1100-\u11ff\uac00-\ud7af", "ko"),
    _Script("Japanese", "\u3040-\u30ff", "ja"),
    _Script("Chinese", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "zh"),
)  # fmt: skip
# Compiling these takes long, so they stay strings until they are needed.
_ANY = f"[{''.join(script.signs for script in _SCRIPTS)}]"
_WORD = "|".join(f"(?P<{s.name}>[{s.signs}]+)" for s in _SCRIPTS)
# Languages written in these scripts; posts in them are not checked.
_NOT_LATIN = frozenset(
    ("am", "ar", "be", "bg", "bn", "ckb", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk",
     "ko", "mk", "ml", "mn", "mr", "ne", "pa", "ps", "ru", "sd", "si", "sr", "ta", "te", "th",
     "ti", "ug", "uk", "ur", "yi", "yue", "zh")
)  # fmt: skip
# A name or greeting is not a passage. Chinese and Japanese have no spaces between words.
_FEW, _FEW_SIGNS = 3, 8
_UNSPACED = ("Chinese", "Japanese", "Thai")
_PARTS = late_regex(r'<(/?)([a-z][a-z0-9]*)((?: [^\s"=]+(?:="[^"]*")?)*)>|([^<]+)')
_BLOCKS = frozenset(
    ("p", "li", "td", "th", "dd", "dt", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
     "section", "article", "figcaption", "summary", "caption", "ul", "ol", "table", "tr")
)  # fmt: skip
_VOID = frozenset(("br", "img", "hr", "wbr", "col", "source", "track"))
_IN_SCOPE = late_regex(r' (lang|dir)="([^"]*)"')


@limited
def language_of_parts(post: Post) -> Iterator[Problem]:
    if 'lang="' in post.html:
        yield from _codes(post)
    if post.html.isascii() or post.lang.split("-")[0] in _NOT_LATIN:
        return
    if re.search(_ANY, post.html):
        yield from _passages(post)


def _codes(post: Post) -> Iterator[Problem]:
    for written in dict.fromkeys(map(unescape, _LANG.findall(post.html))):
        meant = _MEANT.get(written.casefold())
        if meant or not _TAG.fullmatch(written):
            yield Problem(
                file=post.file,
                line=post.line_with(f'lang="{written}') or post.line_with(written),
                message=f'there is no language code "{written}"',
                hint=f'Write lang="{meant}".' if meant else 'Codes are like "en", "cy" or "ur".',
            )


def _passages(post: Post) -> Iterator[Problem]:
    """The first passage in each script without a language or direction."""
    reported: set[str] = set()
    for lang, direction, words in _blocks(post.html):
        script = _script_of(words)
        if script is None or script.name in reported:
            continue
        if not lang:
            reported.add(script.name)
            yield Problem(
                file=post.file,
                line=_line_of(post, words),
                message=f"words in {script.name} letters are not marked with their language",
                hint=_how_to_say(post, script),
            )
        elif script.is_rtl and direction not in ("rtl", "auto"):
            reported.add(script.name)
            yield Problem(
                file=post.file,
                line=_line_of(post, words),
                message=(
                    f"words in {script.name} letters are not marked as running from right to left"
                ),
                hint=f'Write dir="rtl" beside lang="{lang}".',
            )


def _how_to_say(post: Post, script: _Script) -> str:
    """How to mark the language: a header line if the whole post is in it."""
    letters = re.findall(r"[^\W\d_]", post.text)
    if 2 * len(re.findall(f"[{script.signs}]", post.text)) > len(letters):
        return f'Write at the top: "Lang: {script.code}", with the code of the language.'
    rtl = ' dir="rtl"' if script.is_rtl else ""
    return (
        f'Put <div lang="{script.code}"{rtl} markdown="1"> above them and </div> below, with the '
        "code of the language."
    )


def _script_of(words: str) -> _Script | None:
    """The script of a passage; None for Latin letters, or for only a few words."""
    counts_by_script: Counter[str] = Counter()
    for match in re.finditer(_WORD, words):
        name = str(match.lastgroup)
        counts_by_script[name] += len(match[0]) if name in _UNSPACED else 1
    for name, count in counts_by_script.most_common(1):
        if count > (_FEW_SIGNS if name in _UNSPACED else _FEW):
            return next(script for script in _SCRIPTS if script.name == name)
    return None


def _blocks(html: str) -> Iterator[tuple[str, str, str]]:
    """The language, direction and words of each block."""
    scopes: list[tuple[str, str, str]] = []
    gathered: dict[tuple[str, str], list[str]] = {}
    for match in _PARTS.finditer(html):
        end, name, attributes, words = match.groups()
        if words is not None:
            _, lang, direction = scopes[-1] if scopes else ("", "", "")
            gathered.setdefault((lang, direction), []).append(words)
            continue
        if name in _BLOCKS:
            yield from ((*scope, "".join(parts)) for scope, parts in gathered.items())
            gathered = {}
        if end:
            while scopes and scopes.pop()[0] != name:
                pass
        elif name not in _VOID:
            _, lang, direction = scopes[-1] if scopes else ("", "", "")
            own = dict(_IN_SCOPE.findall(attributes))
            scopes.append((name, own.get("lang", lang), own.get("dir", direction)))
    yield from ((*scope, "".join(parts)) for scope, parts in gathered.items())


def _line_of(post: Post, words: str) -> int | None:
    match = re.search(_ANY, unescape(words))
    if match is None:
        return None
    word = unescape(words)[match.start() :].split()[0]
    return post.line_with(word) or post.line_with(word[:2])
