"""Plans what a fetched ward changes in the content folder, and then does it."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import field
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from wardblog.content.files import SETTINGS_FILE, on_disk
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.content.settings import Settings, read_settings
from wardblog.content.toml.edit import with_strings
from wardblog.model.places import is_out_of_date
from wardblog.places.boundary import read_outline
from wardblog.places.gazetteer import KINDS
from wardblog.places.wards import plain_ward_name
from wardblog.problems import CommandError
from wardblog.report import ParseError, Report
from wardblog.sources import attributions, changes
from wardblog.sources.own_rows import Merged, merged_gazetteer, name_rows, written_rows
from wardblog.sources.ward_data import WardData
from wardblog.sources.ward_files import base_map, gazetteer
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.decoding import encoding_of, text_of

BOUNDARY, BASE, GAZETTEER = "data/ward.geojson", "data/basemap.geojson", "data/gazetteer.csv"
# The ward and council of the sample, which are replaced by the councillor's own.
_OF_SAMPLE = ("Shaftesbury", "Wandsworth")


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentWard:
    """What the content folder has now: its settings as bytes, and what they name."""

    content: Path
    settings_bytes: bytes
    settings: Settings
    is_sample: bool

    @classmethod
    def read(cls, content: Path) -> CurrentWard:
        """Raises `CommandError` if `ward.toml` is missing or cannot be read."""
        data = read_bytes(content, SETTINGS_FILE)
        if data is None:
            raise CommandError(
                f"There is no {SETTINGS_FILE} in {content}",
                "Name your content folder with CONTENT=, or run: make start",
            )
        with_strings(data, {}, SETTINGS_FILE)  # says what is wrong, and on which line
        text = text_of(data, Report(SETTINGS_FILE))
        settings = None if text is None else read_settings(text, Report(SETTINGS_FILE))
        if settings is None:
            raise CommandError(f"{SETTINGS_FILE} cannot be read", "Run: make check")
        return cls(
            content=content,
            settings_bytes=data,
            settings=settings,
            is_sample=settings.title.startswith("Sample:"),
        )

    def named(self, file: str) -> bytes | None:
        """The bytes of a file that the settings name, if it is there."""
        with suppress(OSError):
            path = on_disk(self.content, file)
            return path.read_bytes() if file and path.is_file() else None
        return None

    @property
    def gazetteer(self) -> bytes | None:
        """The one that the settings name, or that is where it would be written."""
        return self.named(self.settings.gazetteer or GAZETTEER)

    @property
    def outline_text(self) -> str:
        data = self.named(self.settings.boundary)
        return (text_of(data, Report("")) or "") if data else ""

    @property
    def _which(self) -> tuple[str, str, None, str]:
        settings = self.settings
        return settings.code, settings.ward_name, None, settings.council

    @property
    def area(self) -> BaseGeometry | None:
        """The ward as it is drawn now; None if there is none."""
        with suppress(ParseError):
            if text := self.outline_text:
                return read_outline(text, *self._which).area
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WardUpdate:
    """The files that change, in the order in which they are written, and what to say about it.

    `settings_lines` are the lines of `ward.toml` that change, each after a minus or a plus.
    """

    content: Path
    files: Mapping[str, NewFile]
    settings_lines: tuple[str, ...]
    sentences: tuple[str, ...]
    fetched: bytes | None = field(repr=False)

    def write(self, workplace: Path) -> Path | None:
        """Write all files or none; returns the folder with those that were replaced, if any.

        Raises `CommandError` and `OSError`; the content folder is then as before.
        """
        replaced = _keep_replaced(self.files, workplace)
        replace_files(self.content, self.files, workplace)
        if self.fetched is not None:
            _remember(self.content, self.fetched, workplace)
        return replaced


def plan_update(current: CurrentWard, data: WardData, workplace: Path, today: date) -> WardUpdate:
    """Return what the data changes; nothing is written."""
    new: dict[str, bytes] = {BOUNDARY: data.outline.to_geojson()}
    sentences = [changes.outline_change(current.area, data.outline.area)]
    if data.rows:
        new[BASE] = base_map(data.rows, data.outline.area, attributions.joined(data.map_credits))
    fetched = None
    if data.rows or data.places:
        remembered = _remembered(current.content, workplace)
        merged = _gazetteer(current, data, remembered)
        new[GAZETTEER] = merged.data
        sentences += changes.name_changes(current.gazetteer, merged.data)
        sentences += changes.own_changes(merged)
        fetched = _with_other_kinds(_fetched(data), remembered, data.kinds)
    new[SETTINGS_FILE] = with_strings(
        current.settings_bytes, _settings(current, data, new), SETTINGS_FILE
    )
    files = {
        file: NewFile(after, before)
        for file, after in new.items()
        if (before := read_bytes(current.content, file)) != after
    }
    return WardUpdate(
        content=current.content,
        files=files,
        settings_lines=_diff(current.settings_bytes, new[SETTINGS_FILE]),
        sentences=(*sentences, *data.notes, *_warnings(current, data, today)),
        fetched=fetched,
    )


def _with_other_kinds(fetched: bytes, known: bytes | None, kinds: AbstractSet[str]) -> bytes:
    """The fetched gazetteer, with the rows that are known of kinds not looked for this time."""
    if known is None or kinds >= set(KINDS):
        return fetched
    try:
        rows = name_rows(known)
    except ParseError:  # which `merged_gazetteer` reports
        return fetched
    return fetched + written_rows(row for row in rows if row.kind not in kinds)


def _name_credits(current: CurrentWard, data: WardData) -> str:
    """Whom to credit for the gazetteer, also for what stays in it."""
    before = current.settings.gazetteer_attribution
    stays = () if data.kinds >= set(KINDS) or not before else tuple(before.split(". "))
    return attributions.joined((*stays, *data.name_credits))


def _fetched(data: WardData) -> bytes:
    return gazetteer(data.places, data.rows, data.outline.area)


def _gazetteer(current: CurrentWard, data: WardData, remembered: bytes | None) -> Merged:
    """The new gazetteer, with the councillor's own rows."""
    old = current.gazetteer
    new = _with_other_kinds(_fetched(data), old, data.kinds)
    return merged_gazetteer(new, old, remembered, current.settings.gazetteer or GAZETTEER)


