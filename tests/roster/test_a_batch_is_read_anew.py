"""A correction reads the whole batch anew: what was settled before stays settled."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.accounts.audit import Origin
from students.roster import tasks
from students.roster.imports.acts import previews
from students.roster.imports.acts.corrections import correct_rows, keep_columns
from students.roster.imports.reading.headings import WrongSheet
from students.roster.models import Child, ImportBatch, ImportCells, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.doers import doing
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import TODAY, answer, bring_in, read, row, undo, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

BAD = "53099920120506001"  # a digit short
ID_NO = 12  # position in the registry's sheet
NAMESAKE = pupil(2, 姓名=pupil(1)["姓名"])  # the name and birth date of pupil 1, another number


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def mend(cast: Cast, batch: ImportBatch, number: int, id_no: object) -> ImportBatch:
    """Type another ID number into a refused row and let the batch be read anew."""
    viewer = cast.viewer("registrar" if batch.school_id else "county_desk", TODAY)
    typed = {number: {ID_NO: str(id_no)}}
    batch = correct_rows(doing(viewer, Origin(), now=at(TODAY)), batch.pk, typed)
    assert batch.job_id is not None
    tasks.reread_batch(batch.job_id)
    return ImportBatch.objects.get(pk=batch.pk)


@pytest.mark.parametrize(
    ("said", "then"), [(ImportRow.SAME, ImportRow.CHANGED), (ImportRow.OTHER, ImportRow.NEW)]
)
def test_an_answer_given_before_still_stands(cast: Cast, said: str, then: str):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(NAMESAKE, pupil(3, 身份证件号=BAD)))
    batch = answer(cast, batch, said)

    batch = mend(cast, batch, 3, pupil(3)["身份证件号"])

    assert (row(batch).action, row(batch).answer) == (then, said)
    assert (batch.counts["asked"], batch.counts["refused"], batch.counts["rows"]) == (0, 0, 2)
    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.count() == (2 if said == ImportRow.SAME else 3)


def test_a_batch_may_be_read_anew_again_and_again(cast: Cast):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD), pupil(3, 身份证件号=BAD)))

    batch = mend(cast, batch, 3, pupil(2)["身份证件号"])
    batch = mend(cast, batch, 4, pupil(3)["身份证件号"])

    assert (batch.counts["new"], batch.counts["refused"]) == (3, 0)
    assert write(cast, batch).state == ImportBatch.DONE
    assert {child.id_no for child in Child.objects.all()} == {
        pupil(n)["身份证件号"] for n in (1, 2, 3)
    }


def test_a_row_of_the_county_s_sheet_is_mended_as_a_school_s_is(cast: Cast):
    there = {"学校标识码": NEXT_SCHOOL_CODE}
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD, **there)), county=True)

    batch = mend(cast, batch, 3, pupil(2)["身份证件号"])

    assert write(cast, batch).state == ImportBatch.DONE
    assert cast.there.school.enrolments.get().child.id_no == pupil(2)["身份证件号"]


def test_a_reading_that_leads_nowhere_leaves_the_preview(cast: Cast, monkeypatch):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    def unreadable(*args: object, **more: object) -> None:
        raise WrongSheet("表头下面没有数据行。")

    monkeypatch.setattr(previews, "check_sheet", unreadable)
    batch = mend(cast, batch, 3, pupil(2)["身份证件号"])

    assert (batch.state, batch.problem) == (ImportBatch.PREVIEW, "表头下面没有数据行。")
    assert (row(batch).action, row(batch, 3).action) == (ImportRow.NEW, ImportRow.REFUSED)
    monkeypatch.undo()
    assert write(cast, batch).state == ImportBatch.DONE


def test_an_import_that_kept_a_column_can_be_taken_back(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)), TODAY - timedelta(days=10))
    batch = read(cast, book(pupil(1, 民族="彝族"), pupil(2, 姓名="王改名")))
    viewer = cast.viewer("registrar", TODAY)
    keep_columns(doing(viewer, Origin()), batch.pk, ["民族"])

    batch = write(cast, batch)

    assert [child.name for child in Child.objects.order_by("pk")][1] == "王改名"
    assert undo(cast, batch).state == ImportBatch.UNDONE
    assert not Child.objects.filter(name="王改名").exists()


def test_only_the_cells_of_refused_rows_are_kept(cast: Cast):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD), pupil(3)))

    kept = ImportCells.objects.get(batch=batch)

    assert kept.row_no == 3
    assert BAD in kept.content
    assert BAD not in kept.content_sealed
