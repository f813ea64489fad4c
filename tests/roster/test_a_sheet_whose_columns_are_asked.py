"""核对列: a sheet that leaves a doubt waits; what a person says of it counts now and next time."""

import pytest

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, ColumnProfile, ImportBatch, ImportLayout, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text, upload
from tests.roster.sheets import book, plain_book, pupil
from tests.roster.steps import TODAY, read, row

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

HEAD = ["学生名字", "性别", "出生日期", "身份证号", "班级", "入学年月"]
ANSWERS = ["姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月"]


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def line(n: int = 1) -> list:
    one = pupil(n)
    return [one["姓名"], "男", "2012-05-06", one["身份证件号"], "八年级2班", "202409"]


def sheet(*above: list, head=HEAD) -> bytes:
    return plain_book([*above, head, line(1), line(2)])


def answers(header: int = 1, ours=ANSWERS) -> dict[str, str]:
    return {"header": str(header)} | {f"c{position}": name for position, name in enumerate(ours)}


def test_a_sheet_without_doubt_skips_the_step(cast: Cast):
    assert read(cast, book(pupil(1))).state == ImportBatch.PREVIEW


def test_a_doubtful_heading_waits_and_nothing_is_read(cast: Cast):
    batch = read(cast, sheet())

    assert batch.state == ImportBatch.MAPPING
    assert not batch.rows.exists()
    assert not Child.objects.exists()


