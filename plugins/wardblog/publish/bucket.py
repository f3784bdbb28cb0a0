"""The files below a prefix of a bucket, through the S3 API."""

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
# How long the store may say nothing, in seconds; it is asked three times.
_SILENCE = 30.0
# What a single request of S3 can delete.
_MOST_DELETED = 1000
_NOT_THERE = ("NoSuchKey", "NoSuchVersion", "404", "400")
_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
_UNKNOWN_REQUEST = ("NotImplemented", "501")
_REFUSALS = {
    "AccessDenied": "refused the login",
    "403": "refused the login",
    "ExpiredToken": "refused the login, since it has run out",
    "InvalidAccessKeyId": "does not know the access key",
    "SignatureDoesNotMatch": "refused the login: the secret key is not the one of the access key",
    "QuotaExceeded": "has no room left",
}
_AGAIN = "What residents read is whole; the next publish completes it."
_KEYS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write them into "
    "~/.aws/credentials."
)


class ObjectVersion(NamedTuple):
    """What the bucket calls the bytes of a file; `version` is empty where it keeps none."""

    etag: str
    version: str


class Bucket:
    """Texts are kept compressed there, since it cannot do that when somebody asks for them.

    `redirects` leads from a file to the address that replaced it.
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
            # No more than can be meant: the next byte tells that it is too much.
            with closing(answer["Body"]) as body:
                return bytes(body.read(MOST_BYTES + 1))

        with self._explaining_errors():
            return self._none_on(_NOT_THERE, get)

    def write(self, name: str, content: bytes) -> None:
        with self._explaining_errors():
            self._put(name, content)

    def take(self, name: str, content: bytes) -> bool:
        """Some stores know no conditions, and say so, or say nothing."""
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

    def put(self, parcel: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        def put_one(file: tuple[str, FileEntry]) -> None:
            path, entry = file
            content = (parcel / path).read_bytes()
            more = {"CacheControl": cache_control(path)}
            if is_text(path) and len(content) >= MIN_COMPRESSED_SIZE:
                content = compressed(content, "gzip")
                more["ContentEncoding"] = "gzip"
            if path in self._redirects:
                more["WebsiteRedirectLocation"] = self._redirects[path]
            self._note(path, self._put(path, content, **more))
            advance(entry.size)

        self._each(put_one, files)

    def lost(self, versions: Mapping[str, ObjectVersion]) -> list[str]:
        """Files of which the bucket has no such version any more."""
        found: list[str] = []

        def ask(path: str) -> None:
            key, version = self._prefix + path, versions[path].version
            if not version or not self._none_on(
                _NOT_THERE,
                lambda: self._client.head_object(Bucket=self._name, Key=key, VersionId=version),
            ):
                found.append(path)

        self._each(ask, list(versions))
        return sorted(found)

    def restore(self, versions: Mapping[str, ObjectVersion]) -> None:
        """Brings back the bytes that files had, with all that is sent along with them."""

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
            self._note(path, result)

        self._each(restore_one, list(versions))

    def record_versions(self, paths: Sequence[str]) -> None:
        """Notes what the bucket calls the bytes of files that it has."""

        def ask(path: str) -> None:
            self._note(path, self._client.head_object(Bucket=self._name, Key=self._prefix + path))

        self._each(ask, paths)

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
        """What the bucket calls the bytes of every file that it has now."""
        with self._explaining_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name, Prefix=self._prefix
            )
            return {
                found["Key"].removeprefix(self._prefix): found["ETag"]
                for page in pages
                for found in page.get("Contents", ())
            }

    def _put(self, name: str, content: bytes, **more: str) -> dict[str, Any]:
        sent = {"ContentType": media_type(name), "CacheControl": "no-store", **more}
        answer: dict[str, Any] = self._client.put_object(
            Bucket=self._name, Key=self._prefix + name, Body=content, **sent
        )
        return answer

    def _note(self, path: str, answer: Mapping[str, Any]) -> None:
        version = answer.get("VersionId", "")
        with self._counting:
            self.marks[path] = ObjectVersion(answer["ETag"], "" if version == "null" else version)

    def _each(self, work: Callable[[T], None], items: Sequence[T]) -> None:
        """Does the work for each, several at once; the first that fails ends it."""
        pool = ThreadPoolExecutor(_AT_ONCE)
        with self._explaining_errors():
            try:
                for done in [pool.submit(work, item) for item in items]:
                    done.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _none_on(self, codes: Sequence[str], ask: Callable[[], T]) -> T | None:
        """The answer, or None where it is one of these errors."""
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
            # The sums that Amazon's own store has added since are unknown to many others.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # A session of its own: the usual one remembers the login of an earlier target.
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self._settings.endpoint or None,
            region_name=self._settings.region or os.environ.get("AWS_DEFAULT_REGION", "us-east-1"),
            config=config,
        )

    @contextmanager
    def _explaining_errors(self) -> Iterator[None]:
        """What goes wrong with the store, as one sentence."""
        from botocore import exceptions

        host = self._settings.endpoint or "Amazon S3"
        try:
            yield
        except exceptions.ClientError as error:
            code = _code(error)
            if code == "NoSuchBucket":
                raise CommandError(
                    f"There is no bucket called {self._name} at {host}",
                    "Make it there, or name another one under [publish] in ward.toml.",
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
    """The last and plainest of the errors that are packed into one another."""
    inner = getattr(error, "reason", None) or error
    text = re.sub(r"^\[Errno \d+\] ", "", str(inner).rsplit(": ", 1)[-1])
    return text if len(text) < 100 else type(inner).__name__
