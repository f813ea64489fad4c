"""A county on a database that keeps what it is told, served as `make run` serves it.

The servers of `make bench` may lose data in a power cut; where a commit is what is measured, the
database is one of its own, with every fsync.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

from deploy import application, system
from deploy.checks.suite import own_home
from deploy.processes import Crew
from deploy.servers import keys
from deploy.servers.connections import Connections, connect
from deploy.servers.homes import Home
from deploy.servers.postgres import ADMIN
from tests.e2e.site import manage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until the web must answer
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class County:
    """Where a county's servers answer; ``admin`` is the one who may copy a database."""

    connections: Connections
    admin: str
    postmaster: int


@contextmanager
def durable_county() -> Iterator[County]:
    """A fresh migrated database with fsync on; the test's own queries go to it as well."""
    with own_home() as home, Crew() as crew:
        made = {name: make() for name, make in keys.MADE.items()}
        found = connect(crew, home, made)
        env = {**os.environ, **found.as_settings()}
        manage(env, "migrate", "--database", "owner")
        manage(env, "collectstatic", "--noinput")
        with _connected_to("default", found.database), _connected_to("owner", found.owner):
            yield County(found, _admin(found.owner, home), _postmaster(home))


def _admin(owner: str, home: Home) -> str:
    password = (home.path / "postgres.password").read_text().strip()
    parts = urlsplit(owner)
    place = f"{ADMIN}:{password}@{parts.hostname}:{parts.port}"
    return urlunsplit(parts._replace(netloc=place, path="/postgres"))


def _postmaster(home: Home) -> int:
    return int((home.path / "postgres" / "postmaster.pid").read_text().split()[0])


@contextmanager
def _connected_to(alias: str, url: str) -> Iterator[None]:
    connection = connections[alias]
    connection.close()
    before, parts = dict(connection.settings_dict), urlsplit(url)
    connection.settings_dict.update(
        HOST=parts.hostname,
        PORT=parts.port,
        USER=parts.username,
        PASSWORD=parts.password,
        NAME=parts.path.strip("/"),
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


@contextmanager
def web(found: Connections, settings: str = "kongchuo.settings") -> Iterator[tuple[int, int]]:
    """gunicorn as `make run` starts it; yields its port and its process."""
    port = system.free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "kongchuo.wsgi", f"--bind={system.LOOPBACK}:{port}"),
        *("--worker-class=gthread", f"--workers={application.WORKERS}"),
        *(f"--threads={application.THREADS}", "--no-control-socket"),
    ]
    ours = {"LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": settings}
    env = {**os.environ, **found.as_settings(), **ours}
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        _wait_for(f"http://{system.LOOPBACK}:{port}/healthz/", process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 5):
        assert process.poll() is None, "the web server ended before it answered"
        with suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url):
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")


def cpu_of(pid: int) -> float:
    """The seconds of processor that a server and its children, past and present, have used."""
    return sum(
        (own + (reaped if child == pid else 0)) / TICKS
        for child, parent, own, reaped in _processes()
        if pid in (child, parent)
    )


def _processes() -> Iterator[tuple[int, int, int, int]]:
    """Of every process its number, its parent's, its ticks and those of its children that ended."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The program's name stands in parentheses and may hold anything.
            rest = path.read_text().rpartition(")")[2].split()
            user, system_, past_user, past_system = map(int, rest[11:15])
            yield int(path.parent.name), int(rest[1]), user + system_, past_user + past_system
