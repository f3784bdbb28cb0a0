"""A web server that only this computer can reach, with limits on its connections."""

from __future__ import annotations

import errno
import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST, HOST_6 = "127.0.0.1", "::1"
# All addresses of a container, which its host alone can reach at the port that it publishes.
_CONTAINER = "0.0.0.0"  # noqa: S104
# How many connections may be open at once, and how many of them may wait for changes: a browser
# opens six, and twice that in a private window.
MOST_CONNECTIONS, MOST_WAITING = 64, 24


class OneFamilyServer(ThreadingHTTPServer):
    """Serves one address family of the loopback; both families share the limits."""

    daemon_threads = True
    # A port that is in use must be an error, not shared with another program.
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(self, address: str, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.open = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.waiting = threading.BoundedSemaphore(MOST_WAITING)
        self.large = threading.Lock()
        super().__init__((address, port), handler)

    def server_bind(self) -> None:
        """Bind without looking up the name of this computer, as the library would."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def process_request(self, request: object, client_address: object) -> None:
        """Start a thread for the connection; one too many is closed at once."""
        if self.open.acquire(blocking=False):
            try:
                super().process_request(request, client_address)  # type: ignore[arg-type]
            except RuntimeError:  # no more threads
                self.open.release()
                self.shutdown_request(request)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self.open.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing when a browser closes the connection; a fault of ours is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class LoopbackServer(OneFamilyServer):
    """Serves IPv4 and IPv6, since "localhost" may be either; in a container, its one address."""

    def __init__(
        self, port: int, handler: type[BaseHTTPRequestHandler], in_container: bool = False
    ) -> None:
        self._other: OneFamilyServer | None = None
        super().__init__(_CONTAINER if in_container else HOST, port, handler)
        if in_container:
            return
        try:
            self._other = OneFamilyServer(HOST_6, self.server_port, handler)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                super().server_close()
                raise
            return  # this computer has no IPv6
        self._other.open, self._other.waiting = self.open, self.waiting
        self._other.large = self.large

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        if self._other is not None:
            threading.Thread(
                target=self._other.serve_forever, args=(poll_interval,), daemon=True
            ).start()
        super().serve_forever(poll_interval)

    def shutdown(self) -> None:
        if self._other is not None:
            self._other.shutdown()
        super().shutdown()

    def server_close(self) -> None:
        if self._other is not None:
            self._other.server_close()
        super().server_close()


def try_ports(make: Callable[[], LoopbackServer], times: int) -> LoopbackServer:
    """Try again if the port that the system chose for IPv4 is in use for IPv6."""
    for left in range(times - 1, -1, -1):
        try:
            return make()
        except OSError:
            if not left:
                raise
    raise AssertionError
