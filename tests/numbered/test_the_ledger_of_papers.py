"""文书台账 (L11): of whom a paper is, its days, who took it, why it is void; the workbook."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.papers import acts
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, by, drafted, entry, kind_with, signed

LEDGER, EXPORT = reverse("papers:ledger"), reverse("export_papers")


def _names(papers: Sequence[Paper]) -> dict[int, str]:
    return {paper.pk: "张小明" for paper in papers}


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(DAY, time(10), CHINA))
    monkeypatch.setattr("students.roster.lists.views.books.ask_again", lambda request: None)
    kind = kind_with(subjects=_names, children=lambda papers: [7 for _ in papers])
    monkeypatch.setitem(KINDS, "note", kind)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _served(cast: Cast) -> Paper:
    return acts.serve(by(cast, "township_officer"), signed(cast), entry())


def test_a_line_tells_of_whom_it_is_who_took_it_and_why_it_is_void(
    cast: Cast, clerk: Client
) -> None:
    acts.void(by(cast, "township_leader"), _served(cast), "监护人写错了")
    page = _text(clerk.get(LEDGER))
    for words in ("东政限〔2025〕1号", "张小明", "张父", "2025-09-12", "已作废", "监护人写错了"):
        assert words in page
    read = AuditEvent.objects.get(verb="list_papers")
    assert list(read.children) == [7]


def test_who_reads_no_names_sees_none_and_no_reason(cast: Cast) -> None:
    paper = _served(cast)
    acts.void(by(cast, "township_leader"), paper, "监护人写错了")
    page = _text(client_of(cast.person("supervisor")).get(LEDGER))
    assert "张**" in page
    assert "张*" in page
    for words in ("张小明", "张父", "监护人写错了", reverse("papers:paper", args=[paper.pk])):
        assert words not in page


def test_what_was_not_served_within_seven_days_is_late(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _served(cast)
    waits = signed(cast)

    def seen(state: str, days: int) -> bool:
        now = datetime.combine(DAY + timedelta(days=days), time(10), CHINA)
        monkeypatch.setattr(clock, "now", lambda: now)
        page = _text(clerk.get(LEDGER, {"state": state}))
        assert "东政限〔2025〕1号" not in page
        return waits.number in page

    assert [seen("late", days) for days in (0, 6, 7, 8)] == [False, False, False, True]
    assert seen("unserved", 0)
    acts.serve(by(cast, "township_officer"), waits, entry())
    assert not seen("late", 8)


def test_each_township_has_its_own_ledger_and_the_county_all(cast: Cast, clerk: Client) -> None:
    signed(cast, there=True)
    assert "西政限〔2025〕1号" not in _text(clerk.get(LEDGER))
    county = client_of(cast.person("county_desk"))
    assert "西政限〔2025〕1号" in _text(county.get(LEDGER))
    assert "西政限〔2025〕1号" in _text(county.get(LEDGER, {"print": "all"}))


def test_all_rows_that_the_filters_give_are_taken_away_for_a_purpose(
    cast: Cast, clerk: Client
) -> None:
    signed(cast)
    _served(cast)
    drafted(cast)
    assert clerk.post(EXPORT, {"purpose": ""}).status_code == 422
    answer = clerk.post(f"{EXPORT}?state=served", {"purpose": "报县教育局核对"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values)
    found = [row for row in rows if "东政限〔2025〕2号" in row]
    assert len(found) == 1
    assert {"张小明", "张父", "直接送达", "已送达"} <= set(found[0])
    assert not [row for row in rows if "东政限〔2025〕1号" in row]
    taken = AuditEvent.objects.get(verb="export_roster")
    assert (taken.details["rows"], taken.reason, list(taken.children)) == (1, "报县教育局核对", [7])


def test_the_ledger_asks_as_much_of_many_papers_as_of_few(
    cast: Cast, clerk: Client, count_queries: Any
) -> None:
    _served(cast)
    with count_queries(connection) as few:
        clerk.get(LEDGER)
    for _ in range(4):
        _served(cast)
    with count_queries(connection) as many:
        clerk.get(LEDGER)
    assert len(many) == len(few)
