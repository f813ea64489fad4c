"""What ends by itself is started again, a few times; the terminal and a file say so."""

import os
import sys
import time
from pathlib import Path

import pytest

from deploy import watching
from deploy.errors import LaunchError
from deploy.processes import Crew, Process
from deploy.watching import PAUSES, Watch

LASTING = "import time; time.sleep(600)"


def python(name: str, code: str, folder: Path) -> Process:
    argv = [sys.executable, "-c", code]
    return Process(name, argv, env=os.environ, log=folder / f"{name}.log")


def wait_until_ended(process: Process) -> None:
    while process.ended() is None:
        time.sleep(0.02)


def test_a_killed_member_is_started_again_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "restarts.log"
    with Crew() as crew:
        first, last = (crew.add(python(name, LASTING, tmp_path)) for name in ("web", "worker"))
        watch = Watch(crew, told)
        watch.look()
        os.kill(first.pid, 9)
        wait_until_ended(first)
        watch.look()
        fresh, other = crew.members()
        assert (fresh.name, fresh.ended(), other) == ("web", None, last)
        assert fresh.pid != first.pid
    assert "网页（web）意外退出（退出码 -9），正在重新启动" in capsys.readouterr().out
    assert told.read_text(encoding="utf-8").split()[1:] == ["web", "-9"]
    assert fresh.ended() is not None  # stopped with the crew


def test_a_server_of_its_own_is_revived_its_own_way_each_time(tmp_path: Path) -> None:
    revived: list[Process] = []

    def revive() -> Process:
        revived.append(python("PostgreSQL", LASTING, tmp_path))
        return revived[-1]

    with Crew() as crew:
        dead = crew.add(python("PostgreSQL", LASTING, tmp_path), revive)
        for _ in range(2):
            os.kill(dead.pid, 9)
            wait_until_ended(dead)
            dead = crew.revive(dead)
        assert crew.members() == revived[-1:]


def test_the_sixth_end_within_ten_minutes_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAUSES", (0.0,) * len(PAUSES))
    with Crew() as crew:
        crew.add(python("beat", "raise SystemExit(3)", tmp_path))
        watch = Watch(crew, tmp_path / "restarts.log")
        for _ in range(len(PAUSES)):
            wait_until_ended(crew.members()[0])
            watch.look()
        wait_until_ended(crew.members()[0])
        with pytest.raises(LaunchError, match="第6次意外退出（退出码 3），不再重新启动"):
            watch.look()


def test_the_second_start_waits_a_moment(tmp_path: Path) -> None:
    with Crew() as crew:
        crew.add(python("beat", "raise SystemExit(3)", tmp_path))
        watch = Watch(crew, tmp_path / "restarts.log")
        wait_until_ended(crew.members()[0])
        watch.look()
        second = crew.members()[0]
        wait_until_ended(second)
        watch.look()
        assert crew.members() == [second]
