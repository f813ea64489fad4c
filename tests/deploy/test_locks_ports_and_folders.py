"""One launcher at a time, an address that is taken, a folder somebody works in or cannot reach."""

import errno
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from deploy import places, system
from deploy.errors import LaunchError
from deploy.processes import Account
from deploy.servers import homes
from deploy.servers.homes import Home

ME = Account("me", os.getuid(), os.getgid())
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.chdir(sys.argv[1])
time.sleep(600)
"""
STRANGER = Account("stranger", 54321, 54321)


def test_a_second_lock_is_not_given_while_the_first_is_held(tmp_path: Path):
    with system.lock(tmp_path / "lock") as first, system.lock(tmp_path / "lock") as second:
        assert (first, second) == (True, False)


def test_a_lock_is_free_again_after_its_holder(tmp_path: Path):
    with system.lock(tmp_path / "lock"):
        pass
    with system.lock(tmp_path / "lock") as held:
        assert held


def test_a_port_in_use_is_told_from_a_free_one():
    with socket.socket() as taken:
        taken.bind((system.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert system.refusal(system.LOOPBACK, port) == errno.EADDRINUSE
    assert system.refusal(system.LOOPBACK, system.free_port()) == 0


def test_an_address_of_another_machine_is_refused():
    assert system.refusal("192.0.2.1", 8000) == errno.EADDRNOTAVAIL


def test_whoever_works_in_a_folder_is_found_and_ended(tmp_path: Path):
    held = os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", f"cd '{tmp_path}'; exec sleep 600"])
    while system.at_work_in(tmp_path) != [held]:
        assert os.waitpid(held, os.WNOHANG) == (0, 0)
    system.clear_out(tmp_path, "sleep", held)
    assert system.at_work_in(tmp_path) == []
    assert os.waitstatus_to_exitcode(os.waitpid(held, 0)[1]) == -signal.SIGINT


def test_a_leftover_that_does_not_go_is_told_by_its_number(tmp_path: Path):
    held = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", DEAF, str(tmp_path)])
    while system.at_work_in(tmp_path) != [held]:
        assert os.waitpid(held, os.WNOHANG) == (0, 0)
    with pytest.raises(LaunchError, match=str(held)):
        system.clear_out(tmp_path, "sleep", held, seconds=0.3)
    os.kill(held, signal.SIGKILL)
    os.waitpid(held, 0)


def test_a_closed_folder_is_out_of_a_stranger_s_reach(tmp_path: Path):
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    assert system.reaches(ME, inner)
    assert not system.reaches(STRANGER, inner)


def test_a_program_in_reach_is_used_where_it_is(tmp_path: Path):
    program = _program(tmp_path)
    assert Home(tmp_path / "home", ME).within_reach(tmp_path, ("package",), "package/it") == program
    assert (
        Home(tmp_path / "home", None).within_reach(tmp_path, ("package",), "package/it") == program
    )


def test_a_program_out_of_reach_is_copied_and_opened_to_read(tmp_path: Path):
    _program(tmp_path).chmod(0o700)
    home = Home(tmp_path / "home", STRANGER)
    copy = home.within_reach(tmp_path, ("package",), "package/it")
    assert copy == tmp_path / "home" / "bin" / "package" / "it"
    assert copy.stat().st_mode & 0o005 == 0o005
    assert copy.parent.stat().st_mode & 0o005 == 0o005


def test_a_copy_is_made_anew_only_when_its_original_changed(tmp_path: Path):
    program = _program(tmp_path)
    program.chmod(0o700)
    home = Home(tmp_path / "home", STRANGER)
    copy = home.within_reach(tmp_path, ("package",), "package/it")
    (copy.parent / "mark").touch()
    os.utime(copy.parent, ns=(0, program.parent.stat().st_mtime_ns))
    home.within_reach(tmp_path, ("package",), "package/it")
    assert (copy.parent / "mark").exists()
    os.utime(program.parent, (1, 1))
    home.within_reach(tmp_path, ("package",), "package/it")
    assert not (copy.parent / "mark").exists()


def test_removing_a_home_that_lies_elsewhere_removes_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    (tmp_path / "elsewhere" / "postgres").mkdir(parents=True)
    (tmp_path / "servers").symlink_to(tmp_path / "elsewhere")
    homes.remove("servers")
    assert list(tmp_path.iterdir()) == []


def _program(folder: Path) -> Path:
    program = folder / "package" / "it"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program
