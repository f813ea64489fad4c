"""A county of its own for the browser: a database, a web server, a worker, and a clock to move."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import psycopg
from django.contrib.staticfiles.finders import get_finders
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from kongchuo.celery import app
from tests.databases import drop

ROOT = Path(__file__).resolve().parents[2]
_COLLECTING = ROOT / ".local" / "collecting.lock"
_COLLECTED = ROOT / ".local" / "static" / ".collected"
PATIENCE = 60  # seconds until something that must come up is given up


@dataclass
class Site:
    """The running county."""

    url: str
    env: dict[str, str]

    def move_to(self, day: date, hour: int = 8) -> None:
        """From now on it is that hour of that day, for the web, the worker and the test."""
        moment = datetime.combine(day, clock_time(hour), ZoneInfo("Asia/Shanghai"))
        shift_clock(moment - timezone.now())
        time.sleep(1.1)  # every process reads the shift once a second

    def tick(self) -> None:
        """Poke the sweep as beat does; the real worker does it."""
        app.connection_for_write(self.env["REDIS_URL"])
        with app.connection_for_write(self.env["REDIS_URL"]) as broker:
            app.send_task("cases.tasks.sweep", connection=broker)


def database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def own_database(name: str, template: str, first_queue: int) -> Iterator[dict[str, str]]:
    """A copy of a migrated database for the browser, dropped after it; yields the environment that
    uses it, with a queue of the runner's from ``first_queue`` on."""
    owner = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    with psycopg.connect(database(owner, "postgres"), autocommit=True) as server:
        drop(server, name)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield environment(name, first_queue)
        finally:
            drop(server, name)


def environment(name: str, first_queue: int) -> dict[str, str]:
    """What a process of ours needs to serve the named database, with a queue of its own."""
    owner = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": database(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": database(owner, name),
        "REDIS_URL": database(os.environ["REDIS_URL"], _queue(first_queue)),
        "CLOCK_MAY_SHIFT": "1",
        "HTTPS": "0",
    }


def _queue(first: int) -> str:
    """A queue for each runner: the worker of one county is not to take the work of another."""
    return str(first + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")))


def manage(env: dict[str, str], *arguments: str) -> None:
    """A management command in the browser's county; its failure is the test's, with its words."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, f"{' '.join(arguments)}: {ended.stdout}{ended.stderr}"


def collect_static(env: dict[str, str]) -> None:
    """Collect what the pages load, once for files that are as they were.

    All runners serve from one folder, so one writes at a time.
    """
    with _COLLECTING.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _state_of_files(env)
        if not _COLLECTED.exists() or _COLLECTED.read_text("utf-8") != wanted:
            _COLLECTED.unlink(missing_ok=True)
            manage(env, "collectstatic", "--noinput", "--verbosity", "0")
            _COLLECTED.write_text(wanted, "utf-8")


def _state_of_files(env: dict[str, str]) -> str:
    """Size and moment of each file that is collected, and of what says how."""
    found = (storage.path(path) for one in get_finders() for path, storage in one.list([]))
    files = sorted({*found, str(ROOT / "kongchuo/settings.py"), str(ROOT / "requirements.txt")})
    stats = [f"{file} {os.stat(file).st_size} {os.stat(file).st_mtime_ns}" for file in files]
    return "\n".join([env.get("STATICFILES_BACKEND", ""), *stats])


@contextmanager
def processes(env: dict[str, str]) -> Iterator[str]:
    """A web server and a worker; yields the address once the web answers."""
    with web(env, threads=4) as url, worker(env):
        yield url


@contextmanager
def web(env: dict[str, str], threads: int) -> Iterator[str]:
    """A web server of one process; yields its address once it answers."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "kongchuo.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        "--no-control-socket",
    ]
    with _running(command, env) as serving:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/healthz/", serving)
        yield url


@contextmanager
def worker(env: dict[str, str], hands: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker, which takes up what is in its queue once it has started."""
    command = [
        *(sys.executable, "-m", "celery", "-A", "kongchuo", "worker"),
        *("-c", str(hands), "--loglevel", "WARNING", "--without-mingle", "--without-gossip"),
    ]
    with _running(command, env) as process:
        yield process


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 5):
        assert process.poll() is None, "the web server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:  # refused, reset, or silent for five seconds on a busy machine
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
