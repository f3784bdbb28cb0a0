"""Reads [publish] in ward.toml: where the site is published, without any password."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.content.destinations import is_host, is_remote, path_problem
from wardblog.content.files import SETTINGS_FILE as FILE
from wardblog.content.setting_keys import choices_of
from wardblog.content.toml.table import Table
from wardblog.model import PublishSettings
from wardblog.privacy.secrets import is_called_secret, report_secret
from wardblog.support.late_regex import late_regex

_DEFAULTS = PublishSettings()
_FORMS = (
    ("bucket", late_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}"), '"ward-blog"'),
    ("region", late_regex(r"[A-Za-z0-9-]+"), '"eu-west-2"'),
    ("prefix", late_regex(r"(?!\.)[^/\\?#]+(/(?!\.)[^/\\?#]+)*"), '"ward"'),
    ("branch", late_regex(r"(?!.*(\.\.|//|\.lock$))[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]|\w"),
     '"gh-pages"'),
)  # fmt: skip
# As ssh and rsync write it: robin@host.example.org:public_html
_REMOTE = late_regex(r"(?P<host>(?:[^@:/\s]+@)?[^@:/\s]+):(?P<path>.+)")
# A name and a password before the host; a name this long is a token.
_PASSWORD = late_regex(r"(\w+://)?[^/@:]+:[^/@]*@|https?://[^/@:]{20,}@")


def read_publish(table: Table) -> PublishSettings:
    """Read the settings of the chosen target; those for other targets are ignored."""
    to = table.choice("to", choices_of(FILE, "publish", "to"), _DEFAULTS.to)
    host, path = table.text("host"), table.text("path", "" if to == "ssh" else _DEFAULTS.path)
    if to == "ssh" and not host and (written := _REMOTE.fullmatch(path)):
        host, path = written["host"], written["path"]
    settings = PublishSettings(
        to=to,
        path=path,
        line=table.line("to"),
        keep=_keep(table),
        verify=table.yes_or_no("verify"),
        host=host,
        port=_port(table),
        endpoint=table.web_address("endpoint"),
        region=table.text("region"),
        bucket=table.text("bucket"),
        prefix=table.text("prefix").strip("/"),
        remote=table.text("remote", _DEFAULTS.remote),
        branch=table.text("branch", _DEFAULTS.branch),
    )
    _refuse_secrets(table)
    table.leave(*filter(is_called_secret, table.values))  # they are reported as secrets
    _check_required(settings, table)
    table.finish()
    return settings


def _keep(table: Table) -> int:
    keep = table.number("keep", _DEFAULTS.keep)
    if 1 <= keep <= 100:
        return keep
    table.report.stop(
        table.line("keep"),
        f'"keep" cannot be {keep}',
        "Write how many releases to keep on the host, including the live one: from 1 to 100.",
    )
    return _DEFAULTS.keep


def _port(table: Table) -> int:
    port = table.number("port", 0)
    if 0 <= port <= 65535:
        return port
    table.report.stop(table.line("port"), f'"port" cannot be {port}', "The usual port is 22.")
    return 0


def _check_required(settings: PublishSettings, table: Table) -> None:
    """The keys that the chosen target requires."""
    needed = {
        "folder": {"path": '"public"'},
        "ssh": {"host": '"robin@host.example.org"', "path": '"public_html"'},
        "s3": {"bucket": '"ward-blog"'},
        "git": {"remote": '"origin"', "branch": '"gh-pages"'},
    }[settings.to]
    for key, example in needed.items():
        if not getattr(settings, key) and not _has_value(table, key):
            _report_missing(table, key, example, settings.to)
    for key in needed:
        if getattr(settings, key).startswith("-"):
            table.report.stop(
                table.line(key), f'"{key}" begins with a hyphen', "Remove the hyphen."
            )
    for key, pattern, example in _FORMS:
        written = getattr(settings, key)
        if written and not written.startswith("-") and not pattern.fullmatch(written):
            table.report.stop(
                table.line(key),
                f'"{key}" cannot be "{written}"',
                f"Write it like this example: {key} = {example}",
            )
    _check_forms(settings, needed, table)


def _check_forms(settings: PublishSettings, needed: Mapping[str, str], table: Table) -> None:
    """Check the path, host and repository of the chosen target only: others are not used."""
    path, host, remote = settings.path, settings.host, settings.remote
    if "path" in needed and path and not path.startswith("-"):
        trouble = path_problem(path, settings.to, needed["path"])
        if trouble:
            table.report.stop(table.line("path"), f'"path" cannot be "{path}"', trouble)
    if "host" in needed and host and not host.startswith("-") and not is_host(host):
        line = table.line("host" if table.values.get("host") else "path")
        table.report.stop(
            line,
            f'"host" cannot be "{host}"',
            f"Write what you would write after ssh, as in: host = {needed['host']}",
        )
    if "remote" in needed and remote and not remote.startswith("-") and not is_remote(remote):
        table.report.stop(
            table.line("remote"),
            f'"remote" cannot be "{remote}"',
            'Use an address such as "https://host.example.org/ward.git" or '
            '"git@host.example.org:ward.git", or the name of a remote, such as "origin".',
        )


def _has_value(table: Table, key: str) -> bool:
    """Whether the key has a value, so that any problem with it was reported already."""
    written = table.values.get(key, "")
    return not isinstance(written, str) or bool(written.strip())


def _report_missing(table: Table, key: str, example: str, to: str) -> None:
    if key in table.values:
        message = f'"{key}" is empty'
    else:
        message = f'[publish] has no "{key}", which to = "{to}" needs'
    table.report.stop(table.line(key), message, f"Add a line such as: {key} = {example}")


def _refuse_secrets(table: Table) -> None:
    """Report a password inside an address; keys named as passwords are found in every file."""
    for key in ("remote", "endpoint", "host", "path"):
        if _PASSWORD.match(str(table.values.get(key, ""))):
            report_secret(table.report, table.line(key), f'"{key}" has a password in it')
