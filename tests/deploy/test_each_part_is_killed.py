"""The launcher's promise (make help): web, worker, beat, queue and database killed come back."""

import http.client
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy import application, places, system, watching
from deploy.checks.suite import own_home
from deploy.processes import Crew
from deploy.servers import keys
from deploy.servers.connections import Connections, connect
from deploy.servers.listening import Listener
from deploy.watching import Watch

PATIENCE = 60  # seconds, on a busy machine


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[tuple[Crew, Listener]]:
    """Everything that `make run` starts, on servers of its own; no tables are needed to answer."""
    places.lay_out()
    with own_home() as home, Crew() as crew:
        made = {name: make() for name, make in keys.MADE.items()}
        connections = connect(crew, home, made, testing=True)
        keyring = tmp_path / "keyring.json"
        keys.keyring(keyring, data_exists=False)
        listener = Listener(system.LOOPBACK, system.free_port())
        application.start(crew, _environment(connections, keyring), listener)
        yield crew, listener


def _environment(connections: Connections, keyring: Path) -> dict[str, str]:
    files = keyring.with_name("files")
    values = application.settings(connections, "x" * 50, keyring, files, may_shift=True)
    return application.environment(values)


def test_each_comes_back_and_the_pages_answer_again(
    crew: tuple[Crew, Listener], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members, listener = crew
    monkeypatch.setattr(watching, "PAUSES", (0.0, 0.0))
    watch = Watch(members, tmp_path / "restarts.log")
    _until(lambda: _is_ready(listener))
    names = [member.name for member in members.members()]
    assert names == ["PostgreSQL", "Valkey", "web", "worker", "beat"]
    for name in names:
        (killed,) = (member for member in members.members() if member.name == name)
        os.kill(killed.pid, signal.SIGKILL)

        def is_back(watch: Watch = watch, killed: int = killed.pid) -> bool:
            watch.look()
            return killed not in _alive(members) and _is_ready(listener)

        _until(is_back)
        assert [member.name for member in members.members()] == names
    told = (tmp_path / "restarts.log").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1] for line in told] == names


def _alive(crew: Crew) -> set[int]:
    return {member.pid for member in crew.members()}


def _is_ready(listener: Listener) -> bool:
    """Whether web, database and queue all answer."""
    there = http.client.HTTPConnection(listener.reached_at, listener.port, timeout=5)
    try:
        there.request("GET", "/readyz/", headers={"Host": "127.0.0.1"})
        return there.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        there.close()


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)
