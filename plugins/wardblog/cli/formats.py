"""Problems as other programs read them: JSON, SARIF and GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from wardblog.check import RULES, Rule
from wardblog.problems import Problem, Severity, display_path, displayed, sorted_unique

# The rule of problems that come up while a file is read, before any rule runs.
_UNREADABLE = "unreadable"
_READING = Rule(
    name=_UNREADABLE,
    severity=Severity.STOP,
    reason="what cannot be read cannot be published",
    source="docs/checks.md",
)
_LEVELS = {Severity.STOP: "error", Severity.WARN: "warning", Severity.NOTE: "note"}


def as_json(problems: Iterable[Problem], content: Path) -> str:
    """One object with the list of problems, and the count of each severity."""
    ordered = sorted_unique(problems)
    entries = [
        {
            "file": _name(p, content),
            "line": p.line,
            "severity": "stop" if p.severity is Severity.STOP else p.severity.value,
            "rule": p.rule or _UNREADABLE,
            "message": displayed(p.message, content),
            "hint": displayed(p.hint, content),
            "answer": p.answer,
        }
        for p in ordered
    ]
    counts = {f"{s.value}s": sum(p.severity is s for p in ordered) for s in Severity}
    return json.dumps({"version": 1, **counts, "problems": entries}, ensure_ascii=False, indent=1)


def as_sarif(problems: Iterable[Problem], content: Path) -> str:
    """SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    driver = {"name": "Ward blog", "rules": [_described(r) for r in (*RULES, _READING)]}
    run = {
        "tool": {"driver": driver},
        "results": [_result(p, content) for p in sorted_unique(problems)],
    }
    sarif = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(sarif, ensure_ascii=False, indent=1)


def _name(problem: Problem, content: Path) -> str:
    """The file's path; bytes of its name that are not UTF-8 are replaced."""
    return display_path(content / problem.file).encode("utf-8", "replace").decode()


def _described(rule: Rule) -> dict[str, object]:
    about: dict[str, object] = {
        "id": rule.name,
        "shortDescription": {"text": f"{rule.reason[0].upper()}{rule.reason[1:]}."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    # A section of our own docs is not a URI that other programs could open.
    return {**about, "helpUri": rule.source} if "://" in rule.source else about


def _result(problem: Problem, content: Path) -> dict[str, object]:
    physical: dict[str, object] = {
        "artifactLocation": {"uri": quote(_name(problem, content))},
    }
    if problem.line:
        physical["region"] = {"startLine": problem.line}
    result: dict[str, object] = {
        "ruleId": problem.rule or _UNREADABLE,
        "level": _LEVELS[problem.severity],
        "message": {"text": _sentences(problem, content)},
        "locations": [{"physicalLocation": physical}],
    }
    if problem.answer:
        result["suppressions"] = [{"kind": "inSource", "justification": problem.answer}]
    return result


def _sentences(problem: Problem, content: Path) -> str:
    message, hint = (displayed(text, content) for text in (problem.message, problem.hint))
    return f"{message[:1].upper()}{message[1:]}. {hint}".strip()


def as_annotations(problems: Iterable[Problem], content: Path) -> str:
    """Workflow commands that make GitHub show each problem beside its line.

    (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)
    """
    commands = {Severity.STOP: "error", Severity.WARN: "warning", Severity.NOTE: "notice"}
    lines = []
    for p in sorted_unique(problems):
        where = f"file={_property(_name(p, content))}"
        where += f",line={p.line}" if p.line else ""
        title = _property(p.rule or _UNREADABLE)
        words = _data(_sentences(p, content))
        lines.append(f"::{commands[p.severity]} {where},title={title}::{words}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Iterable[Problem], Path], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_annotations,
}
