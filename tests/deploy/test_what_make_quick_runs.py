"""`make quick` runs what lies nearest to a change, and says how much it leaves out."""

import json
from pathlib import Path

import pytest

from deploy import places
from deploy.checks import chosen

SECONDS = {"a": 10.0, "b": 60.0, "c": 50.0, "d": 1.0}
TEXTS = {
    "a": "from cases.actions import moves, opening\n",
    "b": "from cases.actions.opening import open_case\n",
    "c": "from cases.opening_hours import opening\n",
    "d": "import datetime\n",
}


@pytest.fixture(autouse=True)
def _checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tests" / "cases"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"test_{name}.py").write_text(text + "def test_it(): ...\n", encoding="utf-8")
    known = {f"tests/cases/test_{name}.py": seconds for name, seconds in SECONDS.items()}
    (tmp_path / "seconds.json").write_text(json.dumps(known), encoding="utf-8")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(chosen, "SECONDS", tmp_path / "seconds.json")


def names(*changed: str) -> str:
    found = chosen.choose(changed, ["tests/cases"])
    assert len(found.files) + found.left_out == len(TEXTS)
    return "".join(file[-4] for file in found.files)


def test_those_that_name_the_changed_module_come_first() -> None:
    assert names("cases/actions/opening.py") == "abd"


def test_the_shortest_come_first_where_none_names_it() -> None:
    assert names("templates/cases/case.html") == "acd"


def test_a_changed_test_runs_whatever_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "BUDGET", 5.0)
    assert names("tests/cases/test_b.py") == "b"
    assert names("cases/rungs.py") == "d"


def test_what_was_never_measured_is_taken_by_its_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen.SECONDS.unlink()
    monkeypatch.setattr(chosen, "BUDGET", 3 * chosen.A_TEST)
    assert names("cases/actions/opening.py") == "abc"
