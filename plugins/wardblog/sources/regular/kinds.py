"""The kinds of sources: which module reads each, whom it asks, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import cast

from wardblog.model import DataSource
from wardblog.sources.regular.council_service import service_at_url_of
from wardblog.sources.regular.source import SourceModule
from wardblog.sources.services import Service, service
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """A kind of source, as named after `from` in ward.toml.

    `module` is in this room. `service` is a key of the table of services; without one, the service
    is the council's own, at the `url` of the source, and `what` says what it has.
    """

    module: str
    what: str
    service: str = ""
    name: str = "the council"

    def load(self) -> SourceModule:
        # late import: see docs/architecture.md
        return cast("SourceModule", import_module(f"{__package__}.{self.module}"))

    def service_of(self, source: DataSource) -> Service:
        """The service that is asked; raises `UsageError` for an address that is not https."""
        if self.service:
            return service(self.service)
        return replace(service_at_url_of(source), name=f"{self.name} ({self.what})")


KINDS: Mapping[str, SourceKind] = {
    "planit": SourceKind(module="planit", what="planning applications", service="planit"),
    "planning-csv": SourceKind(module="planning_csv", what="planning applications"),
    "planning-data": SourceKind(
        module="planning_data", what="areas with planning rules", service="planning-data"
    ),
    "fixmystreet": SourceKind(
        module="fixmystreet", what="reports to the council", name="FixMyStreet"
    ),
    "open311": SourceKind(module="open311", what="reports to the council"),
    "police": SourceKind(module="police", what="crimes by category", service="police"),
    "moderngov": SourceKind(module="moderngov", what="meetings"),
    "calendar": SourceKind(module="calendar_file", what="meetings"),
    "meetings-feed": SourceKind(module="meetings_feed", what="meetings"),
}
# The kinds that bring planning applications.
PLANNING = ("planit", "planning-csv")


def host_words(source: DataSource) -> str:
    """Who a source is, in a message: "planit (www.planit.org.uk)"."""
    return f"{source.kind} ({KINDS[source.kind].service_of(source).host})"
