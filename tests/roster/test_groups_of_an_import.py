"""Special groups in an imported roster: shown before, written with it, counted, taken back."""

from datetime import timedelta
from typing import Any

import pytest

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.groups.actions import GroupEntry, end_group, enter_groups
from students.roster.imports.acts.batches import drop_import
from students.roster.imports.acts.groups import lines_of
from students.roster.models import Child, GroupSpell, ImportBatch, ImportGroup
from tests.cast import Cast
from tests.doers import doing
from tests.roster.pages import signed_in, text
from tests.roster.sheets import book, plain_book, pupil
from tests.roster.steps import TODAY, answer, bring_in, job_of, read, undo, words, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

EARLIER = TODAY - timedelta(days=10)
NOTHING = {
    "是否留守儿童": "非留守儿童",
    "是否孤儿": "否",
    "残疾类型": "无残疾",
    "随班就读": "非随班就读",
    "是否进城务工人员随迁子女": "否",
}
LEFT_BEHIND = pupil(1, 是否留守儿童="双亲留守儿童", 是否孤儿="否")


def groups() -> list[tuple[str, str, str, Any]]:
    rows = GroupSpell.objects.order_by("child__name", "group", "starts_on")
    return list(rows.values_list("child__name", "group", "kind", "ends_on"))


def lines(batch: ImportBatch) -> list[tuple[Any, str, str]]:
    return [(one.row.row_no, one.group, one.move) for one in lines_of(batch)]


def enter(cast: Cast, group: str = "orphan") -> None:
    viewer = cast.viewer("registrar", TODAY)
    enter_groups(
        doing(viewer, Origin(), today=TODAY), Child.objects.get(), GroupEntry((group,), EARLIER)
    )


def test_the_preview_tells_who_gains_what_and_writes_nothing(cast: Cast):
    batch = read(cast, book(LEFT_BEHIND, pupil(2, **NOTHING), pupil(3, 残疾类型="视力残疾")))

    assert lines(batch) == [(2, "left_behind", "begins"), (4, "disabled", "begins")]
    assert batch.counts["groups"] == {"begins": 2}
    assert groups() == []


def test_they_are_written_with_the_rows_and_begin_on_the_roster_s_day(cast: Cast):
    batch = bring_in(cast, book(LEFT_BEHIND, pupil(2, 随班就读="视力残疾随班就读")))

    assert groups() == [
        ("王小丙", "inclusion", "视力残疾随班就读", None),
        ("王小乙", "left_behind", "双亲留守儿童", None),
    ]
    spell = GroupSpell.objects.get(group="inclusion")
    assert (spell.starts_on, spell.source) == (TODAY, GroupSpell.ROSTER)
    assert spell.recorded_by_id == job_of(batch).post_id


def test_the_same_file_again_changes_nothing(cast: Cast):
    bring_in(cast, book(LEFT_BEHIND))
    before = list(GroupSpell.everything.values())

    batch = bring_in(cast, book(LEFT_BEHIND))

    assert (batch.counts["writes"], batch.counts["groups"]) == (0, {})
    assert list(GroupSpell.everything.values()) == before
    assert "没有写入任何改动" in batch.notes[-1]


def test_a_group_alone_is_written_although_the_row_is_unchanged(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)

    batch = bring_in(cast, book(LEFT_BEHIND))

    assert batch.counts["unchanged"] == 1
    assert groups() == [("王小乙", "left_behind", "双亲留守儿童", None)]
    assert "没有写入" not in "".join(batch.notes)


def test_a_no_ends_what_an_earlier_roster_told(cast: Cast):
    bring_in(cast, book(LEFT_BEHIND), EARLIER)

    batch = bring_in(cast, book(pupil(1, **NOTHING)))

    assert lines(batch) == [(2, "left_behind", "ends")]
    ended_on = TODAY - timedelta(days=1)
    assert groups() == [("王小乙", "left_behind", "双亲留守儿童", ended_on)]


def test_an_empty_cell_ends_nothing_and_is_told(cast: Cast):
    bring_in(cast, book(LEFT_BEHIND), EARLIER)

    batch = bring_in(cast, book(pupil(1)))

    assert lines(batch) == [(2, "left_behind", "unsaid")]
    assert groups() == [("王小乙", "left_behind", "双亲留守儿童", None)]


