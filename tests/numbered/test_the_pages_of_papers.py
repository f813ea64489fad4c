"""Clerk and head at their pages: send, read, sign one or many, send back, serve, print, void."""

from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from foundation.papers import acts
from foundation.papers.acts import keeping
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper
from foundation.papers.views import paper as page_of_a_paper
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.files.samples import photo
from tests.numbered.help import DAY, VALUES, by, drafted, kind_with, sent, signed


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(DAY, time(10), CHINA))


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("township_leader"))


def _at(name: str, *args: Any) -> str:
    return reverse(f"papers:{name}", args=args)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _seen(head: Client, paper: Paper) -> str:
    return str(head.get(_at("paper", paper.pk)).context["seen"])


def test_the_clerk_sends_and_the_head_is_told(cast: Cast, clerk: Client) -> None:
    paper = drafted(cast)
    answer = clerk.post(_at("send", paper.pk), follow=True)
    assert "已送签" in _text(answer)
    letter = Message.objects.get(to_post=cast.post("township_leader"))
    assert (letter.title, letter.url) == ("限期到校通知书待签发", _at("queue"))
    assert "张" not in letter.title + letter.body


def test_the_head_reads_the_whole_text_and_signs_it(cast: Cast, head: Client) -> None:
    paper = sent(cast)
    page = head.get(_at("paper", paper.pk))
    assert "请于2025年9月22日前送张小明到校。" in _text(page)
    assert "草稿，未签发" in _text(page)
    answer = head.post(_at("sign", paper.pk), {"seen": page.context["seen"]}, follow=True)
    assert "已签发：东政限〔2025〕1号" in _text(answer)
    assert "草稿，未签发" not in _text(answer)


