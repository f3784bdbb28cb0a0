"""Drafts a report-back: a post about what was published, what moved, and what is coming up."""

from wardblog.scaffold.report_back.draft import (
    ReportBack,
    draft_report,
    report_path,
    write_report,
)
from wardblog.scaffold.report_back.facts import ReportFacts, gather
from wardblog.scaffold.report_back.period import ReportPeriod, period_since
from wardblog.scaffold.report_back.phrases import Voice

__all__ = [
    "ReportBack",
    "ReportFacts",
    "ReportPeriod",
    "Voice",
    "draft_report",
    "gather",
    "period_since",
    "report_path",
    "write_report",
]
