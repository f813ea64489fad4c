"""A child is said to attend a school elsewhere: the school writes there, and enters what it is
answered. Without the answer nothing is confirmed; an answer that denies it stays in sight (T16)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from cases.papers.index import materials_of
from cases.policy import Act, NotAllowed
from foundation.messaging.models import Message
from foundation.papers.models import Reply, ReplyProof
from tests.browsing import client_of, page
from tests.case_papers.conftest import DAY
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do, reach
from tests.cast import Cast
from tests.files.samples import photo

LATER = DAY + timedelta(days=6)
TYPED = {
    "收函学校": "西城区实验小学",
    "收函学校地址": "文化路8号",
    "联系电话": "0883-1234567",
    "回函地址": "东镇人民路1号，东镇中学",
}
THERE = {
    "answer": "there",
    "day": LATER.isoformat(),
    "by": "西城区实验小学教务处李老师",
    "seat": "五年级2班",
}
UNKNOWN = THERE | {"answer": "unknown", "seat": ""}


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    return PaperDesk(cast, case, "verification", "registrar", "head_teacher")


@pytest.fixture
def asked(desk: PaperDesk, on: Any) -> PaperDesk:
    """The letter was signed and sent; six days have passed."""
    desk.signed(**TYPED)
    on(LATER)
    return desk


def _post(desk: PaperDesk, sent: dict[str, Any], role: str = "registrar", **more: Any) -> Any:
    client = client_of(desk.cast.person(role, more.pop("there", False)))
    return client.post(desk.at("reply"), sent | more)


def _entered(desk: PaperDesk, sent: dict[str, Any], **more: Any) -> str:
    answer = _post(desk, sent, **more)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return desk.read()


def _refused(desk: PaperDesk, **more: Any) -> str:
    before = Reply.objects.count()
    words = page(_post(desk, THERE | more), 422)
    assert Reply.objects.count() == before
    return words


def test_the_letter_is_drafted_signed_numbered_and_printed_in_its_parts(desk: PaperDesk) -> None:
    assert "外地就读核实函" in desk.menu()
    desk.write()
    assert "还缺少：收函学校、联系电话、回函地址" in desk.send()
    assert desk.revise(**TYPED).status_code == 302
    desk.send()
    assert "已签发：东镇中学核〔2025〕1号" in desk.sign()
    printed = desk.printed()
    for words in ("西城区实验小学：", "张小明", "据家长反映，该生现在贵校就读", "文化路8号"):
        assert words in printed
    assert printed.count("东镇中学核〔2025〕1号") >= 3
    for part in ("（存根）", "学生就读情况回函（在读证明）", "□在读　□不在读　□查无此人"):
        assert part in printed


def test_township_and_county_may_write_it_too_each_under_its_own_number(
    cast: Cast, case: Case, on: Any
) -> None:
    early = PaperDesk(cast, case, "verification", "township_officer", "township_leader")
    assert "外地就读核实函" not in early.menu()  # it lies with school and village still
    on(reach(cast, case, "D4"))
    for drafter, signer, number in (
        ("township_officer", "township_leader", "东政核〔2025〕1号"),
        ("county_desk", "bureau_leader", "核〔2025〕1号"),
    ):
        own = PaperDesk(cast, case, "verification", drafter, signer)
        own.signed(**TYPED)
        assert own.paper.number.endswith(number)


def test_a_letter_without_a_reply_waits_in_sight(asked: PaperDesk) -> None:
    assert "未回函，发出6天" in asked.read()
    assert "未回函，发出6天" in asked.case_page()
    assert asked.at("reply") in asked.case_page()
    clerk = client_of(asked.cast.person("registrar"))
    ledger = page(clerk.get(reverse("papers:ledger"), {"state": "unanswered"}))
    assert "未回函，发出6天" in ledger
    assert asked.paper.number in ledger
    assert "未回函的函件" in page(clerk.get("/"))


def test_a_reply_is_entered_with_its_scan_and_ends_the_wait(asked: PaperDesk) -> None:
    scan = SimpleUploadedFile("在读证明.jpg", photo(), "image/jpeg")
    text = _entered(asked, THERE, proofs=[scan])
    for words in ("在读", "西城区实验小学教务处李老师", "五年级2班", "在读证明.jpg"):
        assert words in text
    assert "未回函" not in text
    kept = ReplyProof.objects.get()
    client = client_of(asked.cast.person("registrar"))
    shown = client.get(asked.at("reply_proof", kept.pk))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    case_page = asked.case_page()
    assert "回函确认学生在读，可以按“转学（外地就读已核实）”申请销号" in case_page
    assert "外地就读核实函：登记回函" in case_page
    ledger = page(client.get(reverse("papers:ledger"), {"state": "unanswered"}))
    assert asked.paper.number not in ledger
    assert "回函：在读" in page(client.get(reverse("papers:ledger")))
    assert "未回函的函件" not in page(client.get("/"))


def test_the_file_of_the_case_has_letter_and_reply(asked: PaperDesk) -> None:
    scan = SimpleUploadedFile("在读证明.jpg", photo(), "image/jpeg")
    _entered(asked, THERE, proofs=[scan])
    [reply] = [one for one in materials_of(asked.case) if one.title == "回函"]
    assert (reply.day, reply.pieces, reply.note) == (LATER, 1, "在读")


def test_a_child_nobody_knows_there_is_told_and_cannot_be_closed_as_confirmed(
    asked: PaperDesk,
) -> None:
    _entered(asked, UNKNOWN)
    words = "东镇中学核〔2025〕1号的回函是“查无此人”"
    for role in ("registrar", "township_officer", "county_desk"):
        assert words in asked.case_page(role)
    told = Message.objects.filter(title="外地就读核实函的回函：查无此人")
    assert told.count() == 3
    with pytest.raises(NotAllowed, match="不能按“转学（外地就读已核实）”销号"):
        do(asked.cast, asked.case, Act.REQUEST_CLOSURE, "registrar", LATER, outcome="C02")
    form = page(
        client_of(asked.cast.person("registrar")).get(
            reverse("act", args=[asked.case.number, "request_closure"])
        )
    )
    assert words in form
    assert "转学（外地就读已核实）</option>" not in form


def test_a_denial_after_the_request_stops_township_and_county(asked: PaperDesk) -> None:
    do(asked.cast, asked.case, Act.REQUEST_CLOSURE, "registrar", LATER, outcome="C02")
    _entered(asked, UNKNOWN)
    with pytest.raises(NotAllowed, match="查无此人"):
        do(asked.cast, asked.case, Act.CONFIRM_CLOSURE, "township_officer", LATER)
    mended = THERE | {"reason": "登记时选错了"}
    _entered(asked, mended)
    do(asked.cast, asked.case, Act.CONFIRM_CLOSURE, "township_officer", LATER)
    _entered(asked, UNKNOWN | {"reason": "对方来电更正"})
    with pytest.raises(NotAllowed, match="查无此人"):
        do(asked.cast, asked.case, Act.APPROVE_CLOSURE, "county_desk", LATER)


def test_the_school_that_confirms_outweighs_one_that_was_asked_before(
    asked: PaperDesk, on: Any
) -> None:
    _entered(asked, UNKNOWN)
    asked.signed(**TYPED | {"收函学校": "南城区第二小学"})
    assert asked.paper.number == "东镇中学核〔2025〕2号"
    _entered(asked, THERE)
    assert "查无此人”" not in asked.case_page()
    do(asked.cast, asked.case, Act.REQUEST_CLOSURE, "registrar", LATER, outcome="C02")


def test_a_reply_is_corrected_with_a_reason_and_both_stay(asked: PaperDesk) -> None:
    _entered(asked, UNKNOWN)
    assert "请填写原因" in _refused(asked)
    text = _entered(asked, THERE | {"reason": "看错了回函"})
    assert "已更正或撤回</span> 查无此人" in text
    assert "看错了回函" in text
    assert [one.answer for one in Reply.objects.order_by("pk")] == ["unknown", "there"]
    assert "回函是“查无此人”" not in asked.case_page()


def test_a_reply_to_another_letter_is_taken_back(asked: PaperDesk) -> None:
    _entered(asked, UNKNOWN)
    client = client_of(asked.cast.person("registrar"))
    page(client.post(asked.at("act", "unreply"), {"reason": ""}), 422)
    client.post(asked.at("act", "unreply"), {"reason": "是另一份函的回函"})
    text = asked.read()
    assert "未回函，发出6天" in text
    assert "已更正或撤回</span> 查无此人" in text
    assert "回函是“查无此人”" not in asked.case_page()
    again = client.post(asked.at("act", "unreply"), {"reason": "再按一次"})
    assert "没有登记回函，不用撤回" in page(again, 422)
    _entered(asked, THERE)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"day": (LATER + timedelta(days=1)).isoformat()}, "回函日期不能晚于今天"),
        ({"day": (DAY - timedelta(days=1)).isoformat()}, "不能早于函件签发（2025年9月19日）"),
        ({"day": ""}, "请填写回函日期"),
        ({"answer": ""}, "请选择回函内容"),
        ({"answer": "maybe"}, "请选择回函内容"),
        ({"by": "  "}, "请填写回函人"),
        ({"answer": "not_there"}, "回函是“不在读”，不填年级班级"),
        (
            {"proofs": [SimpleUploadedFile("回函.jpg", b"no picture", "image/jpeg")]},
            "只收照片",
        ),
    ],
)
def test_what_cannot_be_a_reply_is_refused_in_words(
    asked: PaperDesk, said: dict[str, Any], words: str
) -> None:
    text = _refused(asked, **said)
    assert words in text
    if "by" not in said:
        assert "教务处李老师" in text  # what was typed stays


@pytest.mark.parametrize("day", [DAY, LATER])
def test_the_first_and_the_last_possible_day_are_taken(asked: PaperDesk, day: date) -> None:
    _entered(asked, THERE | {"day": day.isoformat()})
    asked.paper.refresh_from_db()
    assert asked.paper.replied_on == day


def test_there_is_no_reply_before_the_signature(desk: PaperDesk, on: Any) -> None:
    desk.write()
    on(LATER)
    assert "这份文书草稿，不能登记回函" in _refused(desk)
    desk.revise(**TYPED)
    desk.send()
    assert "这份文书待签发，不能登记回函" in _refused(desk)
    assert "登记回函</a>" not in desk.read()
    opened = client_of(desk.cast.person("registrar")).get(desk.at("reply"), follow=True)
    assert "不能登记回函" in page(opened)
    assert opened.redirect_chain == [(desk.at("paper"), 302)]


def test_a_void_letter_takes_no_reply_and_confirms_nothing(asked: PaperDesk) -> None:
    _entered(asked, UNKNOWN)
    head = client_of(asked.cast.person("head_teacher"))
    head.post(asked.at("act", "void"), {"reason": "校名写错"})
    assert "这份文书已作废，不能" in _refused(asked, reason="再登记")
    assert "回函是“查无此人”" not in asked.case_page()
    do(asked.cast, asked.case, Act.REQUEST_CLOSURE, "registrar", LATER, outcome="C02")


def test_who_may_not_enter_a_reply_is_sent_away(asked: PaperDesk) -> None:
    assert _post(asked, THERE, "county_desk").status_code == 403
    assert _post(asked, THERE, "township_officer").status_code == 404
    assert _post(asked, THERE, "registrar", there=True).status_code == 404
    assert not Reply.objects.exists()


def test_of_two_who_enter_it_the_second_corrects_with_a_reason(asked: PaperDesk) -> None:
    _entered(asked, THERE)
    assert "请填写原因" in _refused(asked)


def test_other_papers_have_no_page_of_a_reply(desk: PaperDesk) -> None:
    other = PaperDesk(desk.cast, desk.case, "urging", "registrar", "head_teacher")
    other.write()
    assert client_of(desk.cast.person("registrar")).get(other.at("reply")).status_code == 404
