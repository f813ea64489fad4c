"""The very same file once more asks before it is read (S49)."""

import pytest

from foundation import clock
from students.roster.models import ImportBatch
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text, upload
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, bring_in, read

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def test_it_waits_and_asks_with_the_day_of_the_earlier_import(cast: Cast, client):
    content = book(pupil(1))
    bring_in(cast, content)

    page = upload(signed_in(client, cast), content)

    batch = ImportBatch.objects.latest("pk")
    assert (batch.state, batch.job) == (ImportBatch.ASKED, None)
    shown = text(client.get(page))
    assert "同一文件已在2025年9月12日" in shown
    assert "导入过，仍要继续？" in shown


def test_who_goes_on_gets_a_preview_without_changes(cast: Cast, client):
    content = book(pupil(1))
    bring_in(cast, content)
    page = upload(signed_in(client, cast), content)

    assert client.post(f"{page}go-on/")["Location"] == page

    batch = run_job()
    assert (batch.state, batch.counts["unchanged"]) == (ImportBatch.PREVIEW, 1)
    assert "没有需要写入的变化" in text(client.get(page))


def test_who_does_not_go_on_leaves_a_cancelled_batch(cast: Cast, client):
    content = book(pupil(1))
    bring_in(cast, content)
    page = upload(signed_in(client, cast), content)

    client.post(f"{page}drop/")

    batch = ImportBatch.objects.latest("pk")
    assert batch.state == ImportBatch.DROPPED
    assert batch.parts.get().content_sealed == ""


def test_a_file_that_waits_for_its_confirmation_is_asked_about_too(cast: Cast, client):
    content = book(pupil(1))
    read(cast, content)

    page = upload(signed_in(client, cast), content)

    assert "上传过（待确认），仍要继续？" in text(client.get(page))


def test_a_cancelled_one_another_file_and_another_school_ask_nothing(cast: Cast, client):
    content = book(pupil(1))
    batch = read(cast, content)
    client = signed_in(client, cast)
    client.post(f"/roster/import/{batch.pk}/drop/")
    read(cast, book(pupil(2)), there=True)

    for sheet in (content, book(pupil(2))):
        upload(client, sheet)
        assert ImportBatch.objects.latest("pk").state == ImportBatch.READING


def test_going_on_twice_is_answered_in_words(cast: Cast, client):
    batch = read(cast, book(pupil(1)))

    page = signed_in(client, cast).post(f"/roster/import/{batch.pk}/go-on/", follow=True)

    assert "这一批名册待确认，不用再次确认" in text(page)
