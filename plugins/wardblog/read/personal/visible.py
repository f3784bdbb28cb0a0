"""What residents see of a Markdown text, on the lines where it is written."""

from __future__ import annotations

import re
from html import unescape

_CHAT = re.compile(r"https?://(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(\d{8,15})")
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'|]+|www\.[^\s<>\"'|]+")
_LINK = re.compile(r"\]\(\s*<?([^()\s<>]*)>?")
_DEFINITION = re.compile(r"\n {0,3}\[[^\]\n]+\]: *(\S+)")
_TAG = re.compile(r"</?[a-zA-Z][^<>@]*(?:@[^<>]*)?>")
_SHOWN = re.compile(
    r"""\b(?:alt|title|aria-label|content|(?:href\s*=\s*["']?(?=mailto:|tel:|sms:)))\s*=?\s*"""
    r"""["']?([^"'<>]*)""",
    re.IGNORECASE,
)
_STARS = re.compile(r"\*+(?=\S)|(?<=\S)\*+")
_LOW_LINES = re.compile(r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_REACHED = ("mailto:", "tel:", "sms:")


def visible(text: str) -> str:
    """The text without notes, marks and the addresses of ordinary links; its lines stay."""
    if "<!--" in text:
        text = _without_notes(text)
    if "://" in text or "www." in text:
        text = _CHAT.sub(r"tel:+\1", text)
        text = _URL.sub(" ", text)
    if "](" in text:
        text = _LINK.sub(lambda link: f" {_reached(link[1])} ", text)
        text = text.replace("![", "").replace("[", "")
    if "]:" in text:
        text = _DEFINITION.sub(lambda link: f"\n{_reached(link[1])}", text)
    if "<" in text:
        text = _TAG.sub(_of_tag, text)
    if "*" in text:
        text = _STARS.sub("", text)
    if "_" in text:
        text = _LOW_LINES.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return unescape(text) if "&" in text else text


def _without_notes(text: str) -> str:
    """The text without what its author notes for herself; one search a note, however many."""
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join((*parts, text[position:]))


def _reached(target: str) -> str:
    """The address or number behind a link that calls or writes to somebody."""
    for scheme in _REACHED:
        if target.lower().startswith(scheme):
            return target[len(scheme) :].replace("%40", "@").replace("%20", " ")
    return ""


def _of_tag(tag: re.Match[str]) -> str:
    """What a tag itself shows, or reaches."""
    if re.match(r"<[^\s<>]+@|<(?:mailto|tel|sms):", tag[0]):
        return f" {_reached(tag[0][1:-1]) or tag[0][1:-1]} "
    lines = "\n" * tag[0].count("\n")
    if "=" not in tag[0]:
        return lines or ("" if len(tag[0]) < 5 else " ")
    words = (_reached(found[1]) or found[1] for found in _SHOWN.finditer(tag[0]))
    return f" {' '.join(words)} ".replace("\n", " ") + lines
