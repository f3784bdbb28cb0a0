"""Real servers on the loopback for what is published: OpenSSH, an S3 store, a bare repository."""

from __future__ import annotations

import getpass
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from install_programs import find_program
from wardblog.model import PublishSettings

SSHD = find_program("sshd")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until something listens on the port; fails if the process ends before."""
    for _ in range(1200):
        assert process.poll() is None, "the server ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    ) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.wait(60)


@dataclass(frozen=True)
class SshServer:
    """A server on this machine that this user may log in to, by the names in an ssh config."""

    folder: Path
    config: Path

    @property
    def rsh(self) -> str:
        """What RSYNC_RSH has to be for it to be found."""
        return f"ssh -F {self.config}"


# By name: one that runs commands, one that takes files only, one whose key is not known.
HOSTS = ("ward-host", "ward-sftp", "ward-stranger")


@contextmanager
def ssh_server(folder: Path) -> Iterator[SshServer]:
    if not (SSHD and shutil.which("ssh") and shutil.which("rsync") and shutil.which("sftp")):
        pytest.skip("sshd, ssh, sftp and rsync are not all installed")
    folder.mkdir(parents=True)
    for name in ("host-key", "key"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    shell, files = free_port(), free_port()
    # With a home of its own, a shell there runs nothing that this user has it run at each login.
    (folder / "sshd_config").write_text(
        f"Port {shell}\nPort {files}\nListenAddress 127.0.0.1\nHostKey {folder}/host-key\n"
        f"AuthorizedKeysFile {folder}/key.pub\nStrictModes no\nPidFile none\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 50\n"
        f"SetEnv HOME={folder}\nSubsystem sftp internal-sftp\n"
        f"Match LocalPort {files}\n  ForceCommand internal-sftp\n"
    )
    public = " ".join((folder / "host-key.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(
        f"[127.0.0.1]:{shell} {public}\n[127.0.0.1]:{files} {public}\n"
    )
    ours = f"UserKnownHostsFile {folder}/known_hosts"
    other = " ".join((folder / "key.pub").read_text().split()[:2])
    (folder / "other_hosts").write_text(f"[127.0.0.1]:{shell} {other}\n")
    (folder / "config").write_text(
        f"Host ward-host\n  Port {shell}\n  {ours}\n"
        f"Host ward-sftp\n  Port {files}\n  {ours}\n"
        f"Host ward-stranger\n  Port {shell}\n  UserKnownHostsFile /dev/null\n"
        f"Host ward-other\n  Port {shell}\n  UserKnownHostsFile {folder}/other_hosts\n"
        f"Host ward-refusal\n  Port {shell}\n  {ours}\n  IdentityFile {folder}/host-key\n"
        f"Host ward-nobody\n  Port {free_port()}\n"
        f"Host !ward-refusal *\n  IdentityFile {folder}/key\n"
        f"Host *\n  HostName 127.0.0.1\n  User {getpass.getuser()}\n  IdentitiesOnly yes\n"
        "  StrictHostKeyChecking ask\n  GlobalKnownHostsFile /dev/null\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where root's sshd locks itself in
    command = [SSHD, "-D", "-f", str(folder / "sshd_config"), "-E", str(folder / "log")]
    with running(command, shell):
        yield SshServer(folder, folder / "config")


S3_LOGIN = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a store with nothing in it."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1"]
    with running([*command, "-p", str(port)], port):
        yield f"http://127.0.0.1:{port}"


# Whoever asks may read, as for a site.
_PUBLIC = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
"Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/*"}]}"""


def make_bucket(endpoint: str, name: str, keeps_versions: bool = False) -> None:
    client = s3_client(endpoint)
    client.create_bucket(Bucket=name)
    client.put_bucket_policy(Bucket=name, Policy=_PUBLIC.replace("BUCKET", name))
    if keeps_versions:
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


@cache
def s3_client(endpoint: str):  # type: ignore[no-untyped-def] # boto3 has no types
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - any will do there
    )


def bare_repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    return folder


Get = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Place:
    """A target to publish to; each `visitor` gets the bytes of a path there, or None."""

    name: str
    settings: PublishSettings
    visitor: Callable[[], AbstractContextManager[Get]]
    environment: dict[str, str]


@contextmanager
def folder_reader(folder: Path) -> Iterator[Get]:
    """As a web server on that machine reads: the path anew for each request."""

    def get(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except OSError:
            return None

    yield get


@contextmanager
def web_reader(base: str) -> Iterator[Get]:
    def get(path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{base}/{path}", timeout=10) as answer:  # noqa: S310
                body: bytes = answer.read()
        except urllib.error.HTTPError as error:
            error.close()
            return None
        return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body

    yield get


@contextmanager
def branch_reader(repository: Path, branch: str) -> Iterator[Get]:
    """As a host that shows the newest commit of a branch; one process answers all requests."""
    command = ["git", f"--git-dir={repository}", "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        asked, said = process.stdin, process.stdout

        def get(path: str) -> bytes | None:
            asked.write(f"{branch}:{path}\n".encode())
            asked.flush()
            head = said.readline()
            if head.endswith(b" missing\n"):
                return None
            size = int(head.split()[-1])
            return said.read(size + 1)[:-1]

        yield get


def s3_reader(endpoint: str, settings: PublishSettings) -> AbstractContextManager[Get]:
    """By plain requests, as a browser does."""
    prefix = f"/{settings.prefix}" if settings.prefix else ""
    return web_reader(f"{endpoint}/{settings.bucket}{prefix}")


def names_in(page: bytes) -> list[str]:
    """What a browser asks for once it has a page: style, scripts, pictures, data."""
    text = page.decode()
    found = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)\b[^>]*>', text)
    return [
        address.lstrip("/")
        for element in found
        for address in re.findall(r'(?:href|src|data-[a-z]+)="(/[^"]+)"', element)
    ]
