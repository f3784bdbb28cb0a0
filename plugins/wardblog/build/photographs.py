"""Writes the versions of a photograph, and decodes it only if one must be made."""

from __future__ import annotations

from functools import cache, partial

from wardblog.build.plan import Photo
from wardblog.build.writers import Writer
from wardblog.model.digests import digest_of
from wardblog.problems import CommandError


def write_photo(photo: Photo, writer: Writer) -> None:
    """Raises `CommandError` if the file has changed since it was checked."""
    # late import: see docs/architecture.md
    from wardblog.photos.make import make_versions, recipe

    data = photo.source.read_bytes()
    source = digest_of(data) + recipe(photo.picture, photo.versions)

    @cache
    def made() -> dict[str, bytes]:
        try:
            files = make_versions(data, photo.picture, photo.versions)
        except Exception as error:
            raise CommandError(
                f"The picture {photo.path} could not be prepared: it changed during the build",
                "Run the command again. If this happens again, save the picture again.",
            ) from error
        return dict(zip(photo.paths, files, strict=True))

    for path in photo.paths:
        writer.write_made(path, source, partial(lambda one: made()[one], path))
