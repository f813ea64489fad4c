"""Rows that cannot be imported: sheet row, column letter, why, and how to mend it."""

from typing import Any

import pytest

from students.roster.models import ImportBatch, ImportRow
from students.roster.rules.columns import COLUMNS
from tests.cast import Cast
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, plain_book, pupil
from tests.roster.steps import bring_in, read, row, words

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def problems(cast: Cast, **cells: Any) -> str:
    found = row(read(cast, book(pupil(1, **cells))))
    assert found.action == ImportRow.REFUSED
    return words(found.problems)


def warnings(cast: Cast, **cells: Any) -> str:
    found = row(read(cast, book(pupil(1, **cells))))
    assert found.action == ImportRow.NEW
    return words(found.warnings)


def typed(*rows: dict[str, Any]) -> bytes:
    """The 71 columns with cells typed as given: numbers stay numbers."""
    lines = [[row.get(column.heading) for column in COLUMNS] for row in rows]
    return plain_book([[column.title for column in COLUMNS], *lines])


def test_an_id_number_that_excel_made_a_number_is_refused_by_name(cast: Cast):
    found = row(read(cast, typed(pupil(1, 身份证件号=530999201205060013))))

    assert found.action == ImportRow.REFUSED
    assert words(found.problems) == (
        "M身份证件号：证件号已被Excel转成数字，末位不可信，请将该列设为文本后重新粘贴"
    )


def test_an_id_number_in_scientific_words_is_refused_by_the_same_name(cast: Cast):
    assert "已被Excel转成数字" in problems(cast, 身份证件号="5.30999E+17")


@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        ("53099920120506001", "应为18位，现为17位"),
        ("530999201205060010", "第18位校验不符"),
        ("53099920121306001X", "不是有效的出生日期"),
        ("5309992012O5060013", "前17位应为数字"),
    ],
)
def test_a_wrong_id_number_is_refused_with_what_is_wrong(cast: Cast, number: str, complaint: str):
    assert complaint in problems(cast, 身份证件号=number)


def test_a_pupil_without_id_number_is_refused_unless_the_paper_is_another(cast: Cast):
    assert "请将身份证件类型改为「其他」" in problems(cast, 身份证件号="")
    assert "没有登记证件号" in warnings(cast, 身份证件号="", 身份证件类型="其他")


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"姓名": ""}, "B姓名：缺少姓名"),
        ({"性别": ""}, "C性别：缺少性别"),
        ({"性别": "未知"}, "C性别：「未知」不在代码表中，应为「男」、「女」"),
        ({"出生日期": ""}, "D出生日期：缺少出生日期"),
        ({"出生日期": "20120230"}, "D出生日期：日期应写成8位数字"),
        ({"班级": ""}, "P班级：缺少班级"),
        ({"班级": "火箭班"}, "P班级：班级名称「火箭班」无法识别"),
        ({"班级": "高一1班"}, "无法识别"),
        ({"入学年月": ""}, "Q入学年月：缺少入学年月"),
        ({"入学年月": "2024年秋"}, "Q入学年月：入学年月应写成6位数字"),
        ({"入学年月": "201409"}, "推算已毕业"),
        ({"入学年月": "202609"}, "尚未入学"),
        ({"学校标识码": NEXT_SCHOOL_CODE}, "A学校标识码：学校标识码不是本校的"),
        ({"学校标识码": "31530001"}, "A学校标识码：学校标识码应为10位数字"),
    ],
)
def test_what_a_row_needs_is_asked_for_by_column(cast: Cast, cells, complaint: str):
    assert complaint in problems(cast, **cells)


def test_rows_with_the_same_number_are_refused_naming_each_other(cast: Cast):
    same = pupil(1)["身份证件号"]
    batch = read(cast, book(pupil(1), pupil(2), pupil(3, 身份证件号=same)))

    assert batch.counts["refused"] == 2
    assert "与第4行重复（身份证件号相同）" in words(row(batch, 2).problems)
    assert "与第2行重复（身份证件号相同）" in words(row(batch, 4).problems)


