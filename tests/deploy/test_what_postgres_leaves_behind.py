"""The lock file, the version of the data, and complaints that may be passed over."""

import os
from pathlib import Path

import pytest

from deploy.errors import LaunchError
from deploy.servers import postgres
from deploy.servers.homes import Home

LOCK = "{pid}\n/data\n1700000000\n50000\n\n127.0.0.1\n  12345   0\n{state}\n"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "postmaster.pid"


def test_a_server_is_ready_when_its_own_lock_file_says_so(lock: Path):
    lock.write_text(LOCK.format(pid=4711, state="ready   "))
    assert postgres._is_ready(lock, 4711)


def test_a_lock_file_of_another_server_is_not_ours(lock: Path):
    lock.write_text(LOCK.format(pid=4712, state="ready   "))
    assert not postgres._is_ready(lock, 4711)


@pytest.mark.parametrize("state", ["starting", "stopping"])
def test_a_server_on_its_way_is_not_ready(lock: Path, state: str):
    lock.write_text(LOCK.format(pid=4711, state=state))
    assert not postgres._is_ready(lock, 4711)


def test_without_a_lock_file_there_is_no_head(lock: Path):
    assert not postgres._is_ready(lock, 4711)
    assert postgres._head(lock) == 0


def test_the_head_is_named_in_the_first_line(lock: Path):
    lock.write_text(LOCK.format(pid=4711, state="ready"))
    assert postgres._head(lock) == 4711


def test_data_of_another_major_version_is_refused_with_a_way_out(tmp_path: Path):
    (tmp_path / "PG_VERSION").write_text("16\n")
    with pytest.raises(LaunchError, match="PostgreSQL 16 写成，现在的程序是 18"):
        postgres._check_version(tmp_path, 18)
    postgres._check_version(tmp_path, 16)


def test_only_a_lingering_lock_or_a_port_lost_in_a_race_is_tried_again():
    assert postgres._may_pass_over('FATAL:  lock file "postmaster.pid" already exists')
    assert postgres._may_pass_over("could not bind: Address already in use")
    assert not postgres._may_pass_over("FATAL:  could not open file")


def test_old_binaries_get_the_locale_they_know():
    assert postgres._locale(16) == ["--locale=C.UTF-8"]
    assert "--locale-provider=builtin" in postgres._locale(17)


def test_a_folder_without_the_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(os.environ, postgres.BIN_SETTING, str(tmp_path))
    with pytest.raises(LaunchError, match="没有 postgres 程序"):
        postgres._programs(Home(tmp_path, None))
