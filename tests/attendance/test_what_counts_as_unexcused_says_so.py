"""其他 and 未联系上 count as 无故 (design 4, Counting): the roll and the reports say so alike."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from students.attendance.rules.kinds import BY_CODE, KINDS, is_excused
from students.roster.models import Child
from tests.attendance.help import FRI, Caller, missing
from tests.attendance.pages import Browser
from tests.browsing import client_of, page
from tests.cast import Cast

OTHER = "其他（按无故计）"


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI, 12)


def test_a_label_says_it_where_the_kind_is_not_excused_and_not_named_so() -> None:
    for kind in KINDS:
        says = "按无故计" in kind.counted_label
        counts = not kind.present and not is_excused(kind.code, FRI, FRI)
        assert says is (counts and kind.code != "unexcused"), kind.code
    assert BY_CODE["other"].counted_label == OTHER


def test_the_roll_says_it_at_the_kind_and_at_the_name(
    cast: Cast, teacher: Caller, page: Browser, hua: Child
) -> None:
    teacher.call(FRI, missing(hua, "other", note="家中有事"))
    assert OTHER in page.open().html
    assert OTHER in page.open("?edit=1").html


@pytest.mark.parametrize("address", ["/mornings/schools/{}/", "/mornings/schools/{}/{}/"])
def test_the_reports_count_it_in_the_same_words(
    cast: Cast, teacher: Caller, hua: Child, hong: Child, ming: Child, address: str
) -> None:
    teacher.call(FRI, missing(hua, "other", note="家中有事"), missing(hong), missing(ming, "late"))
    client, url = client_of(cast.person("registrar")), address.format(cast.here.school.pk, FRI)

    assert f"无故中有{OTHER}1人。" in page(client.get(url))

    answer = client.get(url + "?book=1")
    book = load_workbook(BytesIO(b"".join(answer) if answer.streaming else answer.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(f"无故中有{OTHER}1人。" in cell for cell in cells)


def test_where_nobody_is_so_nothing_is_said(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    client = client_of(cast.person("registrar"))
    assert "无故中有" not in page(client.get(f"/mornings/schools/{cast.here.school.pk}/"))
