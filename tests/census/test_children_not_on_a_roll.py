"""Children of school age who are on no roll: entered one by one or pasted from a sheet."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.actions import Refused
from students.census import actions as census
from students.census.ages import complaint_about_age, turns_six_in_time
from students.census.models import Entrant
from students.census.sheet import read_lines
from students.roster.models import Child
from students.roster.rules.ids import invent
from tests.cast import Cast
from tests.census.steps import (
    SPRING,
    YEAR,
    Primary,
    a_leaver,
    a_row,
    enter,
    make_primary,
    origin_of,
)
from tests.doers import doing

BORN = date(2020, 5, 1)


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


def line(*cells: str) -> str:
    """A line as a sheet puts it on the clipboard."""
    return "\t".join(cells)


@pytest.mark.parametrize(
    ("born_on", "due"),
    [(date(2020, 8, 30), True), (date(2020, 8, 31), True), (date(2020, 9, 1), False)],
)
def test_six_by_31_august_is_due_this_autumn(born_on: date, due: bool) -> None:
    assert turns_six_in_time(born_on, 2026) is due
    assert bool(complaint_about_age(born_on, 2026)) is not due


def test_a_pasted_sheet_is_read_with_or_without_its_heading() -> None:
    number = invent(BORN, 1, "1")
    pasted = (
        line("姓名", "性别")
        + "\n"
        + line("王新生", "男", "20200501", number, "王父", "13900000001", "东村")
    )
    (row,) = read_lines(pasted, YEAR)
    assert (row.number, row.name, row.sex, row.born_on) == (2, "王新生", "1", BORN)
    assert (row.guardian, row.village, row.problems) == ("王父", "东村", [])


def test_a_number_alone_gives_birth_date_and_sex() -> None:
    (row,) = read_lines(line("王新生", "", "", invent(BORN, 1, "2"), "王父"), YEAR)
    assert (row.born_on, row.sex, row.problems) == (BORN, "2", [])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "男", "20200501", "", "王父"), "请填写姓名"),
        (("王新生", "X", "20200501", "", "王父"), "性别应为"),
        (("王新生", "男", "2020", "", "王父"), "日期应写成8位数字"),
        (("王新生", "男", "20200501", "530999202005010013", "王父"), "第18位校验不符"),
        (("王新生", "男", "20200502", invent(BORN, 1, "1"), "王父"), "不一致"),
        (("王新生", "男", "20201001", "", "王父"), "不满6周岁"),
        (("王新生", "男", "20200501", "", ""), "请填写监护人姓名"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(cells: tuple[str, ...], words: str) -> None:
    (row,) = read_lines(line(*cells), YEAR)
    assert any(words in problem for problem in row.problems), row.problems


def test_a_child_twice_on_a_sheet_is_named() -> None:
    one = line("王新生", "男", "20200501", "", "王父")
    _, second = read_lines(f"{one}\n{one}", YEAR)
    assert second.problems == ["与第1行重复，一名儿童只登记一次"]


def test_the_children_stand_on_the_list_with_their_home(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    assert (entrant.village, entrant.township) == (cast.here.village, cast.here.township)
    assert entrant.child.guardians.get().phone == "13900000001"
    assert not entrant.child.enrolments.exists()


def test_one_bad_line_and_nobody_is_entered(primary: Primary) -> None:
    bad = a_row("李某", 2, village="无此村")
    with pytest.raises(Refused):
        enter(primary, a_row(), bad)
    assert "没有找到「无此村」" in bad.problems[0]
    assert not Child.objects.filter(name="王新生").exists()


def test_a_child_is_due_once_a_year(primary: Primary) -> None:
    enter(primary)
    again = a_row()
    with pytest.raises(Refused):
        enter(primary, again)
    assert again.problems == ["这名儿童已在新生名单中，请勿重复登记"]


def test_who_is_on_a_roll_is_no_entrant(cast: Cast, primary: Primary) -> None:
    number = invent(BORN, 7, "1")
    a_leaver(cast.here, primary, id_no=number)
    row = a_row(id_no=number)
    with pytest.raises(Refused):
        enter(primary, row)
    assert "已在东镇小学在籍" in row.problems[0]


def test_a_child_of_another_catchment_is_left_to_its_school(cast: Cast, primary: Primary) -> None:
    other = make_primary(cast.here, "东镇二小", "2153000102")
    census.set_catchment(
        doing(cast.viewer("township_officer", SPRING), origin_of(cast, "township_officer")),
        cast.here.village,
        "1",
        other.school,
        SPRING,
        "东政发〔2026〕7号",
    )
    row = a_row()
    with pytest.raises(Refused):
        enter(primary, row)
    assert "属于东镇二小的学区" in row.problems[0]
    assert enter(other)[0].school == other.school


def test_a_catchment_changes_from_a_day_on(cast: Cast, primary: Primary) -> None:
    origin = origin_of(cast, "township_officer")
    viewer, village = cast.viewer("township_officer", SPRING), cast.here.village
    township, paper = doing(viewer, origin), "东政发〔2026〕7号"
    census.set_catchment(township, village, "1", primary.school, date(2026, 1, 1), paper)
    other = make_primary(cast.here, "东镇二小", "2153000102")
    census.set_catchment(township, village, "1", other.school, SPRING, paper)
    with pytest.raises(Refused, match="起始日期须晚于"):
        census.set_catchment(township, village, "1", primary.school, SPRING, paper)


def test_another_township_does_not_cut_our_catchments(cast: Cast, primary: Primary) -> None:
    viewer = cast.viewer("township_officer", SPRING, there=True)
    with pytest.raises(PermissionDenied):
        census.set_catchment(
            doing(viewer, origin_of(cast, "township_officer")),
            cast.here.village,
            "1",
            primary.school,
            SPRING,
            "东政发〔2026〕7号",
        )


def test_each_sees_the_list_of_its_own(cast: Cast, primary: Primary) -> None:
    enter(primary)
    seen = {
        (role, there): Entrant.objects.visible_to(cast.viewer(role, SPRING, there), SPRING).count()
        for role in ("township_officer", "central_school", "registrar", "village_cadre")
        for there in (False, True)
    }
    assert {who for who, count in seen.items() if count} == {
        ("township_officer", False),
        ("central_school", False),
    }
    assert Entrant.objects.visible_to(primary.viewer(), SPRING).count() == 1
