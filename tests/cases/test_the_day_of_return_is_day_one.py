"""The day of return is day 1 of the observation; page, return and glossary say so (design 4)."""

from datetime import date

from django.urls import reverse

from foundation import clock
from kongchuo.readme import README
from reporting.figures.months import ReturnMonth
from reporting.returns.explaining import remark_rows
from tests.browsing import client_of, page
from tests.cases.steps import a_case, call_roll, deadline, reach, school_days
from tests.cast import Cast, make_child

BACK = date(2025, 9, 22)


def test_the_page_counts_the_day_of_return_as_the_first(cast: Cast, monkeypatch) -> None:
    case = a_case(cast, make_child(cast.here))
    reach(cast, case, "D3")
    call_roll(cast, BACK)
    row, days = deadline(case, "request_closure"), school_days(cast, BACK, 10)
    assert (row.day0, row.window_end) == (BACK, days[-1])
    monkeypatch.setattr(clock, "today", lambda: BACK)
    words = page(
        client_of(cast.person("registrar")).get(reverse("why", args=[case.number, row.pk]))
    )
    assert "返校当日（9月22日 周一）是上课日的计为第1天" in words
    assert "起算日" not in words


def test_the_notes_of_the_return_and_the_glossary_say_it() -> None:
    rows = remark_rows(ReturnMonth(date(2025, 9, 1), date(2025, 9, 30)))
    assert any("返校当日是上课日的，为观察期和连续在校天数的第1天" in row["text"] for row in rows)
    assert "| observation | 观察期（返校当日是上课日的，为第1天） |" in README.read_text("utf-8")
