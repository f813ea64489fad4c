"""Who reads 张** finds a child by what is seen of its name, and cannot ask for the rest."""

from datetime import date

import pytest

from foundation import clock
from tests.browsing import client_of
from tests.cases.steps import a_case
from tests.cast import make_child

WORDS = {"张": 1, "z": 1, "张小": 0, "张小明": 0, "zx": 0, "小": 0}


@pytest.fixture(autouse=True)
def _day(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_case(cast, make_child(cast.here, "张小明"))
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))


def found(cast, role: str, path: str, words: str) -> int:
    answer = client_of(cast.person(role)).get(path, {"q": words})
    return int(answer.context["list"].total)


@pytest.mark.parametrize("path", ["/cases/", "/roster/"])
def test_a_masked_name_is_found_by_its_surname_only(cast, path: str) -> None:
    told = {words: found(cast, "supervisor", path, words) for words in WORDS}
    assert told == WORDS


def test_who_reads_names_finds_by_the_name(cast) -> None:
    for path in ("/cases/", "/roster/"):
        assert found(cast, "county_desk", path, "张小明") == 1
    assert found(cast, "county_desk", "/cases/", "zx") == 1


def test_a_number_finds_its_case_for_everybody(cast) -> None:
    assert found(cast, "supervisor", "/cases/", "2025-0001") == 1
