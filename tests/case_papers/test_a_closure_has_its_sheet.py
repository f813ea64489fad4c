"""销号审批表 (T10): drawn from the closure with its three opinions, signed for the county."""

from datetime import date
from typing import Any

import pytest

from cases.models import Case
from cases.policy import Act
from foundation.papers.reading import sheet_of
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 22)


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    """The school asked for closure on Friday; the township and the county have not answered."""
    asked = {"outcome": "C02", "evidence_note": "外地就读证明，2025年9月18日"}
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", date(2025, 9, 19), **asked)
    on(DAY)
    return PaperDesk(cast, case, "closing_sheet", "county_desk", "bureau_leader")


@pytest.fixture
def closed(desk: PaperDesk) -> PaperDesk:
    told = {"opinion": "经核实已在外县就读，情况属实"}
    do(desk.cast, desk.case, Act.CONFIRM_CLOSURE, "township_officer", DAY, **told)
    do(desk.cast, desk.case, Act.APPROVE_CLOSURE, "county_desk", DAY, opinion="材料齐全，同意销号")
    return desk


def _rows(desk: PaperDesk) -> list[tuple[str, ...]]:
    blocks = sheet_of(desk.paper, DAY).parts[0].blocks
    return [row for one in blocks for row in getattr(one, "rows", ())]


def test_it_tells_case_outcome_evidence_and_three_opinions(closed: PaperDesk) -> None:
    closed.signed()
    rows = _rows(closed)
    asked = "申请按“转学（外地就读已核实）”销号。"
    assert rows[-3:] == [
        ("东镇中学", asked, "registrar甲", "2025年9月19日"),
        ("东镇人民政府", "经核实已在外县就读，情况属实", "township_officer甲", "2025年9月22日"),
        (closed.case.county.name, "材料齐全，同意销号", "county_desk甲", "2025年9月22日"),
    ]
    printed = closed.printed()
    assert "的个案于2025年9月22日按“转学（外地就读已核实）”销号" in printed
    assert "外地就读证明，2025年9月18日" in printed
    assert "首次无故缺勤2025年9月11日" in printed


def test_none_is_written_before_the_county_has_approved(desk: PaperDesk) -> None:
    assert "销号审批表" not in desk.menu()
    assert "县教育局还没有核准销号" in desk.refused()


@pytest.mark.parametrize("role", ["registrar", "township_officer"])
def test_school_and_township_do_not_write_it(closed: PaperDesk, role: str) -> None:
    closed.write(role, 403)
