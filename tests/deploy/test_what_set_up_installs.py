"""The lists of packages: exact, explained, and without the address of any registry."""

import json
import re

from deploy import environment, places

REQUIREMENTS = environment.REQUIREMENTS.read_text(encoding="utf-8")
LOCK = (places.ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_python_package_has_an_exact_version():
    loose = [line for line in environment.requirement_lines(REQUIREMENTS) if "==" not in line]
    assert loose == []


def test_every_group_of_packages_says_what_it_is_for():
    silent = re.findall(r"\n\n([\w\[\]-]+==.*)", REQUIREMENTS)
    assert silent == []


def test_no_list_names_where_packages_come_from():
    assert "--index" not in REQUIREMENTS
    assert "://" not in REQUIREMENTS
    packages = json.loads(LOCK)["packages"].values()
    assert [package for package in packages if "resolved" in package] == []


def test_the_lock_holds_a_checksum_of_every_front_end_package():
    packages = json.loads(LOCK)["packages"]
    assert [name for name, package in packages.items() if name and not package["integrity"]] == []


def test_a_county_s_server_gets_nothing_that_only_tests_need(monkeypatch, tmp_path):
    asked: list[str] = []
    monkeypatch.setattr(environment, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(environment, "_npm", lambda: tmp_path / "npm")
    monkeypatch.setattr(environment, "Process", lambda name, command, **more: command)
    monkeypatch.setattr(environment, "finish", lambda process, step: asked.append(process[-1]))
    for for_tests in (False, False, True, True, False):
        environment._lay_front_end(for_tests)
    assert asked == ["--omit=dev", "--include=dev"]


def test_comments_and_blank_lines_are_no_packages():
    assert environment.requirement_lines("# why\n\na==1\n  b==2  \n") == ["a==1", "b==2"]


def test_pip_s_lines_are_counted_once_a_package():
    lines = ["Collecting a==1", "  Downloading a-1.whl", "Requirement already satisfied: b==2"]
    assert [environment.is_collected(line) for line in lines] == [True, False, True]
