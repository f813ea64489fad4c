"""A run notes the seconds of its files, lists the longest tests, and begins with the longest."""

from pathlib import Path

import pytest

from tests import seconds, sharing

TAKEN = {f"tests/cases/test_a.py::test_{n}": float(n) for n in range(40)}
TAKEN["tests/cases/test_b.py::test_it[x]"] = 20.5


def test_a_file_takes_what_its_tests_take() -> None:
    assert seconds.by_file(TAKEN) == {"tests/cases/test_a.py": 780.0, "tests/cases/test_b.py": 20.5}


def test_thirty_tests_are_listed_the_longest_first() -> None:
    told = seconds.slowest(TAKEN)
    assert len(told) == 30
    assert told[0] == "   39.0  tests/cases/test_a.py::test_39"
    assert told[19] == "   20.5  tests/cases/test_b.py::test_it[x]"


def test_a_runner_s_idle_end_is_told() -> None:
    told = seconds.idle({"gw0": 60.0, "gw1": 48.25}, {"gw0": 100.0, "gw1": 88.5})
    assert told == ["   60.0  runner gw0, then idle 0.0", "   48.2  runner gw1, then idle 11.5"]


@pytest.mark.parametrize("first", sharing.FIRST)
def test_what_comes_first_is_there(first: str) -> None:
    assert list(Path(__file__).parents[2].glob(f"{first}*"))


def test_the_browser_s_files_come_before_the_walk_and_that_before_all_others() -> None:
    files = ["tests/e2e/test_the_story.py", "tests/architecture/test_every_url_is_guarded.py"]
    assert sorted(["tests/accounts/test_a.py", *reversed(files)], key=sharing.place_of) == [
        *files,
        "tests/accounts/test_a.py",
    ]
