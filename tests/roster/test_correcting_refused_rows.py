"""Refused rows mended in place: typed anew, checked and compared anew, never lost."""

import pytest

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.jobs.models import Job
from students.roster.imports.acts import corrections
from students.roster.models import Child, ImportBatch, ImportCells, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, bring_in, read, row, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

BAD = "53099920120506001"  # a digit short
ID_NO, BORN_ON, CLASS = 12, 3, 15  # positions in the registry's sheet


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def correct(client, batch: ImportBatch, typed: dict[str, str]) -> ImportBatch:
    client.post(f"/roster/import/{batch.pk}/correct/", typed)
    return run_job()


def test_the_wrong_cells_stand_in_the_page_as_they_were_typed(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD, 出生日期="不详")))

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert "<strong>M3</strong> 身份证件号应为18位，现为17位" in shown
    assert f'name="r3c{ID_NO}" value="{BAD}"' in shown
    assert f'name="r3c{BORN_ON}" value="不详"' in shown
    assert f'name="r3c{CLASS}"' not in shown
    assert 'name="r2c' not in shown


def test_a_row_that_becomes_right_joins_the_batch(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))
    right = str(pupil(2)["身份证件号"])

    batch = correct(signed_in(client, cast), batch, {f"r3c{ID_NO}": right})

    assert batch.state == ImportBatch.PREVIEW
    assert (batch.counts["new"], batch.counts["refused"], batch.counts["rows"]) == (2, 0, 2)
    assert not Child.objects.exists()
    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.get(name="王小丙").id_no == right


def test_a_row_that_is_still_wrong_stays_refused_with_what_was_typed(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    batch = correct(signed_in(client, cast), batch, {f"r3c{ID_NO}": "53"})

    assert (batch.counts["new"], batch.counts["refused"], batch.counts["rows"]) == (1, 1, 2)
    shown = text(client.get(f"/roster/import/{batch.pk}/"))
    assert "现为2位" in shown
    assert f'name="r3c{ID_NO}" value="53"' in shown


def test_a_corrected_row_is_matched_anew(cast: Cast, client):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(pupil(1, 身份证件号=BAD, 现住址="新村1组")))
    assert row(batch).action == ImportRow.REFUSED

    batch = correct(signed_in(client, cast), batch, {f"r2c{ID_NO}": str(pupil(1)["身份证件号"])})

    assert row(batch).action == ImportRow.CHANGED
    assert row(batch).child == Child.objects.get()
    assert batch.counts["absent"] == 0


def test_mending_one_of_two_equal_rows_frees_the_other(cast: Cast, client):
    same = pupil(1)["身份证件号"]
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=same)))
    assert batch.counts["refused"] == 2

    right = str(pupil(2)["身份证件号"])
    batch = correct(signed_in(client, cast), batch, {f"r3c{ID_NO}": right})

    assert (batch.counts["new"], batch.counts["refused"]) == (2, 0)


def test_the_last_correction_of_a_row_counts_and_all_are_kept_sealed(cast: Cast, client):
    batch = read(cast, book(pupil(1, 身份证件号=BAD)))
    client = signed_in(client, cast)
    correct(client, batch, {f"r2c{ID_NO}": "53"})
    right = str(pupil(1)["身份证件号"])
    correct(client, batch, {f"r2c{ID_NO}": right})

    assert row(batch).action == ImportRow.NEW
    kept = list(ImportCells.objects.all())
    assert [cells.corrected_by_id is not None for cells in kept] == [False, True, True]
    assert all(cells.content_sealed.startswith("v1.") for cells in kept)
    assert right in kept[-1].content


def test_nothing_typed_anew_is_answered_in_words(cast: Cast, client):
    batch = read(cast, book(pupil(1, 身份证件号=BAD)))
    client = signed_in(client, cast)
    jobs = Job.objects.count()

    page = client.post(f"/roster/import/{batch.pk}/correct/", {f"r2c{ID_NO}": BAD}, follow=True)

    assert "没有改动任何一格" in text(page)
    assert Job.objects.count() == jobs


def test_a_row_that_is_right_cannot_be_typed_over(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    signed_in(client, cast).post(f"/roster/import/{batch.pk}/correct/", {"r2c1": "李四"})

    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW
    assert row(batch, 2).name == "王小乙"
    assert not ImportCells.objects.filter(row_no=2).exists()


@pytest.mark.parametrize(("wrong", "may_type"), [(50, True), (51, False)])
def test_up_to_fifty_rows_are_typed_more_go_by_the_workbook(
    cast: Cast, client, wrong: int, may_type: bool
):
    batch = read(cast, book(*[pupil(n, 身份证件号=f"53{n}") for n in range(1, wrong + 1)]))

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert ("保存改正并重新核对" in shown) is may_type
    assert ('name="r2c' in shown) is may_type
    assert "下载错误表" in shown


def test_a_written_batch_takes_no_correction(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    page = signed_in(client, cast).post(
        f"/roster/import/{batch.pk}/correct/", {f"r3c{ID_NO}": "53"}, follow=True
    )

    assert "这一批名册已导入，不能再改正" in text(page)


def test_a_reading_that_fails_leaves_the_preview_as_it_was(cast: Cast, client, monkeypatch):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))
    right = str(pupil(2)["身份证件号"])
    signed_in(client, cast).post(f"/roster/import/{batch.pk}/correct/", {f"r3c{ID_NO}": right})

    def fails(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(corrections, "read_import", fails)
        with pytest.raises(RuntimeError):
            run_job()

    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW
    assert "处理时出现意外" in batch.problem
    assert (row(batch, 2).action, row(batch, 3).action) == (ImportRow.NEW, ImportRow.REFUSED)


def test_a_dropped_batch_forgets_what_was_typed(cast: Cast, client):
    batch = read(cast, book(pupil(1, 身份证件号=BAD)))
    client = signed_in(client, cast)
    correct(client, batch, {f"r2c{ID_NO}": "53"})

    client.post(f"/roster/import/{batch.pk}/drop/")

    assert not ImportCells.objects.exclude(content_sealed="").exists()


def test_a_correction_is_in_the_audit_without_what_was_typed(cast: Cast, client):
    batch = read(cast, book(pupil(1, 身份证件号=BAD)))
    right = str(pupil(1)["身份证件号"])
    correct(signed_in(client, cast), batch, {f"r2c{ID_NO}": right})

    event = AuditEvent.objects.get(verb="correct_roster")
    assert event.details == {"rows": [2]}


def test_the_next_school_cannot_correct(cast: Cast, client):
    batch = read(cast, book(pupil(1, 身份证件号=BAD)))
    page = f"/roster/import/{batch.pk}/correct/"

    assert signed_in(client, cast, there=True).post(page, {"r2c12": "53"}).status_code == 404
    assert signed_in(client, cast, "class_teacher").post(page, {}).status_code == 403