def test_rows_without_number_but_the_same_name_and_birth_are_refused(cast: Cast):
    one = pupil(1, 身份证件类型="其他", 身份证件号="")
    batch = read(cast, book(one, one))

    assert batch.counts["refused"] == 2


def test_a_pupil_of_another_school_is_refused_without_naming_the_school(cast: Cast):
    bring_in(cast, book(pupil(1, 学校标识码=NEXT_SCHOOL_CODE)), there=True)

    found = row(read(cast, book(pupil(1))))

    assert found.action == ImportRow.ARRIVING
    assert words(found.problems) == ("M身份证件号：该证件号已在本县其他学校登记，请走转学手续")
    assert found.child is None
    assert "西镇" not in str(ImportBatch.objects.filter(school=cast.here.school.unit).values())


def test_who_has_left_the_other_school_may_be_enrolled_here(cast: Cast):
    bring_in(cast, book(pupil(1, 学校标识码=NEXT_SCHOOL_CODE)), there=True)
    spell = cast.there.school.enrolments.get()
    spell.ends_on = spell.starts_on
    spell.save()

    batch = read(cast, book(pupil(1)), as_of=spell.starts_on.replace(day=13))

    assert row(batch).action == ImportRow.NEW
    assert row(batch).child == spell.child


def test_a_pupil_who_left_by_the_sheet_s_own_word_is_not_imported(cast: Cast):
    head = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月", "学籍状态"]
    one = pupil(1)
    line = [one["姓名"], "男", "20120506", one["身份证件号"], "2", "202409", "转学(转出)"]

    found = row(read(cast, plain_book([head, line])))

    assert "学生状态为「转学(转出)」" in words(found.problems)


def test_a_wrong_cell_that_does_not_say_who_it_is_is_left_out_with_a_reminder(cast: Cast):
    said = warnings(cast, 成员1联系电话="没有", 户口所在地="云南省", 民族="火星")

    assert "联系电话应为7至15位数字，请核对；该格没有导入" in said
    assert "户口所在地写的是文字或位数不对" in said
    assert "原文照存，列入户籍待核实" in said
    assert "「火星族」不在代码表中" in said


def test_a_mobile_number_that_lacks_a_digit_is_a_reminder(cast: Cast):
    said = warnings(cast, 成员1联系电话="1370000003")
    assert "成员1联系电话：像是手机号，但有10位，手机号应为11位，请核对；照表导入" in said
    for right in ("13700000031", "0883-3211234", "3211234"):
        assert "像是手机号" not in warnings(cast, 成员1联系电话=right)


def test_an_age_far_from_the_grade_is_a_reminder(cast: Cast):
    assert "年龄与年级相差较大" in warnings(
        cast, 出生日期="20060506", 身份证件号="", 身份证件类型="其他"
    )


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("20250913", "出生日期晚于数据日期"),
        ("20250912", "推算为0岁"),
        ("20210913", "推算为3岁"),
        ("19990912", "推算为26岁"),
    ],
)
def test_nobody_of_such_an_age_is_at_school(cast: Cast, born: str, said: str):
    assert said in problems(cast, 出生日期=born, 身份证件号="", 身份证件类型="其他")


@pytest.mark.parametrize("born", ["20210912", "19990913"])
def test_a_child_early_or_late_by_years_is_a_reminder(cast: Cast, born: str):
    assert "年龄与年级相差较大" in warnings(cast, 出生日期=born, 身份证件号="", 身份证件类型="其他")


def test_the_grade_in_the_class_s_name_wins_over_the_month_of_entry(cast: Cast):
    found = row(read(cast, book(pupil(1, 班级="七年级1班"))))

    assert found.class_label == "七年级1班"
    assert "入学年月与班级的年级不一致" in words(found.warnings)
