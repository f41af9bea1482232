"""Real servers for tests, each with all of its processes ended afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PYTHON_FOLDER = Path(os.sys.executable).parent  # type: ignore[attr-defined]
MARK = "MLOPS_TEST_SERVER"


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Waits for something to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.3)


def answers(url: str) -> bool:
    """Whether a health check is passed."""
    try:
        return httpx.get(url, timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def marked(mark: str) -> list[psutil.Process]:
    """The processes that inherited the mark of a server, whatever session they are in."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@contextmanager
def server(command: list[str], env: dict[str, str], log: Path, health: str) -> Iterator[str]:
    """Runs a server until the block ends; gives the mark that its processes bear. SIGINT must end all of them."""
    mark = uuid.uuid4().hex
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(PYTHON_FOLDER / command[0]), *command[1:]],
            env={**env, MARK: mark},
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            start_new_session=True,
        )
    try:

        def healthy() -> bool:
            assert process.poll() is None, log.read_text()[-3000:]
            return answers(health)

        wait_until(healthy, health, 180)
        yield mark
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(40)
            left = [each.cmdline() for each in marked(mark)]
        finally:
            for each in marked(mark):
                each.kill()
    assert not left, f"{command[0]} left running: {left}"
