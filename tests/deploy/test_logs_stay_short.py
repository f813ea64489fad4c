"""A log that grows too long while its process runs is set aside, and the process writes on."""

import os
import sys
from pathlib import Path

import pytest

from deploy import logs
from deploy.logs import KEPT, Rotation
from deploy.processes import Process, tail


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LOOK_EVERY", 0.0)


def test_a_long_log_begins_anew_under_the_hands_of_its_process(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    code = "import sys, time\nprint('a' * 99, flush=True)\ntime.sleep(600)"
    process = Process("web", [sys.executable, "-c", code], env=os.environ, log=log)
    while not tail(log):
        pass
    Rotation(tmp_path, limit=100).look()
    assert log.stat().st_size == 100  # just as long as it may be
    with log.open("a") as file:
        file.write("b\n")
    Rotation(tmp_path, limit=100).look()
    assert log.read_text() == ""
    aside = tmp_path / "web.log.1"
    assert aside.read_text() == "a" * 99 + "\nb\n"
    assert aside.stat().st_mode & 0o777 == 0o600
    process.log_began_at = 102
    with log.open("a") as file:
        file.write("the last words\n")
    assert process.last_lines() == "the last words"
    process.stop()


def test_the_oldest_part_is_dropped(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    for number in range(KEPT + 2):
        log.write_text(f"part {number}\n")
        logs.set_aside(log)
    kept = [(tmp_path / f"web.log.{n}").read_text().strip() for n in range(1, KEPT + 1)]
    assert kept == [f"part {KEPT + 1 - n}" for n in range(KEPT)]
    assert len(list(tmp_path.iterdir())) == KEPT + 1
