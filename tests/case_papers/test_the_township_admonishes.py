"""批评教育（训诫）记录 (T08): what was said is typed by the clerk, and signed by hand on paper."""

from datetime import date
from typing import Any

import pytest

from cases.models import Case
from cases.policy import Act
from tests.browsing import page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do, reach, stage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SAID = "讲明父母送子女接受义务教育的法定义务。\n告知逾期不改正的后果。"
ANSWER = "孩子不愿意读，我再劝劝，下周送到学校。"


@pytest.fixture
def early(cast: Cast, case: Case, on: Any) -> PaperDesk:
    """Before the school has reported to the township."""
    return PaperDesk(cast, case, "admonition", "township_officer", "township_leader")


@pytest.fixture
def desk(early: PaperDesk, on: Any) -> PaperDesk:
    reach(early.cast, early.case, "D4")
    on(date(2025, 9, 25))
    return early


def test_it_tells_what_was_said_and_who_signs_by_hand(desk: PaperDesk) -> None:
    desk.write()
    assert "还缺少：训诫内容、监护人陈述。" in desk.send()
    assert "请照这个样子填写日期" in page(desk.revise(训诫日期="后年"), 422)
    desk.revise(训诫内容=SAID, 监护人陈述=ANSWER, 训诫人员="township_officer甲、赵所长")
    assert "已送签" in desk.send()
    assert "已签发：东政训〔2025〕1号" in desk.sign()
    printed = desk.printed()
    assert "时间：2025年9月25日" in printed
    assert "被训诫人：张父，系张小明的监护人" in printed
    assert "告知逾期不改正的后果。" in printed
    assert ANSWER in printed
    assert "监护人（以上记录看过，无误）" in printed
    assert stage(desk.case) == "D4"


def test_none_is_written_before_the_township_has_the_case(early: PaperDesk) -> None:
    assert early.menu() == []
    assert "个案还没有上报乡镇" in early.refused()


def test_none_is_signed_for_a_child_that_came_back(desk: PaperDesk) -> None:
    desk.write()
    desk.revise(训诫内容=SAID, 监护人陈述=ANSWER)
    desk.send()
    do(desk.cast, desk.case, Act.RETURN, "township_officer", date(2025, 9, 25))
    assert "不用再训诫" in desk.sign()
    assert desk.paper.number == ""


@pytest.mark.parametrize("role", ["registrar", "head_teacher"])
def test_the_school_does_not_write_it(desk: PaperDesk, role: str) -> None:
    assert "批评教育（训诫）记录" not in desk.menu(role)
    desk.write(role, 403)
