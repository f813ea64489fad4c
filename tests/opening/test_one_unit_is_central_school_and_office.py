"""中心校 and 镇教管办 are one unit where the workbook names both alike (R6)."""

from typing import Any

import pytest

from foundation.accounts.models import Person, Unit
from foundation.accounts.querysets import viewer_on
from tests.browsing import page
from tests.opening.steps import ROWS, found_county, signed_in, uploaded, workbook, written

pytestmark = pytest.mark.django_db
BOTH = "东镇教育总支"
TOWNS = [("530999101", "东镇", "", BOTH, BOTH), ROWS["townships"][1]]
PEOPLE = [
    ("郑总支", "13900000011", "中心校负责人", "东镇中心校", "2026-08-20"),
    ("王教管", "13900000012", "镇教管办", BOTH, "2026-08-20"),
]


def client_of_the_county() -> Any:
    slips = found_county()
    return signed_in("13900000001", slips["13900000001"])


def test_one_name_in_both_cells_makes_one_unit_that_does_both() -> None:
    first = client_of_the_county()
    content = workbook(townships=TOWNS, people=PEOPLE)
    assert f"{BOTH}（中心校，也是镇教管办）" in page(first.get(uploaded(first, content)))
    written(first, content)
    unit = Unit.objects.get(name=BOTH)
    township = Unit.objects.get(name="东镇人民政府")
    assert (unit.kind, unit.office_of) == ("central_school", township)
    assert not Unit.objects.filter(kind="education_office").exists()
    office = Person.objects.get(username="13900000012")
    held = viewer_on(office, office.posts.get().starts_on).posts[0]
    assert (held.unit_id, held.unit_kind, held.parent_id) == (
        unit.pk,
        "education_office",
        township.pk,
    )
    assert Unit.objects.get(name="东镇完全小学").parent == unit


def test_the_same_sheet_again_changes_nothing_and_one_name_alone_is_refused() -> None:
    first = client_of_the_county()
    written(first, workbook(townships=TOWNS, people=PEOPLE))
    again = page(first.get(uploaded(first, workbook(townships=TOWNS, people=PEOPLE))))
    assert "须改正</h2>" not in again
    assert "更改</h2>" not in again
    split = [("530999101", "东镇", "", "东镇教管办公室", "东镇中心校"), TOWNS[1]]
    words = page(first.get(uploaded(first, workbook(townships=split, people=[]))))
    assert "不能分成两个" in words
    renamed = [("530999101", "东镇", "", "东镇学区", "东镇学区"), TOWNS[1]]
    written(first, workbook(townships=renamed, people=[]))
    assert Unit.objects.get(kind="central_school").name == "东镇学区"


def test_two_registered_units_do_not_become_one() -> None:
    first = client_of_the_county()
    written(first, workbook())
    words = page(first.get(uploaded(first, workbook(townships=TOWNS, people=[]))))
    assert "镇教管办已登记为另一个单位「东镇教育管理办公室」" in words


def test_what_is_missing_of_such_a_unit_names_both_duties() -> None:
    first = client_of_the_county()
    written(first, workbook(townships=TOWNS, people=PEOPLE[:1]))
    words = page(first.get("/opening/progress/"))
    row = words[words.index(BOTH) :]
    assert "没有负责人：镇教管办" in row[: row.index("</tr>")]
