"""Everything that reads a roster's columns follows their table: a new one is a row, a field, a
migration."""

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from django.db import models
from openpyxl import load_workbook

from foundation.accounts.viewer import NOBODY
from foundation.protected import digest
from kongchuo import readme
from students.roster.imports import differences
from students.roster.imports.books.template_book import template_workbook
from students.roster.imports.differences import compare, fingerprint, keep_back
from students.roster.imports.reading import table_rows
from students.roster.imports.reading.cells import parser_of
from students.roster.imports.reading.pupil_row import PupilRow
from students.roster.imports.reading.table_rows import ChildRow, EnrolmentRow, GuardianRow
from students.roster.imports.snapshot import HomePlace, Known
from students.roster.models import Child, Enrolment, Guardian
from students.roster.pupils import history, profile
from students.roster.rules.columns import BY_FIELD, COLUMNS, EXTRA
from students.roster.rules.group_kinds import FLAGS
from students.roster.rules.roster_column import (
    CellKind,
    CodeList,
    Holder,
    Protection,
    RosterColumn,
)

pytestmark = pytest.mark.django_db  # the keyring is held against the database

KEPT = [c for c in BY_FIELD.values() if c.holder in ("child", "guardian", "enrolment")]
MODELS: dict[Holder, type[models.Model]] = {
    Holder.CHILD: Child,
    Holder.GUARDIAN: Guardian,
    Holder.ENROLMENT: Enrolment,
}
ROWS = {
    Holder.CHILD: table_rows.CHILD_FIELDS,
    Holder.GUARDIAN: table_rows.GUARDIAN_FIELDS,
    Holder.ENROLMENT: table_rows.ENROLMENT_FIELDS,
}
# A cell of each kind, as a row of a sheet keeps it.
SAID = {
    CellKind.NAME: "王小新",
    CellKind.DAY: "2012-05-07",
    CellKind.CODE: "1",
    CellKind.ETHNICITY: "07",
    CellKind.ID_NUMBER: "530999201205070013",
    CellKind.REGISTRY_NUMBER: "G530999201205070013",
    CellKind.REGION: "530999101201",
    CellKind.LONG_TEXT: "东镇东村九组一十八号",
    CellKind.SHORT: "7",
    CellKind.RELATION: "祖父",
    CellKind.PHONE: "13800001111",
}
each_kept = pytest.mark.parametrize("column", KEPT, ids=lambda column: column.field)


def known() -> Known:
    """A child of whom hardly anything is on record."""
    child = ChildRow(1, "5f0a93d2-0000-4000-8000-000000000001", name="王小甲")
    guardian = GuardianRow(2, "5f0a93d2-0000-4000-8000-000000000002", 1, 1)
    other = GuardianRow(3, "5f0a93d2-0000-4000-8000-000000000003", 1, 2)
    guardian.take({"is_guardian": False})
    other.take({"is_guardian": False})
    child.take({"boards": True, "id_type": "A"})
    enrolment = EnrolmentRow(4, 1, 5, 6, date(2025, 9, 1))
    return Known(child, enrolment, guardians={1: guardian, 2: other})


def row_of(known_child: Known, column: RosterColumn) -> ChildRow | GuardianRow | EnrolmentRow:
    """The row that keeps the column."""
    if column.holder is Holder.GUARDIAN:
        return known_child.guardians[column.position]
    assert known_child.enrolment is not None
    return known_child.child if column.holder is Holder.CHILD else known_child.enrolment


def said(column: RosterColumn) -> PupilRow:
    """A row of a sheet that says this, and of a guardian at least the name on record."""
    values = {column.field: SAID[column.kind]}
    if column.holder is Holder.GUARDIAN:
        values.setdefault(f"guardian{column.position}_name", "家长")
    return PupilRow(2, values)


@each_kept
def test_the_snapshot_and_the_model_have_the_column_s_columns(column: RosterColumn):
    names = {field.attname for field in MODELS[column.holder]._meta.concrete_fields}

    assert names >= set(column.stored_as)
    assert set(ROWS[column.holder]) >= set(column.stored_as)


@each_kept
def test_a_sheet_s_value_is_compared_and_shown_as_the_row_says(column: RosterColumn):
    before = known()
    found = compare(said(column), before, HomePlace())

    (change,) = [one for one in found.changes if one["label"] == column.heading]
    plain = SAID[column.kind]
    if column.mask:
        assert change["new"] == column.mask(plain) != plain
    elif column.true_code:
        assert column.words is not None
        assert change["new"] == column.words[plain == column.true_code]
    else:
        assert change["new"] == (column.words[plain] if column.words else plain)


