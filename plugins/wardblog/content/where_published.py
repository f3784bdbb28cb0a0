"""Reads from ward.toml only where the site is published, whatever else is wrong in the file."""

from __future__ import annotations

from wardblog.content.files import SETTINGS_FILE
from wardblog.content.publishing import read_publish
from wardblog.content.settings import UNKNOWN_URL, site_url
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import PublishSettings
from wardblog.problems import did_you_mean
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WherePublished:
    """Where the site is published; `url` and `title` are empty where they cannot be read."""

    publish: PublishSettings
    url: str
    title: str


def read_where_published(text: str, report: Report) -> WherePublished | None:
    """The settings under [publish] with their problems, and no problem of another table.

    None where the file is not TOML.
    """
    file = TomlFile.parse(text, report)
    others = TomlFile.parse(text, Report(SETTINGS_FILE))
    if file is None or others is None:
        return None
    site = others.table("site")
    url, title = site_url(site), site.text("title")
    table = file.table("publish")
    table.leave("hub")  # an older place for it
    publish = read_publish(table)
    if table.values and "publish" not in file.names:
        report.stop(
            table.lines.header,
            "there is no table called [publish]",
            did_you_mean("publish", file.names, "Write [publish] on a line of its own."),
        )
    return WherePublished(publish, "" if url == UNKNOWN_URL else url, title)