def test_what_the_school_entered_itself_stays_and_is_told(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    enter(cast)

    batch = bring_in(cast, book(pupil(1, **NOTHING)))

    assert lines(batch) == [(2, "orphan", "denied")]
    assert groups() == [("王小乙", "orphan", "", None)]


def test_a_sheet_without_such_a_column_tells_nothing(cast: Cast):
    bring_in(cast, book(LEFT_BEHIND), EARLIER)
    one = pupil(1)
    head = ["姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月"]
    batch = read(cast, plain_book([head, [one[title] for title in head]]))

    assert "groups" not in batch.counts
    assert not lines(batch)


def test_a_refused_row_tells_nothing(cast: Cast):
    batch = read(cast, book(LEFT_BEHIND | {"身份证件号": "123"}))

    assert (lines(batch), batch.counts["refused"]) == ([], 1)


def test_a_word_that_is_not_in_the_list_is_left_out_with_a_reminder(cast: Cast):
    batch = read(cast, book(pupil(1, 残疾类型="近视")))

    assert not lines(batch)
    assert "「近视」不在代码表中" in words(batch.rows.get().warnings)


def test_a_heading_of_a_school_s_own_sheet_is_understood(cast: Cast):
    one = pupil(1)
    head = ["姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月"]
    batch = read(
        cast, plain_book([[*head, "留守", "随迁子女"], [*[one[at] for at in head], "是", "是"]])
    )

    assert lines(batch) == [(2, "left_behind", "begins"), (2, "migrant", "begins")]


def test_a_heading_that_only_looks_like_a_group_s_is_never_guessed(cast: Cast):
    one = pupil(1)
    head = ["姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月"]
    batch = read(cast, plain_book([[*head, "是否贫困儿童"], [*[one[at] for at in head], "是"]]))

    assert batch.state == ImportBatch.PREVIEW
    assert not lines(batch)


def test_a_row_that_is_asked_about_tells_once_it_is_answered(cast: Cast):
    bring_in(cast, book(pupil(1, 身份证件类型="其他", 身份证件号="")), EARLIER)
    batch = read(cast, book(LEFT_BEHIND))
    assert (batch.counts["asked"], lines(batch)) == (1, [])

    batch = answer(cast, batch, "same")
    assert lines(batch) == [(2, "left_behind", "begins")]
    batch = answer(cast, batch, "other")

    assert batch.counts["groups"] == {"begins": 1}
    assert lines(batch) == [(2, "left_behind", "begins")]


def test_a_group_entered_since_the_preview_stops_the_writing(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    batch = read(cast, book(pupil(1, 是否孤儿="是")))
    enter(cast)

    batch = write(cast, batch)

    assert batch.state == ImportBatch.PREVIEW
    assert "第2行学生的特殊群体又有变动" in batch.problem
    assert [row[:2] for row in groups()] == [("王小乙", "orphan")]


def test_undoing_voids_what_began_and_deletes_nothing(cast: Cast):
    batch = undo(cast, bring_in(cast, book(LEFT_BEHIND)))

    assert groups() == []
    assert GroupSpell.everything.get().voided_on is not None
    assert bring_in(cast, book(LEFT_BEHIND)).counts["groups"] == {"begins": 1}
    assert batch.state == ImportBatch.UNDONE


def test_undoing_puts_back_what_ended_or_was_corrected(cast: Cast):
    first = pupil(1, 是否孤儿="是", 是否留守儿童="双亲留守儿童")
    bring_in(cast, book(first), EARLIER)
    before = list(GroupSpell.objects.order_by("pk").values())
    second = pupil(1, 是否孤儿="否", 是否留守儿童="单亲留守儿童")
    batch = bring_in(cast, book(second))
    assert batch.counts["groups"] == {"ends": 1, "recast": 1}

    undo(cast, batch)

    assert list(GroupSpell.objects.order_by("pk").values()) == before


def test_a_group_changed_since_stands_against_undoing(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    batch = bring_in(cast, book(LEFT_BEHIND))
    viewer = cast.viewer("registrar", TODAY)
    spell = GroupSpell.objects.get()
    end_group(doing(viewer, Origin(), today=TODAY), spell, TODAY, "父母返乡")

    with pytest.raises(Refused, match="第2行"):
        undo(cast, batch)


def test_a_batch_that_is_given_up_forgets_them(cast: Cast):
    batch = read(cast, book(LEFT_BEHIND))
    viewer = cast.viewer("registrar", TODAY)

    drop_import(doing(viewer, Origin()), batch.pk)

    assert not lines(batch)
    kept = ImportGroup._base_manager.get(batch=batch)
    assert (kept.group, kept.kind) == ("", "")


def test_the_page_shows_them_in_a_tab_of_their_own(cast: Cast, client: Any):
    batch = read(cast, book(LEFT_BEHIND))
    signed_in(client, cast)

    page = text(client.get(f"/roster/import/{batch.pk}/?show=groups"))

    assert "特殊群体：登记1项" in page
    assert "留守儿童（学籍登记）：双亲留守儿童" in page
    assert "本表未注明" in page


def test_who_may_not_see_groups_is_told_their_number_alone(cast: Cast, client: Any, monkeypatch):
    batch = read(cast, book(LEFT_BEHIND))
    signed_in(client, cast)
    has = Viewer.has
    monkeypatch.setattr(
        Viewer, "has", lambda one, right: right is not Right.SEE_GROUPS and has(one, right)
    )

    page = text(client.get(f"/roster/import/{batch.pk}/?show=groups"))

    assert "登记1项" in page
    assert "双亲留守儿童" not in page
    assert "show=groups" not in page


def test_the_preview_of_groups_alone_may_be_confirmed(cast: Cast, client: Any):
    bring_in(cast, book(pupil(1)), EARLIER)
    batch = read(cast, book(LEFT_BEHIND))
    signed_in(client, cast)

    page = text(client.get(f"/roster/import/{batch.pk}/"))

    assert "登记特殊群体变化 1 项" in page
    assert "没有需要写入的变化" not in page