def _settings(
    current: CurrentWard, data: WardData, new: Mapping[str, bytes]
) -> dict[tuple[str, str], str]:
    """The settings that change; those of the councillor's own choice stay."""
    outline, settings = data.outline, current.settings
    set_to = {("ward", "boundary"): BOUNDARY, ("ward", "code"): outline.code}
    names = (settings.ward_name, settings.council)
    if current.is_sample and names == _OF_SAMPLE:
        names = ("", "")
    if not names[0]:
        set_to["ward", "name"] = outline.name
    if not names[1]:
        set_to["ward", "council"] = outline.council
    if BASE in new:
        set_to["map", "base"] = BASE
        set_to["map", "base_attribution"] = attributions.joined(data.map_credits)
    if GAZETTEER in new:
        set_to["map", "gazetteer"] = GAZETTEER
        set_to["map", "gazetteer_attribution"] = _name_credits(current, data)
    order = ("name", "council", "boundary", "code")
    ward = {("ward", key): value for key in order if (value := set_to.get(("ward", key)))}
    return ward | {place: value for place, value in set_to.items() if place[0] == "map" and value}


def _warnings(current: CurrentWard, data: WardData, today: date) -> list[str]:
    found = []
    outline = data.outline
    if is_out_of_date(outline.year, today):
        found.append(
            f"This outline is from {outline.year}, and wards may have changed since. Look for a "
            "newer one."
        )
    name = current.settings.ward_name
    is_kept = bool(name) and not (current.is_sample and name == _OF_SAMPLE[0])
    if is_kept and outline.name and plain_ward_name(name) != plain_ward_name(outline.name):
        found.append(f'The name in ward.toml stays "{name}".')
    if current.settings.boundary_attribution:
        found.append(
            "boundary_attribution in ward.toml still names the source of your old outline. Remove "
            "that line if the new one comes from somewhere else."
        )
    return found


def _diff(before: bytes, after: bytes) -> tuple[str, ...]:
    old, new = (
        data.decode(encoding_of(data)[1], "replace").removeprefix("\ufeff").splitlines()
        for data in (before, after)
    )
    lines = difflib.ndiff(old, new)
    return tuple(f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "-+")


def _keep_replaced(files: Mapping[str, NewFile], workplace: Path) -> Path | None:
    """Put the files that are replaced where the councillor can find them again."""
    before = {file: one.before for file, one in files.items() if one.before is not None}
    if not before:
        return None
    digest = hashlib.sha256(b"\0".join(before.values())).hexdigest()[:8]
    folder = workplace / "replaced" / digest
    private_folder(folder)
    for file, data in before.items():
        write_private(folder / Path(file).name, data)
    return folder


def _memory(content: Path, workplace: Path) -> Path:
    digest = hashlib.sha256(str(content.resolve()).encode("utf-8", "replace")).hexdigest()
    return workplace / "fetched" / f"{digest[:16]}.csv"


def _remembered(content: Path, workplace: Path) -> bytes | None:
    """The gazetteer as an earlier run fetched it, if that is known."""
    with suppress(OSError):
        return _memory(content, workplace).read_bytes()
    return None


def _remember(content: Path, fetched: bytes, workplace: Path) -> None:
    with suppress(OSError):
        path = _memory(content, workplace)
        private_folder(path.parent)
        write_private(path, fetched)
