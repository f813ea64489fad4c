"""Groups that a roster tells, taken set by set: what begins, what ends, what stays untouched."""

from datetime import date

import pytest
from django.db import connection

from foundation.accounts.audit import Origin
from students.roster.groups.actions import GroupEntry, enter_groups
from students.roster.imports.acts.groups import from_roster
from students.roster.models import Child, GroupSpell
from tests.cast import Cast, make_child
from tests.doers import doing

pytestmark = pytest.mark.django_db
SEPTEMBER, MARCH = date(2025, 9, 1), date(2026, 3, 2)


def tell(cast: Cast, told: dict[int, dict[str, str]], as_of: date = SEPTEMBER) -> int:
    return len(from_roster(cast.viewer("registrar").posts[0].id, told, as_of))


def spells(child: Child) -> list[tuple[str, str, date, date | None]]:
    rows = GroupSpell.objects.filter(child=child).order_by("starts_on", "group")
    return [(row.group, row.kind, row.starts_on, row.ends_on) for row in rows]


def test_what_the_cells_say_begins_on_the_roster_s_day(cast: Cast):
    child = make_child(cast.here)
    told = {
        "orphan": "否",
        "left_behind": "双亲留守儿童",
        "disability": "视力残疾",
        "inclusion": "视力残疾随班就读",
        "migrant": "是",
    }
    assert tell(cast, {child.pk: told}) == 4
    assert spells(child) == [
        ("disabled", "视力残疾", SEPTEMBER, None),
        ("inclusion", "视力残疾随班就读", SEPTEMBER, None),
        ("left_behind", "双亲留守儿童", SEPTEMBER, None),
        ("migrant", "", SEPTEMBER, None),
    ]


def test_the_same_roster_again_changes_nothing(cast: Cast):
    child = make_child(cast.here)
    told = {child.pk: {"orphan": "是", "disability": "无残疾", "migrant": ""}}
    assert tell(cast, told) == 1
    assert tell(cast, told, MARCH) == 0


def test_a_no_ends_what_an_earlier_roster_told_the_day_before(cast: Cast):
    child = make_child(cast.here)
    tell(cast, {child.pk: {"orphan": "是"}})
    assert tell(cast, {child.pk: {"orphan": "否"}}, MARCH) == 1
    assert spells(child) == [("orphan", "", SEPTEMBER, date(2026, 3, 1))]


def test_an_empty_cell_ends_nothing(cast: Cast):
    child = make_child(cast.here)
    tell(cast, {child.pk: {"orphan": "是"}})
    assert tell(cast, {child.pk: {"orphan": ""}}, MARCH) == 0


def test_what_the_school_entered_itself_is_not_ended_by_a_roster(cast: Cast):
    child = make_child(cast.here)
    viewer = cast.viewer("registrar")
    enter_groups(
        doing(viewer, Origin(), today=SEPTEMBER), child, GroupEntry(("orphan",), SEPTEMBER)
    )
    assert tell(cast, {child.pk: {"orphan": "否"}}, MARCH) == 0
    assert spells(child) == [("orphan", "", SEPTEMBER, None)]


def test_a_no_on_the_day_it_began_leaves_no_trace_among_the_groups(cast: Cast):
    child = make_child(cast.here)
    tell(cast, {child.pk: {"orphan": "是"}})
    assert tell(cast, {child.pk: {"orphan": "否"}}) == 1
    assert spells(child) == []
    assert GroupSpell.everything.get(child=child).voided_on == SEPTEMBER


def test_a_group_that_ends_later_is_not_begun_again(cast: Cast):
    child = make_child(cast.here)
    entry = GroupEntry(("disabled",), SEPTEMBER, ends_on=MARCH)
    enter_groups(doing(cast.viewer("registrar"), Origin(), today=SEPTEMBER), child, entry)
    assert tell(cast, {child.pk: {"disability": "视力残疾"}}, MARCH) == 0
    assert tell(cast, {child.pk: {"disability": "视力残疾"}}, date(2026, 3, 3)) == 1


def test_a_yes_says_nothing_against_a_kind_that_is_known(cast: Cast):
    child = make_child(cast.here)
    tell(cast, {child.pk: {"left_behind": "双亲留守儿童"}})
    assert tell(cast, {child.pk: {"left_behind": "是"}}, MARCH) == 0


def test_another_kind_corrects_the_spell(cast: Cast):
    child = make_child(cast.here)
    tell(cast, {child.pk: {"left_behind": "双亲留守儿童"}})
    assert tell(cast, {child.pk: {"left_behind": "单亲留守儿童"}}, MARCH) == 1
    assert spells(child) == [("left_behind", "单亲留守儿童", SEPTEMBER, None)]


def test_the_number_of_statements_does_not_grow_with_the_roster(cast: Cast, count_queries):
    def statements(number: int) -> int:
        told = {make_child(cast.here, f"生{number}{n}").pk: {"orphan": "是"} for n in range(number)}
        with count_queries(connection) as seen:
            tell(cast, told)
        return len([one for one in seen if "clockshift" not in one["sql"]])

    assert statements(2) == statements(12)
