"""Notices issued before the engine of papers had them keep number, look, days and reasons (T01)."""

from importlib import import_module
from typing import Any

from django.db import connection

from foundation.papers.composing import fingerprint, frozen, thawed
from foundation.papers.models import Paper
from foundation.papers.reading import sheet_of
from foundation.papers.rules.states import PaperState
from tests.cast import Cast, make_cast
from tests.census.steps import SPRING, Primary, a_row, enter, issue, make_primary

# The columns of before.
COLUMNS = """
ALTER TABLE census_notice ALTER COLUMN paper_id DROP NOT NULL, ADD COLUMN township_id bigint,
    ADD COLUMN year smallint, ADD COLUMN seq integer, ADD COLUMN number varchar(40),
    ADD COLUMN issued_on date, ADD COLUMN issued_by_id bigint, ADD COLUMN served_on date,
    ADD COLUMN received_by varchar(60) DEFAULT '', ADD COLUMN served_by_id bigint,
    ADD COLUMN cancelled_by_id bigint, ADD COLUMN cancel_reason varchar(200) DEFAULT ''
"""
ROW = """
INSERT INTO census_notice (entrant_id, register_on, register_at, register_hours, recorded_at,
    township_id, year, seq, number, issued_on, issued_by_id)
VALUES (%s, '2026-08-31', '一楼大厅', '上午8:00', '2026-06-15 02:00:00+00', %s, 2026, %s, %s,
    '2026-06-15', %s)
"""


def _as_it_was(cast: Cast, primary: Primary) -> list[Any]:
    """Three notices of our township: open, handed out, and void."""
    entrants = enter(primary, *(a_row(name, n) for n, name in enumerate("甲乙丙", 1)))
    post = cast.post("township_officer").pk
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(COLUMNS)
        for seq, entrant in enumerate(entrants, 1):
            number = f"东入通字〔2026〕第{seq}号"
            cursor.execute(ROW, [entrant.pk, cast.here.township.pk, seq, number, post])
        cursor.execute(
            "UPDATE census_notice SET served_on = '2026-06-18', received_by = '王母',"
            " served_by_id = %s WHERE seq = 2",
            [post],
        )
        cursor.execute(
            "UPDATE census_notice SET cancelled_on = '2026-06-20', cancel_reason = '姓名有误',"
            " cancelled_by_id = %s WHERE seq = 3",
            [post],
        )
    return entrants


def test_a_filled_database_comes_along(own_database: str) -> None:
    cast = make_cast()
    entrants = _as_it_was(cast, make_primary(cast.here))
    moving = import_module("students.census.migrations.0010_notices_are_papers")
    with connection.schema_editor() as editor:
        moving.move_notices(editor)
    papers: list[Any] = list(Paper.objects.select_related("unit").order_by("seq"))
    assert [one.number for one in papers] == [f"东入通字〔2026〕第{n}号" for n in (1, 2, 3)]
    assert [one.state for one in papers] == [PaperState.SIGNED, PaperState.SERVED, PaperState.VOID]
    assert all(one.text_hash == fingerprint(one.text) and one.token for one in papers)
    assert papers[1].services.get().received_by == "王母"
    assert papers[2].moves.get(move="void").reason == "姓名有误"
    assert [one.notice.entrant for one in papers] == entrants
    assert [frozen(thawed(one.text)) for one in papers] == [one.text for one in papers]
    sheet = sheet_of(papers[0], SPRING)
    words = "\n".join(getattr(one, "text", "") for part in sheet.parts for one in part.blocks)
    assert sheet.on_one
    assert words.count("东入通字〔2026〕第1号") == 4
    assert (
        "请于2026年8月31日上午8:00携带本通知书、户口簿、儿童预防接种证，到一楼大厅报到注册" in words
    )
    again = issue(cast, entrants[2:])
    assert [one.paper.number for one in again] == ["东入通字〔2026〕第4号"]
