"""The application: its environment variables, management commands and three processes."""

import http.client
import os
from collections.abc import Mapping
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError
from deploy.processes import Crew, Process, finish
from deploy.progress import ProgressStep, step
from deploy.servers.connections import Connections
from deploy.servers.listening import Listener

LONG = 1_000  # lines of a command's output
# Ten who wait for one locked class may all be in one process, and leave two threads to the others.
WORKERS, THREADS = 2, 12
DEMO_ICP = "滇ICP备00000000号"  # of no site; the demo shows where it stands


def settings(
    connections: Connections, secret_key: str, keyring: Path, files: Path, *, may_shift: bool
) -> dict[str, str]:
    """The settings that the launcher adds to the shell's variables."""
    return connections.as_settings() | {
        "SECRET_KEY": secret_key,
        "KEYRING_FILE": str(keyring),
        "FILES_ROOT": str(files),
        "CLOCK_MAY_SHIFT": "1" if may_shift else "0",
        "ICP": os.environ.get("ICP", DEMO_ICP if may_shift else ""),
        "RESTARTS_FILE": str(places.RESTARTS),
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "kongchuo.settings",
    }


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """The shell's variables, ours, and the environment's programs first on the path."""
    path = f"{places.PYTHON.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, **values, "PATH": path, "PYTHONUNBUFFERED": "1"}


def manage(title: str, env: Mapping[str, str], *arguments: str) -> str:
    """Runs a management command quietly; returns its output, which goes to a log named after it."""
    log = places.LOGS / f"{arguments[0]}.log"
    with step(title) as current:
        process = Process(arguments[0], _manage(arguments), env=env, log=log)
        _require(process, current, arguments[0])
    return process.last_lines(LONG)


def manage_aloud(env: Mapping[str, str], *arguments: str) -> None:
    """Runs a management command whose output goes to the terminal."""
    log = places.LOGS / f"{arguments[0]}.log"
    process = Process(arguments[0], _manage(arguments), env=env, log=log, aloud=True)
    _require(process, None, arguments[0])


def start(crew: Crew, env: Mapping[str, str], listener: Listener) -> None:
    for name, command in _commands(listener.bind).items():
        crew.add(Process(name, command, env=env, log=places.LOGS / f"{name}.log"))


def answers(listener: Listener) -> bool:
    """Whether the web serves its health page."""
    connection = http.client.HTTPConnection(listener.reached_at, listener.port, timeout=5)
    try:
        connection.request("GET", "/healthz/", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status < http.client.BAD_REQUEST
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _commands(bind: str) -> dict[str, list[str | Path]]:
    celery: list[str | Path] = [places.PYTHON, "-m", "celery", "-A", "kongchuo"]
    return {
        "web": [places.PYTHON, "-m", "gunicorn", "kongchuo.wsgi", f"--bind={bind}",
                "--worker-class=gthread", f"--workers={WORKERS}", f"--threads={THREADS}",
                "--graceful-timeout=10", "--no-control-socket",
                "--limit-request-line=8190"],
        "worker": [*celery, "worker", "-c", "2", "--loglevel=INFO"],
        "beat": [*celery, "beat", f"--schedule={places.BEAT / 'schedule'}", "--pidfile=",
                 "--loglevel=INFO"],
    }  # fmt: skip


def _manage(arguments: tuple[str, ...]) -> list[str | Path]:
    return [places.PYTHON, places.ROOT / "manage.py", *arguments]


def _require(process: Process, current: ProgressStep | None, name: str) -> None:
    if finish(process, current):
        raise LaunchError(
            f"manage.py {name} 没有成功，日志见 {process.log}。",
            f"{name} failed",
            process.last_lines(1),
        )