def test_a_text_that_changed_under_his_eyes_is_not_signed(
    cast: Cast, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sent(cast)
    seen = _seen(head, paper)
    acts.send_back(by(cast, "township_leader"), paper, "改期")
    clerk = by(cast, "township_officer")
    acts.revise(clerk, paper, VALUES | {"限期日": "2025年9月30日"})
    acts.send_to_sign(clerk, paper)
    answer = head.post(_at("sign", paper.pk), {"seen": seen}, follow=True)
    assert "请再看一遍" in _text(answer)
    paper.refresh_from_db()
    assert paper.number == ""


def test_what_was_read_is_ticked_and_signed_at_once(cast: Cast, head: Client) -> None:
    papers = [sent(cast) for _ in range(3)]
    first = {"seen": _seen(head, papers[0]), "look": "1"}
    answer = head.post(_at("sign", papers[0].pk), first)
    assert answer["Location"] == _at("paper", papers[1].pk)
    head.post(_at("sign", papers[1].pk), {"seen": _seen(head, papers[1]), "look": "1"})
    page = _text(head.get(_at("queue")))
    assert page.count("已阅看") == 2
    assert f'name="pk" value="{papers[2].pk}"' not in page
    keys = [paper.pk for paper in papers]
    asked = _text(head.post(_at("sign_many"), {"pk": keys}))
    assert "2份可办，1份因还没有阅看跳过。" in asked
    assert f'name="pks" value="{keys[0]},{keys[1]}"' in asked
    assert not Paper.objects.exclude(number="").exists()
    told = _text(head.post(_at("sign_many"), {"pk": keys, "confirm": "1"}, follow=True))
    assert "已签发2份：东政限〔2025〕1号、东政限〔2025〕2号。" in told
    assert "1份没有签发：请先看过全文再签发" in told


def test_the_clerk_takes_back_what_waits_and_mends_it(
    cast: Cast, clerk: Client, head: Client
) -> None:
    paper = sent(cast)
    seen = _seen(head, paper)
    assert "撤回送签" not in _text(clerk.get(_at("paper", signed(cast).pk)))
    answer = _text(clerk.post(_at("recall", paper.pk), follow=True))
    assert "已撤回送签。" in answer
    assert "送签</button>" in answer
    told = _text(head.post(_at("sign", paper.pk), {"seen": seen}, follow=True))
    assert "这份文书草稿，不能签发" in told
    assert "这份文书草稿，不能撤回送签" in _text(clerk.post(_at("recall", paper.pk), follow=True))


def test_the_clerk_finds_what_came_back(cast: Cast, clerk: Client, head: Client) -> None:
    paper = sent(cast)
    assert head.post(_at("act", paper.pk, "return"), {"reason": ""}).status_code == 422
    head.post(_at("act", paper.pk, "return"), {"reason": "学生姓名写错了"})
    letter = Message.objects.get(to_post=cast.post("township_officer"))
    assert letter.title == "限期到校通知书被退回，请修改后再送签"
    assert "已退回：学生姓名写错了" in _text(clerk.get(letter.url))
    assert "已退回" in _text(clerk.get(_at("ledger"), {"state": "returned"}))


def test_what_waits_stands_on_the_desk_of_who_does_it(
    cast: Cast, clerk: Client, head: Client
) -> None:
    assert "待签发的文书" not in _text(head.get("/"))
    paper = sent(cast)
    assert "待签发的文书" in _text(head.get("/"))
    assert "待签发的文书" not in _text(clerk.get("/"))
    acts.send_back(by(cast, "township_leader"), paper, "学生姓名写错了")
    assert "被退回的文书" in _text(clerk.get("/"))
    signed(cast)
    assert "待送达的文书" in _text(clerk.get("/"))


def test_what_is_typed_by_hand_is_changed_on_a_page(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = drafted(cast)
    assert "修改</a>" not in _text(clerk.get(_at("paper", paper.pk)))
    fields = tuple(
        type(one)(one.name, one.example, one.required, typed=one.name == "联系电话")
        for one in kind_with().fields
    )
    monkeypatch.setitem(KINDS, "note", kind_with(fields=fields))
    answer = clerk.post(_at("revise", paper.pk), {"f0": "0883-1234567"}, follow=True)
    assert "联系电话：0883-1234567" in _text(answer)
    assert "张小明" in _text(answer)


def test_a_receipt_is_entered_with_its_photo(cast: Cast, clerk: Client) -> None:
    paper = signed(cast)
    told = {
        "method": "direct",
        "day": "2025-09-12",
        "time": "09:30",
        "place": "东村五组",
        "first_server": "李干部",
        "second_server": "王老师",
        "received_by": "张父",
    }
    wrong = clerk.post(_at("serve", paper.pk), told | {"second_server": ""})
    assert wrong.status_code == 422
    assert "送达人要填两名" in _text(wrong)
    assert "请选择照片或 PDF" in _text(clerk.post(_at("serve", paper.pk), told))
    proof = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
    answer = clerk.post(_at("serve", paper.pk), told | {"proofs": [proof]}, follow=True)
    assert "已登记送达" in _text(answer)
    assert "李干部、王老师" in _text(answer)
    kept = paper.proofs.get()
    assert clerk.get(_at("proof", paper.pk, kept.pk))["Content-Type"] == "image/jpeg"
    corrected = told | {"place": "东村小学", "reason": "地点写错了"}
    clerk.post(_at("serve", paper.pk), corrected)
    assert [one.place for one in paper.services.all()] == ["东村小学", "东村五组"]


def test_a_signatory_nobody_knows_says_how_he_is_related(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "note", kind_with(receivers=lambda paper: ["张父", "李母"]))
    paper = signed(cast)
    told = {
        "method": "direct",
        "day": "2025-09-12",
        "time": "09:30",
        "place": "东村五组",
        "first_server": "李干部",
        "second_server": "王老师",
        "received_by": "王某",
    }
    page = _text(clerk.get(_at("serve", paper.pk)))
    assert '<option value="李母">李母</option>' in page

    def served(**said: str) -> Any:
        proof = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
        return clerk.post(_at("serve", paper.pk), told | said | {"proofs": [proof]})

    assert served().status_code == 422
    assert "“王某”不是登记的监护人" in _text(served(received_by="other", other="王某"))
    served(received_by="other", other="王某", relation="祖母")
    assert paper.services.get().relation == "祖母"


def test_the_clerk_may_not_void_and_the_head_may(cast: Cast, clerk: Client, head: Client) -> None:
    paper = signed(cast)
    assert clerk.post(_at("act", paper.pk, "void"), {"reason": "写错了"}).status_code == 403
    answer = head.post(_at("act", paper.pk, "void"), {"reason": "监护人写错了"}, follow=True)
    assert "已作废，文号保留" in _text(answer)


def test_papers_are_printed_in_order_and_each_print_is_on_record(cast: Cast, clerk: Client) -> None:
    papers = [signed(cast) for _ in range(2)]
    page = _text(clerk.post(_at("print"), {"pk": [one.pk for one in reversed(papers)]}))
    assert page.index("东政限〔2025〕1号") < page.index("东政限〔2025〕2号")
    assert [one.moves.filter(move="print").count() for one in papers] == [1, 1]


def test_a_reprint_of_the_pdf_has_the_same_bytes_after_the_text_has_changed(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, made = signed(cast), count(1)
    monkeypatch.setattr(keeping, "as_pdf", lambda sheets: f"%PDF-{next(made)}".encode())
    first = clerk.post(_at("pdf", paper.pk))
    monkeypatch.setitem(KINDS, "note", kind_with(words=replace(kind_with().words, title="另一")))
    assert first["Content-Type"] == "application/pdf"
    assert clerk.post(_at("pdf", paper.pk)).content == first.content == b"%PDF-1"


def test_the_document_for_wps_is_a_draft_and_after_the_signature_the_frozen_text(
    cast: Cast, clerk: Client, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sent(cast)
    assert "下载 WPS 文档" in _text(clerk.get(_at("paper", paper.pk)))
    assert "下载 WPS 文档" not in _text(
        client_of(cast.person("county_desk")).get(_at("paper", paper.pk))
    )
    assert "草稿，未签发" in _words_of(clerk.post(_at("document", paper.pk)))
    head.post(_at("sign", paper.pk), {"seen": _seen(head, paper)})
    monkeypatch.setitem(KINDS, "note", kind_with(words=replace(kind_with().words, title="另一")))
    words = _words_of(clerk.post(_at("document", paper.pk)))
    assert "东政限〔2025〕1号" in words
    assert "另一" not in words
    assert "草稿" not in words
    assert AuditEvent.objects.filter(verb="docx_paper").count() == 2
    assert paper.moves.filter(move="print").count() == 1


def _words_of(answer: Any) -> str:
    """The words of a DOCX, those printed across its pages, too."""
    with ZipFile(BytesIO(answer.content)) as book:
        return "".join(book.read(one).decode() for one in book.namelist() if "xml" in one)


def test_where_no_pdf_can_be_made_the_page_is_printed(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = signed(cast)
    monkeypatch.setattr(page_of_a_paper, "pdf_possible", lambda: "服务器没有中文字体")
    words = _text(clerk.get(_at("paper", paper.pk)))
    assert "下载 PDF" not in words
    assert "打印</button>" in words
