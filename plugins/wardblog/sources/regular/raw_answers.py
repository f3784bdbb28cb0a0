"""Keeps the raw answers of one source in a private folder, from one run to the next."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from wardblog.model import DataSource
from wardblog.sources.answers import NO_VALIDATORS, Answers, Validators
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

_INDEX = "index.json"
_ENDING = ".answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What is known of one request: its answer, when it came, and what the service calls it."""

    answer: str
    moment: float
    validators: Validators


class RawAnswers(Answers):
    """The answers of the last good run, and those of this one until `commit`.

    What is fetched is only kept once all of it could be read, so that a bad answer never replaces
    a good one. A folder that cannot be read is as good as an empty one.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._at = folder
        self._last: tuple[str, ...] = ()
        self._fetched_on: date | None = None
        self._requests: dict[str, _Request] = {}
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            self._read(json.loads((folder / _INDEX).read_bytes()))

    def _read(self, index: dict[str, Any]) -> None:
        requests = {
            str(asked): _Request(
                answer=str(one["answer"]),
                moment=float(one["moment"]),
                validators=Validators(**one["validators"]),
            )
            for asked, one in index["requests"].items()
        }
        fetched = date.fromisoformat(index["fetched"])
        self._last = tuple(map(str, index["answers"]))
        self._fetched_on, self._requests = fetched, requests

    @property
    def fetched_on(self) -> date | None:
        """The day of the last good run, or None."""
        return self._fetched_on

    @property
    def last(self) -> tuple[bytes, ...]:
        """The answers of the last good run; () if there was none, or one of them is damaged."""
        found = tuple(map(self._bytes, self._last))
        return tuple(one for one in found if one is not None) if None not in found else ()

    def _bytes(self, name: str) -> bytes | None:
        if name in self._new:
            return self._new[name]
        with suppress(OSError):
            data = (self._at / f"{name}{_ENDING}").read_bytes()
            return data if _name(data) == name else None
        return None

    def get(self, asked: str, newest: float) -> bytes | None:
        request = self._requests.get(_name(asked.encode()))
        if request is None or not 0 <= time.time() - request.moment <= newest:
            return None
        self._used.add(_name(asked.encode()))
        return self._bytes(request.answer)

    def validators(self, asked: str) -> Validators:
        request = self._requests.get(_name(asked.encode()))
        is_whole = request is not None and self._bytes(request.answer) is not None
        return request.validators if request and is_whole else NO_VALIDATORS

    def as_before(self, asked: str) -> bytes | None:
        request = self._requests.get(_name(asked.encode()))
        return self._bytes(request.answer) if request else None

    def keep(self, asked: str, answer: bytes, validators: Validators = NO_VALIDATORS) -> None:
        name, key = _name(answer), _name(asked.encode())
        self._new[name] = answer
        self._requests[key] = _Request(answer=name, moment=time.time(), validators=validators)
        self._used.add(key)

    def discard(self, asked: str) -> None:
        self._requests.pop(_name(asked.encode()), None)

    def commit(self, answers: Sequence[bytes], today: date) -> None:
        """Keep these answers as those of the last good run, and remove older ones.

        Raises `OSError`; the answers of the run before are then still there.
        """
        private_folder(self._at)
        names = [_name(one) for one in answers]
        for name, one in zip(names, answers, strict=True):
            if not (self._at / f"{name}{_ENDING}").is_file():
                write_private(self._at / f"{name}{_ENDING}", one)
        requests = {
            key: one
            for key, one in self._requests.items()
            if one.answer in names and key in self._used
        }
        index = {
            "fetched": today.isoformat(),
            "answers": names,
            "requests": {key: asdict(one) for key, one in requests.items()},
        }
        write_private(self._at / _INDEX, json.dumps(index, indent=1).encode())
        self._last, self._fetched_on, self._requests = tuple(names), today, requests
        for path in self._at.glob(f"*{_ENDING}"):
            if path.stem not in names:
                path.unlink(missing_ok=True)


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:40]


def raw_folder(private: Path, source: DataSource) -> Path:
    """The folder of a source's raw answers; that of another address or issue is another one."""
    which = "\n".join((source.url, source.jurisdiction, source.issue, *source.committees))
    return private / "sources" / f"{source.kind}-{_name(which.encode())[:8]}"
