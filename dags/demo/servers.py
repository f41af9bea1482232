"""Servers that end with all that they started, also what runs in a session of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Beside the interpreter: the commands of the same environment.
COMMANDS = Path(sys.executable).parent
SECONDS_TO_STOP = 40


@dataclass
class Server:
    """A running server; all of its processes bear its mark in a variable of their environment."""

    mark: str
    variable: str = "MLOPS_SERVER_MARK"

    def processes(self) -> list[psutil.Process]:
        """What is alive of it."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(self.variable) == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found


def port(wanted: int = 0) -> int:
    """A port that nothing listens on: the wanted one where it is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return port()
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Waits for something to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.3)


def answers(url: str) -> bool:
    """Whether a health check is passed."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def server(command: list[str], env: dict[str, str], log: Path, health: str) -> Iterator[Server]:
    """Runs a server until the block ends, once it answers."""
    running = Server(uuid.uuid4().hex)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(COMMANDS / command[0]), *command[1:]],
            env={**env, running.variable: running.mark},
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            start_new_session=True,
        )
    try:

        def healthy() -> bool:
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} ended; the end of {log}:\n{log.read_text()[-3000:]}")
            return answers(health)

        wait_until(healthy, health, 240)
        yield running
    finally:
        _stop(process, running)


def _stop(process: subprocess.Popen[bytes], running: Server) -> None:
    """Asks the server to end, then what it leaves behind, such as a task at work, then forces what is still there."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.terminate()
    left = running.processes()
    for each in left:
        _send(each, signal.SIGTERM)
    _, deaf = psutil.wait_procs(left, timeout=10)
    for each in deaf:
        _send(each, signal.SIGKILL)
    psutil.wait_procs(deaf, timeout=5)
    process.poll()


def _send(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
