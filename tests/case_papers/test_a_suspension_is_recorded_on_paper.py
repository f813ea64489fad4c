"""因失能、缓学、休学学生情况记录表 (T12), drawn from the case and the suspension asked for."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.shared import Mm

from cases.models import Case
from cases.policy import Act
from foundation.papers.reading import sheet_of
from tests.browsing import client_of
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do
from tests.cast import Cast
from tests.roster.changing import record

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 19)


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    return PaperDesk(cast, case, "condition", "registrar", "head_teacher")


def _suspend(desk: PaperDesk) -> None:
    until = date(2026, 7, 10)
    record(desk.cast, "suspension", desk.case.child, DAY, until=until, reason="11")


def _tables(desk: PaperDesk) -> list[tuple[tuple[str, ...], ...]]:
    blocks = sheet_of(desk.paper, DAY).parts[0].blocks
    return [one.rows for one in blocks if hasattr(one, "rows")]


def test_it_tells_illness_period_and_the_proofs(desk: PaperDesk) -> None:
    _suspend(desk)
    desk.signed(帮扶联系人="李干部", 班主任电话="0883-7654321")
    facts, proofs, signed = _tables(desk)
    known = {row[n]: row[n + 1] for row in facts for n in (0, 2)}
    assert (known["办理类别"], known["起止日期"]) == ("休学", "2025年9月19日至2026年7月10日")
    assert (known["班主任"], known["班主任电话"]) == ("class_teacher甲", "0883-7654321")
    assert [row[1] for row in proofs] == ["材料名称", "监护人书面申请", "县级以上医院诊断证明"]
    assert [row[0] for row in signed] == ["签名人", "帮扶联系人", "班主任", "监护人"]
    printed = desk.printed()
    assert "□重大疾病　□重度残疾　☑精神疾病" in printed
    assert "张小明办理休学，有关情况和证明材料记录如下。" in printed


def test_the_box_is_ticked_by_the_reason_of_the_change_and_by_nobody_s_hand(
    desk: PaperDesk,
) -> None:
    _suspend(desk)
    desk.write()
    client = client_of(desk.cast.person("registrar"))
    form = client.get(desk.at("revise")).context["form"]
    assert "失能原因" not in {one.name for one in form.names.values()}
    desk.revise(帮扶联系人="李干部")
    assert "□重大疾病　□重度残疾　☑精神疾病" in desk.read()


def test_the_photos_of_the_proofs_are_printed_small_on_paper_pdf_and_for_wps(
    desk: PaperDesk,
) -> None:
    _suspend(desk)
    desk.signed()
    printed = desk.printed()
    assert printed.count('<img src="data:image/jpeg;base64,') == 2
    assert "<figcaption>县级以上医院诊断证明</figcaption>" in printed
    client = client_of(desk.cast.person("registrar"))
    made = client.post(desk.at("pdf"))
    if made["Content-Type"] == "application/pdf":  # where the printer is installed
        with pikepdf.open(BytesIO(made.content)) as pdf:
            sizes = {tuple(round(float(edge)) for edge in page.mediabox) for page in pdf.pages}
            photos = [one for page in pdf.pages for one in page.get_images().values()]
        assert sizes == {(0, 0, 595, 842)}
        assert len(photos) >= 2
    document = Document(BytesIO(client.post(desk.at("document")).content))
    heights = [round(one.height / Mm(1)) for one in document.inline_shapes]
    assert len(heights) == 3  # with the code
    assert all(40 < one <= 60 for one in sorted(heights)[1:])


def test_where_no_fact_ticks_a_box_one_is_chosen(desk: PaperDesk) -> None:
    asked = {"outcome": "C05", "evidence_note": "县残联评定，2025年9月18日"}
    do(desk.cast, desk.case, Act.REQUEST_CLOSURE, "registrar", DAY, **asked)
    desk.write()
    assert "□重大疾病　□重度残疾　□精神疾病" in desk.read()
    assert desk.revise(失能原因="厌学").status_code == 422
    desk.revise(失能原因="□重大疾病　☑重度残疾　□精神疾病")
    assert "□重大疾病　☑重度残疾　□精神疾病" in desk.read()


def test_none_is_written_for_a_child_that_is_simply_away(desk: PaperDesk) -> None:
    assert "失能、缓学、休学情况记录表" not in desk.menu()
    assert "没有办理中或者已批准的休学、延缓入学" in desk.refused()


def test_a_closure_as_unable_to_study_suffices(desk: PaperDesk) -> None:
    asked = {"outcome": "C05", "evidence_note": "县医院诊断证明，2025年9月18日"}
    do(desk.cast, desk.case, Act.REQUEST_CLOSURE, "registrar", DAY, **asked)
    desk.write()
    assert "张小明办理不具备学习条件" in desk.read()


def test_the_township_writes_its_own(desk: PaperDesk) -> None:
    _suspend(desk)
    at_town = PaperDesk(desk.cast, desk.case, desk.kind, "township_officer", "township_leader")
    assert at_town.signed().paper.number == "东政情况〔2025〕1号"


@pytest.mark.parametrize("role", ["class_teacher", "village_cadre"])
def test_teacher_and_village_do_not_write_it(desk: PaperDesk, role: str) -> None:
    _suspend(desk)
    desk.write(role, 403)
