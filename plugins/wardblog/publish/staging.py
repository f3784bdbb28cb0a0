"""What is sent: copies of the new and changed files, with their times and their compressed forms.

They lie in a folder of their own until they are where residents read them, so that nothing in the
output folder is touched, and another build may begin meanwhile.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from wardblog.model.addresses import is_hashed
from wardblog.publish.manifest import ENCODINGS
from wardblog.publish.plan import PublishPlan
from wardblog.support.private_files import private_folder
from wardblog.support.progress_bar import progress

# Of 11: for what browsers keep; and for pages, where it costs a tenth, and is forty times quicker.
_BEST, _QUICK = 11, 5


@contextmanager
def packed(site: Path, plan: PublishPlan, workplace: Path) -> Iterator[Path]:
    """A folder with what the plan sends; taken away afterwards, and by the next one if killed."""
    private_folder(workplace)
    for left in workplace.glob("parcel-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="parcel-", dir=workplace) as name:
        parcel = Path(name)
        for folder in sorted({(parcel / path).parent for path in plan.sent}):
            folder.mkdir(parents=True, exist_ok=True)

        def pack(path: str) -> None:
            _pack(site / path, parcel / path, plan, path)
            advance(plan.manifest.files[path].size)

        with progress("Packing", plan.size) as advance, ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(pack, plan.sent))
        yield parcel


def _pack(source: Path, target: Path, plan: PublishPlan, path: str) -> None:
    entry = plan.manifest.files[path]
    content = source.read_bytes()
    written = [(target, content)]
    if entry.packed:
        written += [
            (target.with_name(target.name + ending), compressed(content, encoding, is_hashed(path)))
            for encoding, ending in ENCODINGS.items()
        ]
    for file, data in written:
        file.write_bytes(data)
        file.chmod(0o644)
        os.utime(file, (entry.mtime, entry.mtime))


def compressed(content: bytes, encoding: str, is_kept: bool = False) -> bytes:
    """The content in an encoding of HTTP (RFC 9110, 8.4.1); the same bytes each time.

    More time is taken for what browsers keep (`is_kept`).
    """
    if encoding == "br":
        import brotli

        return bytes(brotli.compress(content, quality=_BEST if is_kept else _QUICK))
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)  # 31: with the header of gzip, without a time
    return packer.compress(content) + packer.flush()
