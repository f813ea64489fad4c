"""The scan of a sheet that was signed by hand: uploaded, shown, replaced, listed in the file."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from cases.papers.index import materials_of
from foundation.papers.kinds import KINDS
from foundation.papers.models import PaperScan
from tests.browsing import client_of, page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import reach
from tests.cast import Cast
from tests.files.samples import bytes_of, paper, photo
from tests.numbered.help import kind_with, signed

pytestmark = pytest.mark.django_db
WAITS = "待上传签字扫描件"
DAY = date(2025, 9, 25)


@pytest.fixture
def record(cast: Cast, case: Case, on: Any) -> PaperDesk:
    """A signed record of the township's talk (T08)."""
    desk = PaperDesk(cast, case, "admonition", "township_officer", "township_leader")
    reach(cast, case, "D4")
    on(DAY)
    said = {"训诫内容": "讲明法定义务，告知后果。", "监护人陈述": "下周把孩子送到学校。"}
    return desk.signed(**said)


def _upload(desk: PaperDesk, *files: SimpleUploadedFile, status: int = 200, **typed: str) -> str:
    client = client_of(desk.cast.person("township_officer"))
    sent = {"pages": list(files), **typed}
    return page(client.post(desk.at("scan"), sent, follow=True), status)


def _photo(name: str = "第一页.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("全文.pdf", bytes_of(paper(2)), "application/pdf")


def _ledger(desk: PaperDesk) -> str:
    client = client_of(desk.cast.person("township_leader"))
    return page(client.get(reverse("papers:ledger"), {"state": "unscanned"}))


def test_who_signs_sees_that_the_sheet_is_missing_until_it_is_there(record: PaperDesk) -> None:
    assert WAITS in record.read("township_leader")
    head = client_of(record.cast.person("township_leader"))
    assert "待上传签字扫描件1份" in page(head.get(reverse("papers:queue")))
    assert record.paper.number in _ledger(record)
    assert WAITS in record.case_page()
    shown = _upload(record, _photo(), _pdf())
    assert "已上传签字扫描件" in shown
    assert "第1份：第一页.jpg" in shown
    assert "第2份：全文.pdf" in shown
    assert WAITS not in record.read("township_leader")
    assert WAITS not in record.case_page()
    assert "待上传签字扫描件" not in page(head.get(reverse("papers:queue")))
    assert record.paper.number not in _ledger(record)


def test_each_page_of_it_opens_for_who_reads_the_paper(record: PaperDesk) -> None:
    _upload(record, _photo(), _pdf())
    head = client_of(record.cast.person("township_leader"))
    kinds = [head.get(record.at("scan_page", one.pk))["Content-Type"] for one in _pages(record)]
    assert kinds == ["image/jpeg", "application/pdf"]
    stranger = client_of(record.cast.person("township_officer", there=True))
    assert stranger.get(record.at("scan_page", _pages(record)[0].pk)).status_code == 404


def _pages(desk: PaperDesk) -> list[PaperScan]:
    return list(desk.paper.scans.all())


def test_a_wrong_sheet_is_replaced_with_a_reason_and_stays(record: PaperDesk) -> None:
    _upload(record, _photo("别人的.jpg"))
    assert "请填写原因" in _upload(record, _photo(), status=422)
    assert PaperScan.objects.count() == 1
    shown = _upload(record, _photo("对的.jpg"), reason="传成了另一份")
    assert "第1份：对的.jpg" in shown
    assert "已更换的" in shown
    assert "传成了另一份" in shown
    assert PaperScan.objects.count() == 2


def test_the_signed_sheet_stands_in_the_index_of_the_file(record: PaperDesk) -> None:
    _upload(record, _photo("别人的.jpg"))
    _upload(record, _photo(), _pdf(), reason="传成了另一份")
    [line] = [one for one in materials_of(record.case) if "签字扫描件" in one.title]
    assert (line.title, line.number) == ("批评教育（训诫）记录（签字扫描件）", record.paper.number)
    assert (line.pieces, line.day, line.note) == (2, DAY, "更换过")


def test_what_is_no_picture_and_no_page_at_all_are_refused_in_words(record: PaperDesk) -> None:
    scan = SimpleUploadedFile("回证.jpg", b"this is no picture", "image/jpeg")
    assert "只收照片" in _upload(record, scan, status=422)
    assert "请选择照片或 PDF" in _upload(record, status=422)
    assert not PaperScan.objects.exists()


def test_a_void_paper_takes_no_sheet(record: PaperDesk) -> None:
    head = client_of(record.cast.person("township_leader"))
    head.post(record.at("act", "void"), {"reason": "监护人写错"})
    assert "这份文书已作废，不能上传签字扫描件" in _upload(record, _photo(), status=422)
    assert WAITS not in record.read()
    answer = head.get(record.at("scan"), follow=True)
    assert "这份文书已作废，不能上传签字扫描件" in page(answer)


def test_a_paper_that_is_served_takes_its_receipt_instead(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "note", kind_with())
    served = signed(cast)
    clerk = client_of(cast.person("township_officer"))
    url = reverse("papers:paper", args=[served.pk])
    assert "上传签字扫描件" not in page(clerk.get(url))
    sent = clerk.post(f"{url}scan/", {"pages": [_photo()]})
    assert "签字在送达回证上" in page(sent, 422)


def test_a_paper_that_nobody_signs_by_hand_waits_for_no_sheet(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "note", kind_with(recipient=""))
    own = signed(cast)
    shown = page(client_of(cast.person("township_officer")).get(f"/papers/{own.pk}/"))
    assert WAITS not in shown
    assert "上传签字扫描件" in shown
