"""nginx and Apache on the loopback, with a published site and the settings that came with it.

They are set up as Debian does it where that stands in the way of ours: they compress by
themselves, list folders, and take `.gz` for a type of file and `.br` for Breton.
"""

from __future__ import annotations

import grp
import http.client
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from publish.servers import free_port, running
from wardblog.model import Site

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_NGINX = shutil.which("nginx", path=_PATH)
_APACHE = shutil.which("apache2", path=_PATH) or shutil.which("httpd", path=_PATH)
_MODULES = next(
    (p for p in ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules") if Path(p).is_dir()), None
)


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes

    def all(self, name: str) -> list[str]:
        return self.headers.get_all(name, [])


@dataclass(frozen=True)
class Place:
    """Where a site lies: `root` is what the server serves, and `folder` the site in it."""

    site: Site
    root: Path
    folder: Path

    def url(self, path: str) -> str:
        """What a visitor asks the server for to get a file of the site."""
        return f"{self.site.base_path}/{quote(path)}"

    def snippet(self, name: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{name}")


@dataclass
class Server:
    """A server that runs; `brings` are the encodings that it has for those who take them."""

    name: str
    place: Place
    port: int
    command: list[str]
    brings: tuple[str, ...]
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def run_text(self, url: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request with no other headers than these: `If_None_Match="..."`."""
        self._connection.putrequest(
            method, url, skip_host="Host" in headers, skip_accept_encoding=True
        )
        for name, value in headers.items():
            self._connection.putheader(name.replace("_", "-"), value)
        self._connection.endheaders()
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.msg, answer.read())

    def tests_settings(self) -> subprocess.CompletedProcess[str]:
        """What the server itself says of its settings."""
        return subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)

    def close(self) -> None:
        self._connection.close()


def _nobody() -> tuple[str, str]:
    """Whom servers that root starts work as."""
    user = pwd.getpwnam("nobody")
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name


def _nginx(place: Place, home: Path, port: int) -> tuple[list[str], tuple[str, ...]]:
    if not _NGINX:
        pytest.skip("nginx is not installed")
    temporary = "".join(
        f"  {kind}_temp_path {home}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user {} {};\n".format(*_nobody()) if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {home}/pid;\nerror_log {home}/log;\n"
        "events { }\n"
        f"http {{\n{temporary}  access_log off;\n  gzip on;\n  index other.html;\n"
        "  types { text/html html; application/x-something js; application/gzip gz; }\n"
        f"  server {{\n    listen 127.0.0.1:{port};\n    server_name other.example.org;\n"
        f"    root {place.root};\n    include {place.snippet('nginx.conf')};\n  }}\n}}\n"
    )
    return [_NGINX, "-e", f"{home}/log", "-p", f"{home}/", "-c", f"{home}/nginx.conf"], ("gzip",)


def _apache(
    place: Place, home: Path, port: int, override: str = "None", settings: str = ""
) -> tuple[list[str], tuple[str, ...]]:
    if not (_APACHE and _MODULES):
        pytest.skip("Apache is not installed")
    modules = "".join(
        f"<IfModule !{name}_module>\n  LoadModule {name}_module {_MODULES}/mod_{name}.so\n"
        "</IfModule>\n"
        for name in ("mpm_event", "unixd", "authz_core", "mime", "dir", "alias", "headers",
                     "rewrite", "filter", "deflate", "brotli", "negotiation", "autoindex", "env")
    )  # fmt: skip
    user = "User {}\nGroup {}\n".format(*_nobody()) if os.geteuid() == 0 else ""
    (home / "types").write_text("text/html html\napplication/x-something js\napplication/gzip gz\n")
    (home / "apache.conf").write_text(
        f"ServerRoot {home}\nDefaultRuntimeDir {home}\nPidFile {home}/pid\nErrorLog {home}/log\n"
        f"{modules}{user}Listen 127.0.0.1:{port}\nServerName other.example.org\n"
        "StartServers 1\nMaxKeepAliveRequests 0\n"
        f"TypesConfig {home}/types\nAddType application/x-gzip .gz\nAddLanguage br .br\n"
        "AddOutputFilterByType BROTLI_COMPRESS;DEFLATE text/html text/plain text/css text/csv "
        "text/javascript application/json application/rss+xml image/svg+xml\n"
        f'DocumentRoot "{place.root}"\n'
        "<Directory />\n  Options FollowSymLinks\n  AllowOverride None\n</Directory>\n"
        f'<Directory "{place.root}">\n  Options Indexes FollowSymLinks\n</Directory>\n'
        f'<Directory "{home}">\n  AllowOverride {override}\n</Directory>\n'
        f'<Directory "{place.folder}">\n{settings}</Directory>\n'
    )
    command = [_APACHE, "-d", str(home), "-f", f"{home}/apache.conf", "-DFOREGROUND"]
    return command, ("gzip", "br")


def _apache_including(place: Place, home: Path, port: int) -> tuple[list[str], tuple[str, ...]]:
    return _apache(place, home, port, settings=f"  Include {place.snippet('apache.conf')}\n")


def _htaccess_inside(place: Place, home: Path, port: int) -> tuple[list[str], tuple[str, ...]]:
    shutil.copy(place.snippet("apache.conf"), place.folder / ".htaccess")
    return _apache(place, home, port, override="FileInfo")


def _htaccess_above(place: Place, home: Path, port: int) -> tuple[list[str], tuple[str, ...]]:
    shutil.copy(place.snippet("apache.conf"), place.folder.with_name(".htaccess"))
    return _apache(place, home, port, override="FileInfo")


SERVERS: dict[str, Callable[[Place, Path, int], tuple[list[str], tuple[str, ...]]]] = {
    "nginx": _nginx,
    "apache": _apache_including,
    "htaccess-inside": _htaccess_inside,
    "htaccess-above": _htaccess_above,
}


@contextmanager
def serving(name: str, place: Place, home: Path, port: int = 0) -> Iterator[Server]:
    """The server of this name, with all that it writes in the folder `home`."""
    port = port or free_port()
    command, brings = SERVERS[name](place, home, port)
    with running(command, port):
        server = Server(name, place, port, command, brings)
        try:
            yield server
        finally:
            server.close()
