"""All office pages, in the order in which they are listed."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.preview.editor.office_kinds import Office
from wardblog.preview.editor.offices_coming_in import COMING_IN
from wardblog.preview.editor.offices_going_out import GOING_OUT

OFFICES: tuple[Office, ...] = (*GOING_OUT, *COMING_IN)
BY_NAME: Mapping[str, Office] = {one.name: one for one in OFFICES}