@each_kept
def test_what_is_written_is_what_was_compared_and_leaves_another_fingerprint(column: RosterColumn):
    before = known()
    first, found = fingerprint(before), compare(said(column), before, HomePlace())

    row_of(before, column).take(differences._written_by(found, column))

    assert fingerprint(before) != first
    assert not compare(said(column), before, HomePlace()).changes


@each_kept
def test_a_column_that_keeps_the_register_s_value_writes_nothing(column: RosterColumn):
    found = compare(said(column), known(), HomePlace())

    keep_back(found, [column.heading])

    assert not differences._written_by(found, column)


@each_kept
def test_the_history_tells_of_the_column(column: RosterColumn):
    fields = {field.column: field for field in history._FIELDS[MODELS[column.holder]]}

    assert fields[column.compared_by].label == column.history_label


@each_kept
def test_a_sealed_column_is_masked_wherever_it_is_shown(column: RosterColumn):
    assert column.is_sealed == any(name.endswith("_sealed") for name in column.stored_as)
    if column.is_sealed:
        plain = SAID[column.kind]
        assert column.shown(plain) != plain


def test_the_pupil_s_page_shows_every_kept_column_once():
    child = Child(pk=1, name="王小甲")
    shown = [*profile.facts_of(child, NOBODY), *profile.home_of(child)]
    labels = [label for label, _ in shown]

    assert [labels.count(c.label) for c in KEPT if c.holder is Holder.CHILD] == [1] * 11
    assert {c.attribute for c in profile._GUARDIAN} == {
        c.attribute for c in KEPT if c.holder is Holder.GUARDIAN
    }
    assert list(profile.ENROLMENT_COLUMNS) == [c for c in KEPT if c.holder is Holder.ENROLMENT]


def test_template_and_readme_have_every_column():
    sheet = load_workbook(BytesIO(template_workbook())).active
    drawn = readme.columns()

    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(f"| {c.title} | `{c.field}` |" in drawn for c in COLUMNS if c.field)


def test_every_column_with_a_field_is_kept_somewhere_or_used_by_the_checks():
    used = {"school_code", "class_name", "entered", "grade", "status", "phone"}

    assert {c.field for c in BY_FIELD.values() if c.holder is Holder.NONE} == used
    assert {c.field for c in BY_FIELD.values() if c.holder is Holder.GROUP} == FLAGS.keys()


def test_every_column_can_be_read():
    assert all(parser_of(column)("") == "" for column in (*COLUMNS, *EXTRA))


def test_a_row_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="shown in full"):
        RosterColumn("护照号", "passport", holder=Holder.CHILD, protection=Protection.SEALED)
    with pytest.raises(ValueError, match="code list"):
        RosterColumn("血型", "blood", CellKind.CODE)
    with pytest.raises(ValueError, match="code list"):
        RosterColumn("血型", "blood", codes=CodeList({"1": "A"}))
    with pytest.raises(ValueError, match="never read"):
        RosterColumn("血型", holder=Holder.CHILD)


def test_a_fingerprint_has_the_words_it_always_had():
    """Under the installation's key since the number in it is sealed."""
    one = known()
    child = ["", "王小甲", "", None, "", "A", "", True, "", "", None, None]
    guardians = [[1, "家长", "", False, ""], [2, "家长", "", False, ""]]
    state = [child, guardians, [4, 6, "2025-09-01", None, ""], None]

    words = hashlib.sha256(orjson.dumps(state)).hexdigest()
    assert fingerprint(one) == digest(words, "fingerprint")


def test_a_later_column_changes_a_fingerprint_only_where_it_holds_something(monkeypatch):
    one, first = known(), fingerprint(known())
    monkeypatch.setattr(differences, "_LATER_OF_CHILD", ("initials",))
    monkeypatch.setattr(differences, "_HAS_LATER", True)
    assert fingerprint(one) == first

    one.child.initials = "wxj"

    assert fingerprint(one) != first


def test_an_invented_column_is_read_kept_compared_and_masked_by_its_row_alone():
    """A free text column of the model stands in for the new one: no consumer names it."""
    column = RosterColumn(
        "曾用拼音", "initials", holder=Holder.CHILD, mask=lambda word: word[:1] + "*"
    )
    plain = replace(column, mask=None)
    owner, names = Child(initials="wxj"), cast(Any, SimpleNamespace())

    assert parser_of(column)(" wxj ") == "wxj"
    assert differences._Taken([column]).of({"initials": "wxj"}) == {"initials": "wxj"}
    assert profile._words(owner, column) == "w*"
    assert profile._words(owner, plain) == "wxj"
    field = history._column(column)
    assert (field.column, field.label, field.words(owner, owner, names)) == (
        "initials",
        "曾用拼音",
        "w*",
    )
    made: Any = table_rows._with_columns(Child, (column,))(
        type("Made", (), {"__annotations__": {}})
    )
    assert list(made.__annotations__) == ["initials"]
    assert made().initials == ""
