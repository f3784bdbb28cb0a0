"""Copies of the new and changed files, with their times and compressed copies, ready to send.

They are in a separate folder, so that the output folder is not changed and another build can start
in the meantime.
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

# Brotli levels (of 11): the best for files that browsers keep; for pages one that is forty times
# faster and makes files a tenth larger.
_BEST, _QUICK = 11, 5


@contextmanager
def staged_files(site: Path, plan: PublishPlan, workplace: Path) -> Iterator[Path]:
    """A folder with the files to send; deleted afterwards, or by the next publish if killed."""
    private_folder(workplace)
    for leftover in workplace.glob("parcel-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="parcel-", dir=workplace) as name:
        staged = Path(name)
        for folder in sorted({(staged / path).parent for path in plan.sent}):
            folder.mkdir(parents=True, exist_ok=True)

        def pack(path: str) -> None:
            _pack(site / path, staged / path, plan, path)
            advance(plan.manifest.files[path].size)

        with progress("Packing", plan.size) as advance, ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(pack, plan.sent))
        yield staged


def _pack(source: Path, target: Path, plan: PublishPlan, path: str) -> None:
    entry = plan.manifest.files[path]
    content = source.read_bytes()
    written = [(target, content)]
    if entry.is_compressed:
        written += [
            (target.with_name(target.name + ending), compressed(content, encoding, is_hashed(path)))
            for encoding, ending in ENCODINGS.items()
        ]
    for file, data in written:
        file.write_bytes(data)
        file.chmod(0o644)
        os.utime(file, (entry.mtime, entry.mtime))


def compressed(content: bytes, encoding: str, is_kept: bool = False) -> bytes:
    """The content in an HTTP content coding (RFC 9110, 8.4.1); the same bytes each time.

    Files that browsers keep for long (`is_kept`) are compressed more, which takes longer.
    """
    if encoding == "br":
        import brotli

        return bytes(brotli.compress(content, quality=_BEST if is_kept else _QUICK))
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)  # 31: with the header of gzip, without a time
    return packer.compress(content) + packer.flush()