def test_the_clerk_is_led_to_the_columns_and_from_there_to_the_preview(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()
    assert client.get(page)["Location"] == f"{page}columns/"

    shown = text(client.get(f"{page}columns/"))
    assert "A列「学生名字」可能是「姓名」" in shown
    assert "推测" in shown
    assert "<option selected>姓名</option>" in shown

    assert client.post(f"{page}columns/", answers())["Location"] == page
    batch = run_job()
    assert (batch.state, batch.counts["new"]) == (ImportBatch.PREVIEW, 2)
    assert row(batch, 2).name == "王小乙"


def test_what_was_chosen_is_not_asked_again_by_the_same_school(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()
    client.post(f"{page}columns/", answers())
    run_job()

    kept = ColumnProfile.objects.get()
    assert (kept.unit, kept.heading, kept.taken_as) == (
        cast.here.school.unit,
        "学生名字",
        "姓名",
    )
    assert read(cast, sheet()).state == ImportBatch.PREVIEW
    assert read(cast, sheet(), there=True).state == ImportBatch.MAPPING


def test_the_newest_choice_counts(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()
    client.post(f"{page}columns/", answers())
    run_job()
    head = [*HEAD, "绰号"]
    wide = plain_book([head, [*line(1), "小王"]])
    page = upload(client, wide)
    batch = run_job()
    assert batch.state == ImportBatch.PREVIEW

    client.post(f"{page}columns/", answers(ours=["", *ANSWERS[1:], "姓名"]))
    run_job()

    assert row(batch).name == "小王"
    assert row(read(cast, wide)).name == "小王"
    assert ColumnProfile.objects.filter(heading="学生名字").count() == 2


def test_another_row_may_be_named_as_the_header(cast: Cast, client):
    rival = ["性别", "班级", "姓名", "入学年月", "身份证号", "出生日期"]
    page = upload(signed_in(client, cast), sheet(rival, head=["姓名", *HEAD[1:]]))
    assert run_job().state == ImportBatch.MAPPING
    assert "表头可能在第1行，也可能在第2行" in text(client.get(f"{page}columns/"))

    shown = text(client.get(f"{page}columns/", {"header": "2"}))
    assert 'name="header" value="2"' in shown
    client.post(f"{page}columns/", answers(header=2))

    assert row(run_job(), 3).name == "王小乙"


def test_a_choice_that_is_no_roster_is_answered_in_words_and_keeps_what_was_chosen(
    cast: Cast, client
):
    page = upload(signed_in(client, cast), sheet())
    run_job()

    response = client.post(f"{page}columns/", answers(ours=["姓名", "性别", "", "", "班级"]))

    shown = text(response, 422)
    assert "还没有指定「出生日期」、「身份证件号」、「入学年月」列" in shown
    assert ImportBatch.objects.get().state == ImportBatch.MAPPING
    assert not ColumnProfile.objects.exists()


@pytest.mark.parametrize("header", ["0", "4", "99"])
def test_a_row_that_is_not_there_is_no_header(cast: Cast, client, header: str):
    page = upload(signed_in(client, cast), sheet(head=["学生名字"]))
    run_job()

    response = client.post(f"{page}columns/", answers() | {"header": header})

    assert response.status_code == 422
    assert ImportBatch.objects.get().state == ImportBatch.MAPPING


def test_a_pupil_s_row_taken_for_the_header_is_refused(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()

    assert "第2行像是学生数据" in text(client.post(f"{page}columns/", answers(2)), 422)


def test_the_last_row_as_header_leaves_no_pupils_and_the_step_stays_open(cast: Cast, client):
    page = upload(
        signed_in(client, cast), plain_book([HEAD, line(1), ["甲", "乙", "丙", "丁", "戊", "己"]])
    )
    run_job()
    client.post(f"{page}columns/", answers(3))

    assert run_job().state == ImportBatch.MAPPING
    assert "表头下面没有数据行" in text(client.get(f"{page}columns/"))


def test_the_columns_of_a_preview_may_be_changed_and_nothing_is_written(cast: Cast, client):
    page = upload(signed_in(client, cast), book(pupil(1), pupil(2)))
    batch = run_job()
    assert "调整列对应" in text(client.get(page))
    layout = ImportLayout.objects.get()
    before = text(client.get(f"{page}columns/"))
    assert "完全一致" in before

    # 联系电话 is left out, all else as it was
    client.post(f"{page}columns/", _as_shown(before) | {"header": "1", "c22": ""})
    batch = run_job()

    assert (batch.state, batch.counts["new"]) == (ImportBatch.PREVIEW, 2)
    assert "13800000001" not in row(batch).payload
    assert batch.rows.count() == 2
    assert not Child.objects.exists()
    layout.refresh_from_db()
    assert (layout.chosen or {})["22"] == ""


def _as_shown(page: str) -> dict[str, str]:
    found = {}
    for part in page.split('<select name="')[1:]:
        chosen = part.split("</select>")[0].partition("<option selected>")[2].partition("<")[0]
        found[part.split('"')[0]] = chosen
    return found


def test_the_rows_read_before_are_kept_hidden_and_emptied(cast: Cast, client):
    page = upload(signed_in(client, cast), book(pupil(1)))
    run_job()
    old = ImportRow.objects.get()
    client.post(f"{page}columns/", _as_shown(text(client.get(f"{page}columns/"))))
    run_job()

    assert ImportRow.objects.get().pk != old.pk
    assert ImportRow._base_manager.get(pk=old.pk).payload_sealed == ""


def test_no_row_of_a_pupil_is_kept_or_shown_in_the_clear(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()
    layout = ImportLayout.objects.get()
    number = str(pupil(1)["身份证件号"])

    assert number in layout.head
    assert layout.head_sealed.startswith("v1.")
    shown = text(client.get(f"{page}columns/"))
    assert number not in shown
    assert f"{number[:4]}**********{number[-4:]}" in shown
    assert AuditEvent.objects.filter(verb="read_roster_head").exists()


def test_who_gives_the_batch_up_leaves_nothing_of_the_file(cast: Cast, client):
    page = upload(signed_in(client, cast), sheet())
    run_job()

    client.post(f"{page}drop/")

    assert ImportBatch.objects.get().state == ImportBatch.DROPPED
    assert ImportLayout.objects.get().head_sealed == ""


def test_the_next_school_s_columns_do_not_exist(cast: Cast, client):
    batch = read(cast, sheet())
    page = f"/roster/import/{batch.pk}/columns/"
    signed_in(client, cast, there=True)

    assert client.get(page).status_code == client.post(page, answers()).status_code == 404
