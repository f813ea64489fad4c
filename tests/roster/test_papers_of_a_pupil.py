"""Papers of a pupil: who may add and open one, and under which headers it is served."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.viewer import Viewer
from foundation.files import storage
from foundation.files.actions import content_of
from foundation.files.models import StoredFile
from students.roster.models import Child, Document
from students.roster.pupils.acts.documents import add_document
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.files.samples import CANARY, hostile_paper, make_document, photo, telling_photo

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 12)


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path: Path):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    settings.FILES_ROOT = str(tmp_path)


def upload(content: bytes | None = None, name: str = "IMG_0001.JPG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content)


def add(cast: Cast, child: Child, role: str = "registrar", there: bool = False) -> Document:
    viewer = cast.viewer(role, TODAY, there)
    return add_document(doing(viewer, Origin(), today=TODAY), child, "休学申请书", upload())


def sent(cast: Cast, child: Child, *files: Any, title: str = "家访照片") -> Any:
    client = client_of(cast.person("registrar"))
    return client.post(
        f"/roster/{child.pk}/documents/add/", {"title": title, "evidence": files}, follow=True
    )


def opened(cast: Cast, document: Document, role: str = "registrar", query: str = "") -> Any:
    return client_of(cast.person(role)).get(f"/roster/document/{document.pk}/{query}")


def a_pdf(cast: Cast, child: Child) -> Document:
    viewer = cast.viewer("registrar", TODAY)
    file = upload(hostile_paper(), "申请.pdf")
    return add_document(doing(viewer, Origin(), today=TODAY), child, "休学申请书", file)


# --- adding ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["class_teacher", "registrar", "head_teacher"])
def test_the_school_adds_papers_to_its_pupils(cast: Cast, role: str):
    child = make_child(cast.here)
    document = add(cast, child, role)
    assert (document.child, document.title) == (child, "休学申请书")
    assert document.file.kept_by == cast.post(role)


@pytest.mark.parametrize(
    "role", ["central_school", "county_desk", "supervisor", "township_officer", "village_cadre"]
)
def test_who_records_nothing_of_pupils_adds_no_paper(cast: Cast, role: str):
    with pytest.raises(PermissionDenied):
        add(cast, make_child(cast.here), role)
    assert not StoredFile.objects.exists()


def test_the_next_township_s_school_adds_nothing(cast: Cast):
    with pytest.raises(PermissionDenied):
        add(cast, make_child(cast.here), there=True)


def test_a_right_at_one_post_and_sight_by_another_do_not_add_up(cast: Cast):
    records = cast.viewer("registrar", TODAY, there=True).posts
    sees = cast.viewer("central_school", TODAY).posts
    both = Viewer(cast.person("registrar").pk, "甲", records + sees)
    with pytest.raises(PermissionDenied):
        add_document(doing(both, Origin(), today=TODAY), make_child(cast.here), "证明", upload())


@pytest.mark.parametrize(("ends", "may"), [(11, False), (12, True), (13, True)])
def test_a_pupil_who_left_gets_no_more_papers(cast: Cast, ends: int, may: bool):
    child = make_child(cast.here)
    child.enrolments.update(ends_on=date(2025, 9, ends))
    if may:
        assert add(cast, child)
    else:
        with pytest.raises(PermissionDenied):
            add(cast, child)


def test_adding_is_in_the_audit_with_the_child_and_the_post(cast: Cast):
    child = make_child(cast.here)
    document = add(cast, child)
    event = AuditEvent.objects.get(verb="add_document")
    assert (event.object_id, event.children) == (document.pk, [child.pk])
    assert event.post == cast.post("registrar")
    assert event.details["file"] == document.file.sha256


def test_several_files_of_the_form_become_papers_under_one_title(cast: Cast):
    child = make_child(cast.here)
    answer = sent(cast, child, upload(), upload(hostile_paper(), "b.pdf"))
    assert "已添加材料「家访照片」2份" in page(answer)
    assert [d.file.kind for d in child.documents.order_by("pk")] == ["image", "pdf"]


def test_one_bad_file_among_good_ones_keeps_none_and_is_named(cast: Cast):
    child = make_child(cast.here)
    answer = sent(cast, child, upload(), upload(b"<svg/>", "图.svg"))
    assert "《图.svg》没有保存：只收照片" in page(answer)
    assert "请重新选择" in page(answer)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_act_names_the_file_that_is_refused(cast: Cast):
    viewer, bad = cast.viewer("registrar", TODAY), upload(photo()[:60], "坏.jpg")
    with pytest.raises(Refused, match=r"《坏\.jpg》没有保存：文件无法读取"):
        add_document(doing(viewer, Origin(), today=TODAY), make_child(cast.here), "证明", bad)


def test_the_same_file_once_more_is_kept_and_said(cast: Cast):
    first = sent(cast, make_child(cast.here), upload(telling_photo(2)))
    again = sent(cast, make_child(cast.here, "李小红"), upload(telling_photo(2), "另一张.jpg"))
    assert "完全相同" not in page(first)
    assert "《另一张.jpg》与" in page(again)
    assert "上传过的文件完全相同" in page(again)
    assert "张小明" not in page(again)
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    "title", ["申请 530999201205060013", "证明13900001234", "１３９００００１２３４"]
)
def test_a_number_in_a_title_is_refused(cast: Cast, title: str):
    answer = sent(cast, make_child(cast.here), upload(), title=title)
    assert "请不要写在这里" in page(answer)
    assert not Document.objects.exists()


def test_without_a_file_or_a_title_each_lack_is_named(cast: Cast):
    answer = sent(cast, make_child(cast.here), title="")
    assert "请填写材料名称。" in page(answer)
    assert "请选择照片或 PDF。" in page(answer)


# --- opening -----------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?view=0", "?view=11"])
def test_a_photo_is_handed_over_as_a_download(cast: Cast, query: str):
    document = add(cast, make_child(cast.here))
    answer = opened(cast, document, query=query)
    assert answer.content == content_of(document.file)
    assert answer["Content-Type"] == "image/jpeg"
    name = "%E4%BC%91%E5%AD%A6%E7%94%B3%E8%AF%B7%E4%B9%A6"  # 休学申请书
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}-{document.pk}.jpg"


@pytest.mark.parametrize("query", ["", "?view=1"])
def test_no_file_can_act_in_our_name(cast: Cast, query: str):
    child = make_child(cast.here)
    for document in (add(cast, child), a_pdf(cast, child)):
        answer = opened(cast, document, query=query)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"


def test_a_photo_can_be_looked_at_and_a_paper_only_downloaded(cast: Cast):
    child = make_child(cast.here)
    shown = opened(cast, add(cast, child), query="?view=1")
    assert shown["Content-Disposition"].startswith("inline")
    paper = opened(cast, a_pdf(cast, child), query="?view=1")
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"].startswith("attachment")
    assert paper.content.startswith(b"%PDF-")
    assert CANARY not in paper.content


def test_a_title_breaks_no_header(cast: Cast):
    document = make_document(
        make_child(cast.here), cast.post("registrar"), '证"明\r\nX-Evil: 1;../'
    )
    answer = opened(cast, document)
    assert answer.status_code == 200
    assert "X-Evil" not in answer
    assert "\n" not in answer["Content-Disposition"]


def test_the_next_township_s_school_finds_no_paper(cast: Cast):
    document = add(cast, make_child(cast.here))
    client = client_of(cast.person("registrar", there=True))
    outside = client.get(f"/roster/document/{document.pk}/")
    nothing = client.get("/roster/document/999999/")
    assert outside.status_code == nothing.status_code == 404
    form = client.get(f"/roster/{document.child_id}/documents/add/")
    assert form.status_code == 404


def test_who_reads_masked_names_opens_no_scan(cast: Cast):
    child = make_child(cast.here)
    document = add(cast, child)
    assert opened(cast, document, "supervisor").status_code == 403
    told = page(client_of(cast.person("supervisor")).get(f"/pupils/{child.pk}/"))
    assert "休学申请书" not in told


def test_opening_is_in_the_audit_with_the_child(cast: Cast):
    document = add(cast, make_child(cast.here))
    opened(cast, document)
    event = AuditEvent.objects.get(verb="read_document")
    assert (event.object_id, event.children, event.outcome) == (
        document.pk,
        [document.child_id],
        "done",
    )
    assert event.person == cast.person("registrar")


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_lost_file_is_a_clear_page_and_a_line_in_the_log(cast: Cast, damage: str, caplog):
    document = add(cast, make_child(cast.here))
    path = storage.path_of(document.file.uuid)
    path.unlink() if damage == "gone" else path.write_bytes(b"v1.k1." + bytes(50))
    told = page(opened(cast, document), 410)
    assert "材料打不开" in told
    assert f"材料编号 {document.pk}" in told
    assert str(document.file.uuid) in caplog.text
    assert str(document.file.uuid) not in told
    assert AuditEvent.objects.get(verb="read_document").outcome == "failed"


def test_the_pupil_s_page_lists_the_papers(cast: Cast):
    child = make_child(cast.here)
    document = add(cast, child)
    told = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    assert "休学申请书" in told
    assert f"/roster/document/{document.pk}/?view=1" in told
    assert f"/roster/{child.pk}/documents/add/" in told
    county = page(client_of(cast.person("county_desk")).get(f"/pupils/{child.pk}/"))
    assert f"/roster/document/{document.pk}/" in county
    assert "documents/add" not in county
