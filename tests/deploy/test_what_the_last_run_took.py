"""A run notes the seconds of its files and lists the tests that took longest."""

from tests import seconds

TAKEN = {f"tests/cases/test_a.py::test_{n}": float(n) for n in range(40)}
TAKEN["tests/cases/test_b.py::test_it[x]"] = 20.5


def test_a_file_takes_what_its_tests_take() -> None:
    assert seconds.by_file(TAKEN) == {"tests/cases/test_a.py": 780.0, "tests/cases/test_b.py": 20.5}


def test_thirty_tests_are_listed_the_longest_first() -> None:
    told = seconds.slowest(TAKEN)
    assert len(told) == 30
    assert told[0] == "   39.0  tests/cases/test_a.py::test_39"
    assert told[19] == "   20.5  tests/cases/test_b.py::test_it[x]"
