"""Validates paths, hosts and repositories to publish to, in a short list of safe forms.

They are passed to programs such as ssh and git, which treat some forms as options, or as the names
of programs to run.
"""

from __future__ import annotations

from wardblog.support.late_regex import late_regex

_USER = r"(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*@)?"
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_HOST = rf"(?:{_NAME}|\[[0-9A-Fa-f:.]+\])"
_SSH_HOST = late_regex(rf"{_USER}{_NAME}")
_REMOTES = (
    # https://host/ward.git, ssh://git@host:22/ward.git
    late_regex(rf"(?:https?|ssh|git|git\+ssh|ssh\+git)://(?:[^@/\s]+@)?{_HOST}(?::\d+)?(?:/.*)?"),
    late_regex(r"file:///.+"),
    # git@host:ward.git
    late_regex(rf"{_USER}{_HOST}:(?![:-]|//).+"),
    # origin, or a path
    late_regex(r"[^:-][^:]*|[.~]?/.+|\.\./.+"),
)
_SECRETS = "Folders whose names begin with a dot are where programs keep settings and keys."
_ALONE = "Name a folder for the site alone, as in: path = {example}"


def path_problem(path: str, to: str, example: str) -> str:
    """Return a hint why a folder cannot be published to; "" if it can."""
    alone = _ALONE.format(example=example)
    parts = path.split("/")
    if not path.isprintable():
        return "It contains an invisible character, such as a line end."
    if parts[0].startswith("~") and parts[0] != "~":
        return f"Only your own home folder can be named with a ~. {alone}"
    if "$" in path or "\\" in path:
        return f"Write it out, with / between folders and without $. {alone}"
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        return f"{_SECRETS} {alone}"
    named = [part for part in parts if part not in ("", ".")]
    if not named or named[-1] in ("..", "~") or named[-1].startswith("~"):
        return alone
    # Where ".." leads on another computer is unknown.
    return f"Leave out the dots. {alone}" if to == "ssh" and ".." in parts else ""


def is_host(host: str) -> bool:
    """Whether it is a host for ssh: a name, or a user and a name."""
    return bool(_SSH_HOST.fullmatch(host))


def is_remote(remote: str) -> bool:
    """Whether it is a repository for git, in a form that runs no program on this computer."""
    return remote.isprintable() and any(form.fullmatch(remote) for form in _REMOTES)
