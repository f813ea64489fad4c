"""F01 学生缺勤（辍学）情况报告单: made of roll, report and contacts, nothing typed twice."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from cases.mornings.absence_report import absence_report
from cases.policy import Act
from foundation.accounts.models import AuditEvent
from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from tests.attendance.help import Caller, missing
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, a_case, call_roll, do
from tests.cast import Cast, make_child

ID_NO = "53099920120506101X"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2025-09-12 04:00:00+00:00", tick=False):
        yield


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here, "张小明", id_no=ID_NO)


def values(cast: Cast, child: Child, role: str = "registrar") -> dict[str, str]:
    """The form as the role reads it: value by label."""
    spell = AbsenceSpell.objects.select_related("child", "school_class__school__unit").get(
        child=child
    )
    report = absence_report(spell, cast.viewer(role), OPENED)
    return {label: value for row in report.rows for label, value in row}


def address(child: Child, query: str = "") -> str:
    return f"/mornings/absences/{AbsenceSpell.objects.get(child=child).pk}/{query}"


def test_the_first_day_says_who_found_it_and_leaves_the_rest_for_the_pen(
    cast: Cast, child: Child
) -> None:
    call_roll(cast, FIRST_MISSED, child)
    found = values(cast, child)
    assert found["发现时间"] == "2025年9月11日 07:52"
    assert found["发现人"] == "class_teacher甲"
    assert found["首次缺勤"] == "2025年9月11日"
    assert found["初步原因"] == "无故未到"
    assert (found["案号"], found["班主任报告"], found["学校接收"]) == ("未立案", "", "")


def test_the_last_day_at_school_comes_from_the_roll(cast: Cast, child: Child) -> None:
    call_roll(cast, FIRST_MISSED.replace(day=10))
    call_roll(cast, FIRST_MISSED, child)
    assert values(cast, child)["最后到校"] == "2025年9月10日"


def test_the_number_is_masked(cast: Cast, child: Child) -> None:
    call_roll(cast, FIRST_MISSED, child)
    assert values(cast, child)["身份证件号"] == "5309**********101X"


def test_what_was_reported_and_done_is_filled_in(cast: Cast, child: Child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REGISTER, "registrar", OPENED)
    do(cast, case, Act.CONTACT, "registrar", OPENED)
    found = values(cast, child)
    assert found["案号"] == case.number
    assert found["初步原因"] == "厌学"
    assert found["已联系情况"] == "三次打父亲电话未接\n2025年9月12日 电话：犹豫"
    assert found["班主任报告"] == "class_teacher甲 2025年9月12日 09:00"
    assert found["学校接收"] == "registrar甲 2025年9月12日 09:00"
    assert found["缺勤情况"].startswith("无故缺勤累计2个上课日")


def test_a_contact_at_the_roll_call_counts(cast: Cast, child: Child) -> None:
    Caller(cast).call(FIRST_MISSED, missing(child, guardian_told=True))
    assert values(cast, child)["已联系情况"] == "2025年9月11日 点名时已联系家长"


def test_a_sensitive_cause_reads_other_but_for_the_head_and_the_county(
    cast: Cast, child: Child
) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", OPENED, cause="15")
    causes = {
        role: values(cast, child, role)["初步原因"]
        for role in ("class_teacher", "registrar", "head_teacher", "county_desk")
    }
    assert causes == {
        "class_teacher": "其他",
        "registrar": "其他",
        "head_teacher": "怀孕",
        "county_desk": "怀孕",
    }


def test_an_offence_stands_in_no_file_but_the_county_s_own(cast: Cast, child: Child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "head_teacher", OPENED, cause="16")
    found = {}
    for role in ("head_teacher", "county_desk"):
        answer = client_of(cast.person(role)).get(address(child, "?book=1"))
        rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
        found[role] = {str(cell) for row in rows for cell in row} & {"涉案/收押", "其他"}
    assert found == {"head_teacher": {"其他"}, "county_desk": {"涉案/收押"}}


def test_who_only_supervises_reads_no_name_and_no_free_words(cast: Cast, child: Child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", OPENED, contact_tried="张小明父亲两次未接")
    found = values(cast, child, "supervisor")
    assert found["学生姓名"] == "张**"
    assert "张小明" not in "".join(found.values())


def test_the_page_and_the_workbook_say_the_same_and_are_on_record(cast: Cast, child: Child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    client = client_of(cast.person("class_teacher"))
    words = page(client.get(address(child)))
    sheet = load_workbook(BytesIO(client.get(address(child, "?book=1")).content)).active
    cells = [cell.value for row in sheet for cell in row if cell.value]
    assert cells[0] == "学生缺勤（辍学）情况报告单"
    for value in ("张小明", "2025年9月11日", "厌学", case.number):
        assert value in words
        assert value in cells
    verbs = AuditEvent.objects.filter(kind="absence_spell").values_list("verb", flat=True)
    assert sorted(verbs) == ["export_absence_report", "read_absence_report"]


def test_a_name_that_looks_like_a_formula_stays_text(cast: Cast) -> None:
    child = make_child(cast.here, "=1+1")
    call_roll(cast, FIRST_MISSED, child)
    client = client_of(cast.person("class_teacher"))
    sheet = load_workbook(BytesIO(client.get(address(child, "?book=1")).content)).active
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_a_withdrawn_absence_has_no_report(cast: Cast, child: Child) -> None:
    call_roll(cast, FIRST_MISSED, child)
    where = address(child)
    call_roll(cast, FIRST_MISSED)
    page(client_of(cast.person("class_teacher")).get(where), 404)


def test_the_township_has_the_case_and_not_the_school_s_form(cast: Cast, child: Child) -> None:
    a_case(cast, child)
    page(client_of(cast.person("township_officer")).get(address(child)), 403)
    page(client_of(cast.person("registrar", there=True)).get(address(child)), 404)
