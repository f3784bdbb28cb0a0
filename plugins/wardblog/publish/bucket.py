"""Read and write the files below a prefix of a bucket through the S3 API."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from wardblog.model import PublishSettings
from wardblog.model.media_types import cache_control, is_text, media_type
from wardblog.publish.manifest import MIN_COMPRESSED_SIZE, MOST_BYTES, FileEntry
from wardblog.publish.staging import compressed
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

T = TypeVar("T")

_AT_ONCE = 16
# How long the store may take to answer, in seconds; each request is tried three times.
_SILENCE = 30.0
# How many objects one S3 request can delete.
_MOST_DELETED = 1000
_NOT_THERE = ("NoSuchKey", "NoSuchVersion", "404", "400")
_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
_UNKNOWN_REQUEST = ("NotImplemented", "501")
_REFUSALS = {
    "AccessDenied": "refused the login",
    "403": "refused the login",
    "ExpiredToken": "refused the login, which has expired",
    "InvalidAccessKeyId": "does not know the access key",
    "SignatureDoesNotMatch": "refused the login: the secret key does not belong to the access key",
    "QuotaExceeded": "has no space left",
}
_AGAIN = "Residents still see a complete site. The next publish will finish this one."
_KEYS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write them into "
    "~/.aws/credentials."
)


class ObjectVersion(NamedTuple):
    """The ETag and version of a stored object; `version` is empty without bucket versioning."""

    etag: str
    version: str


class Bucket:
    """A bucket, in which texts are stored compressed, since S3 does not compress on request.

    `redirects` maps an old path to the address that replaced it.
    """

    def __init__(self, settings: PublishSettings, redirects: Mapping[str, str]) -> None:
        self._settings = settings
        self._name = settings.bucket
        self._redirects = redirects
        self._prefix = f"{settings.prefix}/" if settings.prefix else ""
        self._counting = threading.Lock()
        self.marks: dict[str, ObjectVersion] = {}

    def where(self) -> str:
        folder = f"/{self._settings.prefix}" if self._settings.prefix else ""
        return f"the bucket {self._name}{folder}"

    def read(self, name: str) -> bytes | None:
        def get() -> bytes:
            answer = self._client.get_object(Bucket=self._name, Key=self._prefix + name)
            # One byte more than the limit shows that the object is too large.
            with closing(answer["Body"]) as body:
                return bytes(body.read(MOST_BYTES + 1))

        with self._explaining_errors():
            return self._none_on(_NOT_THERE, get)

    def write(self, name: str, content: bytes) -> None:
        with self._explaining_errors():
            self._put(name, content)

    def create(self, name: str, content: bytes) -> bool:
        """Some stores do not support conditional requests, and reject or ignore the condition."""
        if self.read(name) is not None:
            return False
        with self._explaining_errors():
            try:
                self._none_on(_TAKEN, lambda: self._put(name, content, IfNoneMatch="*"))
            except self._client.exceptions.ClientError as error:
                if _code(error) not in _UNKNOWN_REQUEST:
                    raise
                self._put(name, content)
        return self.read(name) == content

    def put(self, staged: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        def put_one(file: tuple[str, FileEntry]) -> None:
            path, entry = file
            content = (staged / path).read_bytes()
            more = {"CacheControl": cache_control(path)}
            if is_text(path) and len(content) >= MIN_COMPRESSED_SIZE:
                content = compressed(content, "gzip")
                more["ContentEncoding"] = "gzip"
            if path in self._redirects:
                more["WebsiteRedirectLocation"] = self._redirects[path]
            self._record(path, self._put(path, content, **more))
            advance(entry.size)

        self._each(put_one, files)

    def missing_versions(self, versions: Mapping[str, ObjectVersion]) -> list[str]:
        """The paths whose recorded version the bucket no longer has."""
        missing: list[str] = []

        def check(path: str) -> None:
            key, version = self._prefix + path, versions[path].version
            if not version or not self._none_on(
                _NOT_THERE,
                lambda: self._client.head_object(Bucket=self._name, Key=key, VersionId=version),
            ):
                missing.append(path)

        self._each(check, list(versions))
        return sorted(missing)

    def restore(self, versions: Mapping[str, ObjectVersion]) -> None:
        """Restore earlier versions of files, with their metadata."""

        def restore_one(path: str) -> None:
            source = {
                "Bucket": self._name,
                "Key": self._prefix + path,
                "VersionId": versions[path].version,
            }
            head = self._client.head_object(**source)
            moved = {"WebsiteRedirectLocation": head.get("WebsiteRedirectLocation")}
            answer = self._client.copy_object(
                Bucket=self._name,
                Key=self._prefix + path,
                CopySource=source,
                **{name: value for name, value in moved.items() if value},
            )
            result = {"ETag": answer["CopyObjectResult"]["ETag"], **answer}
            self._record(path, result)

        self._each(restore_one, list(versions))

    def record_versions(self, paths: Sequence[str]) -> None:
        """Record the current ETag and version of each file."""

        def record(path: str) -> None:
            self._record(path, self._client.head_object(Bucket=self._name, Key=self._prefix + path))

        self._each(record, paths)

    def delete(self, names: Sequence[str]) -> None:
        with self._explaining_errors():
            for first in range(0, len(names), _MOST_DELETED):
                some = names[first : first + _MOST_DELETED]
                keys = [{"Key": self._prefix + name} for name in some]
                answer = self._client.delete_objects(
                    Bucket=self._name, Delete={"Objects": keys, "Quiet": True}
                )
                for failed in answer.get("Errors", ()):
                    raise CommandError(f"{self.where()} would not delete {failed['Key']}")
        for name in names:
            self.marks.pop(name, None)

    def etags(self) -> dict[str, str]:
        """The current ETag of every file below the prefix."""
        with self._explaining_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name, Prefix=self._prefix
            )
            return {
                entry["Key"].removeprefix(self._prefix): entry["ETag"]
                for page in pages
                for entry in page.get("Contents", ())
            }

    def _put(self, name: str, content: bytes, **more: str) -> dict[str, Any]:
        sent = {"ContentType": media_type(name), "CacheControl": "no-store", **more}
        answer: dict[str, Any] = self._client.put_object(
            Bucket=self._name, Key=self._prefix + name, Body=content, **sent
        )
        return answer

    def _record(self, path: str, answer: Mapping[str, Any]) -> None:
        version = answer.get("VersionId", "")
        with self._counting:
            self.marks[path] = ObjectVersion(answer["ETag"], "" if version == "null" else version)

    def _each(self, work: Callable[[T], None], items: Sequence[T]) -> None:
        """Do the work for all items, several at once; the first error ends it."""
        pool = ThreadPoolExecutor(_AT_ONCE)
        with self._explaining_errors():
            try:
                for done in [pool.submit(work, item) for item in items]:
                    done.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _none_on(self, codes: Sequence[str], ask: Callable[[], T]) -> T | None:
        """The result, or None for an error with one of these codes."""
        try:
            return ask()
        except self._client.exceptions.ClientError as error:
            if _code(error) in codes:
                return None
            raise

    @cached_property
    def _client(self) -> Any:
        # late import: see docs/architecture.md
        import boto3
        from botocore.config import Config

        config = Config(
            connect_timeout=min(10, _SILENCE),
            read_timeout=_SILENCE,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=_AT_ONCE,
            # Many other stores do not know the checksums that Amazon has added.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # A separate session, since the default one keeps the login of an earlier target.
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self._settings.endpoint or None,
            region_name=self._settings.region or os.environ.get("AWS_DEFAULT_REGION", "us-east-1"),
            config=config,
        )

    @contextmanager
    def _explaining_errors(self) -> Iterator[None]:
        """Turn an error of the store into one sentence for the councillor."""
        from botocore import exceptions

        host = self._settings.endpoint or "Amazon S3"
        try:
            yield
        except exceptions.ClientError as error:
            code = _code(error)
            if code == "NoSuchBucket":
                raise CommandError(
                    f"There is no bucket called {self._name} at {host}",
                    "Create it there, or choose another one under [publish] in ward.toml.",
                ) from None
            hint = _KEYS if code in _REFUSALS else _AGAIN
            said = _REFUSALS.get(code, f"answered: {error.response['Error'].get('Message', code)}")
            raise CommandError(f"{host} {said}", hint) from None
        except (exceptions.NoCredentialsError, exceptions.PartialCredentialsError):
            raise CommandError(f"There is no login for {host}", _KEYS) from None
        except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
            cause = getattr(error, "kwargs", {}).get("error") or error
            raise CommandError(
                f"{host} cannot be reached ({_reason(cause)})",
                _AGAIN,
            ) from None
        except exceptions.BotoCoreError as error:
            raise CommandError(f"{host} cannot be used: {error}") from None


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _reason(error: object) -> str:
    """The message of the innermost of the nested errors."""
    inner = getattr(error, "reason", None) or error
    text = re.sub(r"^\[Errno \d+\] ", "", str(inner).rsplit(": ", 1)[-1])
    return text if len(text) < 100 else type(inner).__name__
