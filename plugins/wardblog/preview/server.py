"""The preview's web server, which also watches the files that the site is made from."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path

from watchfiles import Change, watch
from watchfiles.main import FileChange

from wardblog.preview.handler import Handler, Receiver
from wardblog.preview.loopback import LoopbackServer, try_ports
from wardblog.preview.pages import Preview
from wardblog.preview.polling import polled
from wardblog.preview.request_stream import TIMEOUT
from wardblog.problems import CommandError
from wardblog.support.main_thread import is_main, work_until

Report = Callable[[str], None]

# How long to wait for more files of the same save, how often to check the date, and how often to
# look for a folder that is missing, in ms.
_STEP, _MINUTE, _SOON = 10, 60_000, 200
# How long it may take to notice that the server should stop, in seconds.
_STOP = 0.1
# What watchfiles says if a limit of the system is reached.
_LIMIT_REACHED = ("limit reached", "Too many open files")
_REMEDY = "Close other programs that watch files, such as code editors, and start again."
if sys.platform == "linux":
    _REMEDY += (
        " Or raise the limits first: "
        "sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024"
    )


_FROM_NOW_ON = (
    "Too many files are watched on this computer already. From now on it takes two seconds until "
    "the preview shows what another program has saved."
)


class WatchLimitError(CommandError):
    """The system watches as many files and folders as it may."""


def make_server(
    preview: Preview,
    port: int,
    timeout: float = TIMEOUT,
    receiver: Receiver | None = None,
    in_container: bool = False,
) -> ThreadingHTTPServer:
    """A server on the loopback; raises `OSError` if the port is in use.

    `timeout` is how long a request may take, in seconds, and `receiver` the editor, if there is
    one. With `in_container`, it listens for the host of a container; call it so nowhere else.
    """

    class OwnHandler(Handler):
        pass

    OwnHandler.preview, OwnHandler.request_timeout = preview, timeout
    OwnHandler.receiver = receiver
    return try_ports(lambda: LoopbackServer(port, OwnHandler, in_container), 1 if port else 5)


class _Background(threading.Thread):
    """A thread that ends with the program, and keeps its error for the main thread to raise."""

    def __init__(self, work: Callable[[], None], ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self._work, self._ended = work, ended
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - raised again by `serve`
            self.error = error
        finally:
            self._ended.set()


def serve(
    server: ThreadingHTTPServer,
    preview: Preview,
    watched: Iterable[Path],
    stop: threading.Event | None = None,
    report: Report = print,
) -> None:
    """Serve until interrupted, and update the preview when a watched path changes.

    `report` is told if changes cannot be noticed at once any more. Call it in the main thread: it
    reads the texts that other threads have to read. Raises what ended one of the threads, such as
    `CommandError` if the system refuses to watch the files.
    """
    stopped, ended = stop or threading.Event(), threading.Event()
    serving = _Background(lambda: server.serve_forever(_STOP), ended)
    watcher = _Background(lambda: _follow(preview, watched, stopped, report), ended)
    try:
        serving.start()
        watcher.start()
        if is_main():
            work_until(ended.is_set)
        ended.wait()
    finally:
        stopped.set()
        if serving.is_alive():
            server.shutdown()
        server.server_close()
    for thread in (serving, watcher):
        if thread.error is not None:
            raise thread.error


def _follow(
    preview: Preview, watched: Iterable[Path], stop: threading.Event, report: Report
) -> None:
    """Update the preview when a watched path changes, also one that another has replaced."""
    paths = list(watched)
    if _follow_watched(preview, paths, stop, report):
        return
    report(f"{_FROM_NOW_ON}\n  {_REMEDY}")
    for changes in polled(paths, stop):
        if changes or changes is None:
            preview.update(changes)
        else:
            preview.update_if_outdated()


def _follow_watched(
    preview: Preview, paths: Sequence[Path], stop: threading.Event, report: Report
) -> bool:
    """Follow the paths until `stop`; false if the system cannot watch what is new in them."""
    was_watched = False
    while not stop.is_set():
        before = _inodes(paths)
        try:
            for changes in _changes(paths, stop, _MINUTE if all(before) else _SOON):
                was_watched = True
                if _inodes(paths) != before:
                    preview.update()
                    break
                if changes:
                    preview.update({Path(path) for _, path in changes})
                    _try_to_watch(_new_folders(changes), report)
                else:
                    preview.update_if_outdated()
        except FileNotFoundError:  # it vanished just before it could be watched
            stop.wait(_SOON / 1000)
            preview.update()
        except WatchLimitError:
            if not was_watched:
                raise
            return False
    return True


def _new_folders(changes: Iterable[FileChange]) -> list[Path]:
    return [Path(path) for kind, path in changes if kind is Change.added and Path(path).is_dir()]


def _try_to_watch(folders: Iterable[Path], report: Report) -> None:
    """Raise `WatchLimitError` if new folders cannot be watched, which the watch itself ignores."""
    for folder in folders:
        try:
            next(_changes([folder], threading.Event(), 1), None)
        except WatchLimitError:
            raise
        except CommandError as error:
            report(f"{error}.\n  {error.hint}")
        except FileNotFoundError:
            continue


def _changes(paths: Iterable[Path], stop: threading.Event, most: int) -> Iterator[set[FileChange]]:
    """What changes, or nothing after `most` milliseconds, again and again until `stop`.

    Raises `FileNotFoundError`, and `CommandError` if the system refuses to watch the paths.
    """
    try:
        yield from watch(
            *(path for path in paths if path.exists()), stop_event=stop, raise_interrupt=False,
            step=_STEP, rust_timeout=most, yield_on_timeout=True,
        )  # fmt: skip
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError) as error:  # RuntimeError: no watcher at all can be made
        raise _refused(error) from None


def _refused(error: Exception) -> CommandError:
    """Why the files cannot be watched, and what to close or raise."""
    message = "This computer does not let your files be watched for changes"
    if isinstance(error, PermissionError):
        return CommandError(f"{message} ({error})", "Make that file or folder readable for you.")
    if any(words in str(error) for words in _LIMIT_REACHED):
        return WatchLimitError(f"{message} (too many are watched already)", _REMEDY)
    return CommandError(f"{message} ({error})", _REMEDY)


def _inodes(paths: Iterable[Path]) -> list[int]:
    """What tells a folder from another of the same name; 0 for one that is missing."""
    return [_inode(path) for path in paths]


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0
