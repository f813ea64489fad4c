"""Several papers as one PDF: what is left out and why, the order, the file for a day."""

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.papers import acts
from foundation.papers.acts import bundling, keeping
from foundation.papers.models import BundlePart, Paper, PaperBundle
from foundation.papers.views import bundles
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, by, drafted, signed

NOW = datetime.combine(DAY, time(10), CHINA)
PREVIEW, ORDER = reverse("papers:bundle_preview"), reverse("papers:order_bundle")
USE = {"purpose": "打印送达", "order": "listed"}
pytestmark = pytest.mark.usefixtures("press")


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for the printer: a page for each paper, as wide as its number says."""
    made: list[str] = []

    def as_pdfs(sheets: Any) -> list[bytes]:
        made.extend(sheet.number for sheet in sheets)
        return [_page(int(sheet.number[-2])) for sheet in sheets]

    monkeypatch.setattr(keeping, "as_pdfs", as_pdfs)
    monkeypatch.setattr(keeping, "as_pdf", lambda sheets: as_pdfs(sheets)[0])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(jobs, "poke", lambda job: True)
    monkeypatch.setattr(jobs, "progress", lambda *told: None)
    monkeypatch.setattr(bundles, "pdf_possible", lambda: "")
    monkeypatch.setattr("foundation.papers.views.bundles.ask_again", lambda request: None)
    return made


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


def _page(width: int) -> bytes:
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(width * 100, 200))
        made = BytesIO()
        book.save(made, deterministic_id=True)
        return made.getvalue()


def _widths(content: bytes) -> list[int]:
    with pikepdf.open(BytesIO(content)) as book:
        return [int(page.mediabox[2]) // 100 for page in book.pages]


def _words(answer: Any) -> str:
    return str(answer.content.decode())


def _keys(*papers: Paper) -> str:
    return ",".join(str(one.pk) for one in papers)


def _ordered(clerk: Client, *papers: Paper, **said: str) -> Job:
    answer = clerk.post(ORDER, {"pks": _keys(*papers)} | USE | said)
    assert answer.status_code == 302, _words(answer)
    return Job.objects.latest("pk")


def _done(job: Job) -> str:
    """What the page of the finished job leads to."""
    jobs.run(job.pk, lambda job: bundling.write_bundle(job, clock.now()))
    job.refresh_from_db()
    assert job.state == Job.DONE, job.problem
    return job.result_url


def test_what_cannot_be_printed_is_left_out_with_its_reason(cast: Cast, clerk: Client) -> None:
    papers = [signed(cast) for _ in range(3)]
    acts.void(by(cast, "township_leader"), papers[2], "写错了")
    draft, theirs = drafted(cast), signed(cast, there=True)
    words = _words(clerk.post(PREVIEW, {"pks": _keys(*papers, draft, theirs)}))
    assert "2份可办，1份因已作废跳过，1份因还没有签发跳过。" in words
    assert f'name="pks" value="{_keys(*papers[:2])}"' in words
    assert reverse("papers:paper", args=[draft.pk]) in words
    assert "西政限" not in words


def test_all_that_the_filters_give_is_taken(cast: Cast, clerk: Client) -> None:
    papers = [signed(cast) for _ in range(2)]
    drafted(cast)
    words = _words(clerk.post(f"{PREVIEW}?state=signed", {"all": "1"}))
    assert "2份可办。" in words
    assert f'value="{_keys(papers[1], papers[0])}"' in words
    nothing = clerk.post(PREVIEW)
    assert (nothing.status_code, "没有选择文书" in _words(nothing)) == (422, True)


def test_one_job_makes_one_pdf_in_the_chosen_order_and_prints_are_on_record(
    cast: Cast, clerk: Client, press: list[str]
) -> None:
    papers = [signed(cast) for _ in range(3)]
    clerk.post(reverse("papers:pdf", args=[papers[1].pk]))
    page = _done(_ordered(clerk, papers[2], papers[0], papers[1]))
    assert _widths(clerk.post(page).content) == [3, 1, 2]
    assert [number[-2:] for number in press] == ["2号", "3号", "1号"]
    by_number = _done(_ordered(clerk, papers[2], papers[1], order="number"))
    assert _widths(clerk.post(by_number).content) == [2, 3]
    assert len(press) == 3
    assert papers[1].moves.filter(move="print").count() == 3
    verbs = AuditEvent.objects.filter(kind="paper_bundle").order_by("pk")
    assert [one.verb for one in verbs] == ["order_papers", "download_papers"] * 2
    assert verbs[0].reason == "打印送达"


def test_without_a_purpose_nothing_is_ordered(cast: Cast, clerk: Client) -> None:
    answer = clerk.post(ORDER, {"pks": _keys(signed(cast)), "order": "listed", "purpose": ""})
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "请写明用途" in _words(answer)


def test_what_was_voided_meanwhile_is_not_printed(cast: Cast, clerk: Client) -> None:
    paper = signed(cast)
    job = _ordered(clerk, paper)
    acts.void(by(cast, "township_leader"), paper, "写错了")
    jobs.run(job.pk, lambda job: bundling.write_bundle(job, clock.now()))
    job.refresh_from_db()
    assert "请返回台账重新勾选" in job.problem
    assert not BundlePart.objects.exists()


def test_the_file_is_its_owner_s_for_a_day_and_three_times(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _done(_ordered(clerk, signed(cast)))
    assert b"%PDF" not in bytes(BundlePart.objects.get().content_sealed)
    assert client_of(cast.person("township_leader")).get(page).status_code == 404
    assert [clerk.post(page).status_code for _ in range(4)] == [200, 200, 200, 422]
    PaperBundle.objects.update(downloads=0)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=24))
    assert "已过有效期" in _words(clerk.get(page))
    assert clerk.post(page).status_code == 422
    assert bundling.forget_bundles(clock.now()) == 1
    assert BundlePart.objects.get().content == b""


def test_the_head_prints_what_he_has_just_signed(cast: Cast) -> None:
    head, papers = client_of(cast.person("township_leader")), [drafted(cast) for _ in range(2)]
    for paper in papers:
        acts.send_to_sign(by(cast, "township_officer"), paper)
        acts.look(by(cast, "township_leader"), paper)
    keys = [one.pk for one in papers]
    words = _words(
        head.post(reverse("papers:sign_many"), {"pk": keys, "confirm": "1"}, follow=True)
    )
    assert f'name="pks" value="{_keys(*papers)}"' in words
    assert "打印刚签发的文书" not in _words(head.get(reverse("papers:queue")))
    assert "2份可办。" in _words(head.post(PREVIEW, {"pks": _keys(*papers)}))


def test_where_no_pdf_can_be_made_they_are_printed_from_the_page(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "pdf_possible", lambda: "服务器没有中文字体")
    words = _words(clerk.post(PREVIEW, {"pks": _keys(signed(cast))}))
    assert "服务器没有中文字体" in words
    assert "生成 PDF" not in words
    assert "从网页打印</button>" in words
