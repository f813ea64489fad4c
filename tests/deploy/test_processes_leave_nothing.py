"""What the launcher starts it also ends, children included, and it tells who died."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from deploy import interrupts, processes
from deploy.errors import LaunchError
from deploy.interrupts import StopError
from deploy.processes import Crew, Process

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
child.wait()
"""
LAUNCHER = """
import os, sys, time
from pathlib import Path
from deploy.processes import Process
member = "import time; print('here', flush=True); time.sleep(600)"
Process("probe", [sys.executable, "-c", member], env=os.environ, log=Path({log!r}))
time.sleep(600)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


def python(code: str, log: Path, **options: object) -> Process:
    return Process("probe", [sys.executable, "-c", code], env=os.environ, log=log, **options)  # type: ignore[arg-type]


def first_line(log: Path) -> str:
    while not (lines := processes.tail(log)):
        time.sleep(0.02)
    return lines[0]


def wait_until_ended(process: Process) -> None:
    while process.ended() is None:
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """A process that nobody reaped yet counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> bool:
    for _ in range(250):
        if not is_alive(pid):
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def test_stopping_a_process_ends_its_children_too(log: Path):
    parent = python(PARENT, log)
    child = int(first_line(log))
    parent.stop()
    assert parent.ended() == -signal.SIGTERM
    assert wait_until_gone(child)


def test_a_parent_that_dies_takes_its_children_along(log: Path):
    parent = python(PARENT, log)
    child = int(first_line(log))
    os.kill(parent.pid, signal.SIGKILL)
    wait_until_ended(parent)
    assert wait_until_gone(child)


def test_a_process_that_does_not_listen_is_killed(log: Path):
    deaf = python(DEAF, log, patience=0.2)
    first_line(log)
    deaf.stop()
    assert deaf.ended() == -signal.SIGKILL


def test_a_crew_tells_which_member_died_with_its_last_lines(log: Path):
    crew = Crew()
    member = crew.add(python("print('why it died'); raise SystemExit(3)", log))
    wait_until_ended(member)
    with pytest.raises(LaunchError, match="probe 意外退出（退出码 3）") as told:
        crew.check()
    assert told.value.detail == "why it died"


def test_leaving_a_crew_stops_every_member(tmp_path: Path):
    with Crew() as crew:
        members = [crew.add(python(PARENT, tmp_path / name)) for name in ("one", "two")]
        first_line(tmp_path / "two")
    assert [member.ended() for member in members] == [-signal.SIGTERM] * 2


def test_last_lines_are_those_of_this_run(log: Path):
    log.write_text("of yesterday\n")
    process = python("print('of today')", log)
    processes.finish(process)
    assert process.last_lines() == "of today"


def test_an_interrupt_stops_the_step_that_is_waited_for(log: Path, monkeypatch: pytest.MonkeyPatch):
    process = python("import time; time.sleep(600)", log)
    monkeypatch.setattr(interrupts, "_arrived", [signal.SIGINT])
    with pytest.raises(StopError):
        processes.finish(process)
    assert process.ended() == -signal.SIGTERM


def test_the_launcher_s_death_ends_what_it_started(tmp_path: Path):
    log = tmp_path / "log"
    outer = python(LAUNCHER.format(log=str(log)), tmp_path / "outer")
    first_line(log)
    started = _children(outer.pid)
    os.kill(outer.pid, signal.SIGKILL)
    wait_until_ended(outer)
    assert started
    assert all(wait_until_gone(pid) for pid in started)


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
