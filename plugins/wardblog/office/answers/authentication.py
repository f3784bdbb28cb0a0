"""What the provider that received a message found out about its sender (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from wardblog.office.answers.mail_heads import CUT
from wardblog.office.answers.senders import plain_domain
from wardblog.office.mail_headers import without_comments
from wardblog.support.late_regex import late_regex

# A method and its result; a version may be between them.
_RESULT = late_regex(r"\s*(spf|dkim|dmarc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)")
# For whom a method passed: the first of these that is there.
_FOR_WHOM = {
    "spf": (
        late_regex(r"\s(?:smtp\.mail(?:from)?|envelope-from)\s*=\s*(\S*)"),
        late_regex(r"\ssmtp\.helo\s*=\s*(\S*)"),
    ),
    "dkim": (late_regex(r"\sheader\.[di]\s*=\s*(\S*)"),),
    "dmarc": (late_regex(r"\sheader\.from\s*=\s*(\S*)"),),
}
_FAILURES = frozenset(("fail", "hardfail", "softfail"))
_REFUSALS = frozenset(("fail", "hardfail", "reject", "quarantine"))
# Below a country, these belong to nobody, such as "co.uk" and "com.au".
_SHARED = frozenset(
    ("ac", "co", "com", "edu", "gov", "ltd", "me", "mod", "net", "nhs", "org", "plc", "police",
     "sch")
)  # fmt: skip


class Check(Enum):
    """What is known about the sender of a message.

    With `UNKNOWN`, the provider could not tell; with `MISSING`, it has written nothing. `REFUSED`
    is a failure that no other field makes good.
    """

    PASSED = auto()
    FAILED = auto()
    REFUSED = auto()
    UNKNOWN = auto()
    MISSING = auto()

    @property
    def is_failed(self) -> bool:
        return self in (Check.FAILED, Check.REFUSED)


def checked(headers: Mapping[str, Sequence[str]], sender: str) -> Check:
    """Whether the message is from the sender that it names.

    Our provider puts its own Authentication-Results above all others, which anybody can write.
    Some servers write several in a row with the same name: all of these are read, and a failure in
    any of them counts, except that of SPF or DKIM if DMARC passed in the topmost.
    """
    written = headers.get("authentication-results", ())
    if not written:
        return Check.MISSING
    domain = plain_domain(sender.rpartition("@")[2])
    found = []
    for field in _of_one_server(written):
        found.append(_of_field(field, domain))
        if found[-1] is Check.REFUSED:
            return Check.REFUSED
    if Check.FAILED in found and not _has_dmarc_pass(written[0], domain):
        return Check.FAILED
    return Check.PASSED if Check.PASSED in found else found[0]


def _of_one_server(written: Sequence[str]) -> Iterator[str]:
    """The topmost field, and those that follow it with the same name of a server."""
    name = _server(written[0])
    for field in written:
        if _server(field) != name:
            return
        yield field


def _server(field: str) -> str:
    """The name of the server that wrote a field; "" if it begins with a result."""
    words = (without_comments(field.partition(";")[0]) or "").lower().split()
    return words[0] if words and "=" not in words[0] else ""


def _of_field(field: str, domain: str) -> Check:
    """What one field says; it is refused if it was cut, or cannot be read in one way only."""
    bare = without_comments(field)
    if bare is None or field.endswith(CUT):
        return Check.REFUSED
    results = list(_results(bare, domain))
    if any(method == "dmarc" and result in _REFUSALS for method, result, _ in results):
        return Check.REFUSED
    if _passed_dmarc(results) or any(
        result == "pass" and is_own for method, result, is_own in results if method != "dmarc"
    ):
        return Check.PASSED
    is_failed = any(result in (*_FAILURES, "pass") for _, result, _ in results)
    return Check.FAILED if is_failed else Check.UNKNOWN


def _has_dmarc_pass(field: str, domain: str) -> bool:
    return _passed_dmarc(list(_results(without_comments(field) or "", domain)))


def _passed_dmarc(results: Sequence[tuple[str, str, bool]]) -> bool:
    found = [result == "pass" and is_own for method, result, is_own in results if method == "dmarc"]
    return bool(found) and all(found)


def _results(bare: str, domain: str) -> Iterator[tuple[str, str, bool]]:
    """Each method, its result, and whether that is about the sender's domain."""
    for part in bare.lower().split(";"):
        if match := _RESULT.match(part):
            yield match[1], match[2], _is_about(part[match.end() :], _FOR_WHOM[match[1]], domain)


def _is_about(words: str, properties: Sequence[re.Pattern[str]], domain: str) -> bool:
    """Whether a result is about a domain; if it does not say about which, it is taken as such."""
    for one in properties:
        if found := one.findall(words):
            return all(_is_related(plain_domain(name.rpartition("@")[2]), domain) for name in found)
    return True


def _is_related(one: str, other: str) -> bool:
    """Whether two domains are the same, or one is below the other (RFC 7489, 3.1)."""
    short, long = sorted((one, other), key=len)
    labels = short.split(".")
    is_shared = len(labels) < 2 or (
        len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SHARED
    )
    return bool(short) and (short == long or (not is_shared and long.endswith(f".{short}")))
