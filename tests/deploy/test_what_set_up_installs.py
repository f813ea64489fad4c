"""The lists of packages: exact, explained, and without the address of any registry."""

import json
import re
from pathlib import Path

import pytest

from deploy import places
from deploy.errors import LaunchError
from deploy.installing import environment, packages

RUNTIME = packages.RUNTIME.read_text(encoding="utf-8")
TESTS = packages.TESTS.read_text(encoding="utf-8")
LISTS = pytest.mark.parametrize("text", [RUNTIME, TESTS], ids=["runtime", "tests"])
LOCK = (places.ROOT / "package-lock.json").read_text(encoding="utf-8")


@LISTS
def test_every_python_package_has_an_exact_version(text: str):
    loose = [line for line in packages.requirement_lines(text) if "==" not in line]
    assert loose == []


@LISTS
def test_every_group_of_packages_says_what_it_is_for(text: str):
    silent = re.findall(r"\n\n([\w\[\]-]+==.*)", text)
    assert silent == []


@LISTS
def test_no_list_names_where_packages_come_from(text: str):
    assert "--index" not in text
    assert "://" not in text


def test_the_lock_names_no_place_that_packages_come_from():
    found = json.loads(LOCK)["packages"].values()
    assert [package for package in found if "resolved" in package] == []


def test_the_lock_holds_a_checksum_of_every_front_end_package():
    found = json.loads(LOCK)["packages"]
    assert [name for name, package in found.items() if name and not package["integrity"]] == []


def test_a_county_s_server_gets_nothing_that_only_tests_need(monkeypatch, tmp_path):
    asked: list[str] = []
    monkeypatch.setattr(environment, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(environment, "_npm", lambda: tmp_path / "npm")
    monkeypatch.setattr(environment, "Process", lambda name, command, **more: command)
    monkeypatch.setattr(environment, "finish", lambda process, step: asked.append(process[-1]))
    for for_tests in (False, False, True, True, False):
        environment._lay_front_end(for_tests)
    assert asked == ["--omit=dev", "--include=dev"]


@pytest.fixture
def laid(monkeypatch, tmp_path):
    """An environment and two lists in a folder of the test's own."""
    lists = {"RUNTIME": "a==1\n", "TESTS": "-r ../requirements.txt\nb==1\n"}
    for name, text in lists.items():
        (tmp_path / name).write_text(text)
        monkeypatch.setattr(packages, name, tmp_path / name)
    return Laid(monkeypatch, tmp_path)


class Laid:
    def __init__(self, monkeypatch, folder: Path) -> None:
        self.folder = folder
        self.venv = packages.Venv(folder / "venv")
        self.asked: list[str] = []
        (folder / "venv/lib/python3.11/site-packages").mkdir(parents=True)
        monkeypatch.setattr(packages.Venv, "works", lambda venv: True)
        monkeypatch.setattr(packages, "pip", lambda venv, command, *rest: (command, *rest))
        monkeypatch.setattr(packages, "finish", self._finish)

    def _finish(self, process, *_) -> int:
        command, *rest = process
        named = [str(each).rpartition("/")[2] for each in rest if not str(each).startswith("-")]
        self.asked.append(" ".join([command, *named]))
        return 0

    def lay(self, *turns: bool) -> list[str]:
        """What pip was asked for while set-up ran for the runtime (False) or for tests (True)."""
        self.asked.clear()
        for for_tests in turns:
            packages.lay(self.venv, for_tests=for_tests)
        return list(self.asked)


def test_a_county_s_server_gets_the_runtime_list_and_tests_get_both(laid):
    assert laid.lay(False, False) == ["install RUNTIME"]
    assert laid.lay(True, True) == ["install TESTS"]  # it begins with the runtime list


def test_run_after_test_installs_and_removes_nothing(laid):
    assert laid.lay(True, False, True, False) == ["install TESTS"]


def test_a_new_list_of_tests_means_nothing_to_a_running_county(laid):
    laid.lay(True)
    (laid.folder / "TESTS").write_text("-r ../requirements.txt\nb==2\n")
    assert laid.lay(False, False, True, False) == ["install TESTS"]


def test_a_new_runtime_list_is_installed_by_both(laid):
    laid.lay(True)
    (laid.folder / "RUNTIME").write_text("a==2\n")
    assert laid.lay(False, True, False) == ["install RUNTIME", "install TESTS"]


def test_an_installation_that_broke_off_is_done_again(laid, monkeypatch):
    laid.lay(False)
    (laid.folder / "RUNTIME").write_text("a==2\n")
    monkeypatch.setattr(packages, "finish", lambda *_: 1)
    with pytest.raises(LaunchError):
        laid.lay(False)
    assert not (laid.venv.folder / "stamp").exists()


def test_what_no_list_names_any_more_is_removed(laid):
    for name in ("a", "b", "Left_over", "pip"):
        place = laid.venv.site_packages() / f"{name}-1.dist-info"
        place.mkdir()
        (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    assert packages.unlisted(laid.venv.site_packages()) == ["left-over"]
    assert laid.lay(False) == ["install RUNTIME", "uninstall left-over"]


def test_comments_and_blank_lines_are_no_packages():
    assert packages.requirement_lines("# why\n\na==1\n  b==2  \n") == ["a==1", "b==2"]


def test_the_list_that_another_begins_with_is_no_package():
    assert packages.requirement_lines("-r ../requirements.txt\na==1\n") == ["a==1"]
    assert "-r ../requirements.txt" in TESTS.splitlines()


def test_pip_s_lines_are_counted_once_a_package():
    lines = ["Collecting a==1", "  Downloading a-1.whl", "Requirement already satisfied: b==2"]
    assert [packages.is_collected(line) for line in lines] == [True, False, True]
