"""Writes the versions of a photograph, and decodes it only where one of them must be made."""

from __future__ import annotations

from functools import cache, partial

from wardblog.build.plan import Photo
from wardblog.build.writers import Writer
from wardblog.model.digests import digest_of
from wardblog.problems import CommandError


def write_photo(photo: Photo, writer: Writer) -> None:
    """Raises `CommandError` where the file is no longer what it was when it was checked."""
    # Here, since most builds find all photographs made.
    from wardblog.photos.make import published, recipe

    data = photo.source.read_bytes()
    source = digest_of(data) + recipe(photo.picture, photo.versions)

    @cache
    def made() -> dict[str, bytes]:
        try:
            files = published(data, photo.picture, photo.versions)
        except Exception as error:
            raise CommandError(
                f"The picture {photo.path} could not be made ready; it changed meanwhile",
                "Run the same command again. If it says the same, save the picture anew.",
            ) from error
        return dict(zip(photo.paths, files, strict=True))

    for path in photo.paths:
        writer.write_made(path, source, partial(lambda one: made()[one], path))
