"""The page that asks 是否同一人: both sides masked, one answer, kept with who gave it."""

import pytest

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, ImportBatch, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import signed_in, text
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, bring_in, read, row

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def asked(cast: Cast) -> ImportBatch:
    """A pupil without a number in the register, and a row of the same name with one."""
    bring_in(cast, book(pupil(1, 身份证件号="", 身份证件类型="其他")))
    batch = read(cast, book(pupil(1)))
    batch.rows.filter(row_no=2).update(action=ImportRow.ASKED, child=Child.objects.get())
    return batch


def page(batch: ImportBatch, row_no: int = 2) -> str:
    return f"/roster/import/{batch.pk}/rows/{row_no}/"


def test_both_sides_are_shown_masked(cast: Cast, client):
    batch = asked(cast)
    number = str(pupil(1)["身份证件号"])

    shown = text(signed_in(client, cast).get(page(batch)))

    assert "是否同一人？" in shown
    assert number not in shown
    assert f"{number[:4]}**********{number[-4:]}" in shown
    assert shown.count("王小乙") == 2
    assert "东镇东村1组8号" not in shown


def test_looking_at_it_is_in_the_audit_with_the_child(cast: Cast, client):
    batch = asked(cast)

    signed_in(client, cast).get(page(batch))

    assert AuditEvent.objects.get(verb="compare_pupil").children == [Child.objects.get().pk]


def test_the_tab_of_the_batch_leads_to_it(cast: Cast, client):
    batch = asked(cast)

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/?show=asked"))

    assert f'href="{page(batch)}">核对是否同一人' in shown


@pytest.mark.parametrize("answer", ["same", "other"])
def test_the_answer_is_kept_and_told(cast: Cast, client, answer: str):
    batch = asked(cast)

    response = signed_in(client, cast).post(page(batch), {"answer": answer}, follow=True)

    assert f"第2行已按「{ImportRow.ANSWERS[answer]}」处理" in text(response)
    assert row(batch).answer == answer
    assert AuditEvent.objects.get(verb="answer_roster_row").details["answer"] == answer


@pytest.mark.parametrize(("row_no", "answer"), [(2, ""), (2, "perhaps"), (9, "same")])
def test_what_is_no_answer_is_refused_in_words(cast: Cast, client, row_no: int, answer: str):
    batch = asked(cast)

    response = signed_in(client, cast).post(page(batch, row_no), {"answer": answer}, follow=True)

    assert "没有需要确认的问题" in text(response)
    assert row(batch).answer == ""


def test_a_row_that_asks_nothing_has_no_page(cast: Cast, client):
    batch = read(cast, book(pupil(1)))

    shown = text(signed_in(client, cast).get(page(batch), follow=True))

    assert "这一行没有需要确认的问题" in shown
    client.post(page(batch), {"answer": "same"})
    assert row(batch).answer == ""


def test_the_next_school_s_question_does_not_exist(cast: Cast, client):
    batch = asked(cast)
    client = signed_in(client, cast, there=True)

    assert client.get(page(batch)).status_code == 404
    assert client.post(page(batch), {"answer": "same"}).status_code == 404
