"""Whether a message failed the checks of the provider that received it (RFC 8601)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardblog.support.late_regex import late_regex

# A method and its result; a version may be between them.
_RESULT = late_regex(r"\s*(spf|dkim|dmarc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)")
_FAILURES = frozenset(("fail", "hardfail", "softfail"))


def failed_checks(headers: Mapping[str, Sequence[str]]) -> bool:
    """Whether the message is probably not from the sender that it names.

    Only the topmost Authentication-Results is read: our provider puts its own above all others,
    which anybody can write. A message without one did not fail.
    """
    results: dict[str, set[str]] = {"spf": set(), "dkim": set(), "dmarc": set()}
    for written in headers.get("authentication-results", ())[:1]:
        for part in _bare(written).lower().split(";"):
            if match := _RESULT.match(part):
                results[match[1]].add(match[2])
    if "fail" in results["dmarc"]:
        return True
    others = results["spf"] | results["dkim"]
    return not {"pass"} & (others | results["dmarc"]) and bool(_FAILURES & others)


def _bare(written: str) -> str:
    """The words without comments and quoted strings, in which a sender may have a say."""
    kept: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for sign in written:
        if is_escaped:
            is_escaped = False
        elif sign == "\\" and (depth or is_quoted):
            is_escaped = True
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign == "(" and not is_quoted:
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif not depth and not is_quoted:
            kept.append(sign)
    return "".join(kept)
