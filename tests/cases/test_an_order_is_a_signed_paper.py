"""限期复学通知书 on its pages: drafted, signed, served, and the week that follows."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Case, Order
from cases.policy import Act, Stage
from foundation import clock
from foundation.accounts.actions import Refused
from foundation.papers.models import Paper
from tests.cases.orders import drafted
from tests.cases.steps import a_case, at, deadline, do, due, reach, stage, sweep_on
from tests.cast import Cast, make_child
from tests.files.samples import photo
from tests.roster.pages import BACKEND

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 29)
SERVICE = {
    "method": "direct",
    "day": "2025-09-29",
    "time": "10:00",
    "place": "东村三组家中",
    "first_server": "township_officer甲",
    "second_server": "李干部",
    "name": "",
    "relation": "",
}


@pytest.fixture
def case(cast: Cast, standing: Callable[[], Case]) -> Case:
    return standing()


@pytest.fixture(scope="module")
def standing(beside_cast: Callable[..., Callable[[], Case]]) -> Callable[[], Case]:
    return beside_cast(_talked)


def _talked(cast: Cast) -> Case:
    """At the township, with enough attempts for an order."""
    child = make_child(cast.here, guardians=({"name": "张父", "relation": "父亲"},))
    case = a_case(cast, child)
    reach(cast, case, "D4")
    for day in (25, 26, 28):
        talked = date(2025, 9, day)
        do(cast, case, Act.CONTACT, "township_officer", talked, method="visit")
    return case


@pytest.fixture
def on(monkeypatch):
    """``on(day)``: from now on it is ten o'clock of that day."""

    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day, 10))

    move(DAY)
    return move


class Desk:
    """What clerk and head of the township, and others, do on the pages of the order."""

    def __init__(self, cast: Cast, case: Case) -> None:
        self.cast, self.case = cast, case
        self.page = reverse("case_order", args=[case.number])

    def client(self, role: str, there: bool = False) -> Client:
        client = Client()
        client.force_login(self.cast.person(role, there), BACKEND)
        return client

    def read(self, url: str, role: str = "township_officer", status: int = 200) -> str:
        response = self.client(role).get(url)
        assert response.status_code == status
        return response.content.decode()

    def write(self, what: str, status: int = 302, **typed: str) -> str:
        """The clerk saves or sends what the form offers, with some of it typed anew."""
        form = self.client("township_officer").get(self.page).context["form"]
        known = {name: str(form.initial.get(name, "")) for name in form.fields} if form else {}
        sent = {**known, "联系电话": "0883-1234567", **typed, "do": what}
        response = self.client("township_officer").post(self.page, sent)
        assert response.status_code == status, response.content.decode()
        return response.content.decode()

    @property
    def paper(self) -> Paper:
        newest: Paper = Paper.objects.about("case", self.case.pk)[0]
        return newest

    @property
    def own(self) -> str:
        return reverse("papers:paper", args=[self.paper.pk])

    def sign(self, role: str = "township_leader", there: bool = False) -> int:
        """Reads the whole text and signs it; returns how the page answered."""
        head = self.client(role, there)
        shown = head.get(self.own)
        seen = shown.context["seen"] if shown.status_code == 200 else ""
        return head.post(f"{self.own}sign/", {"seen": seen}).status_code

    def void(self, reason: str = "监护人姓名写错", role: str = "township_leader") -> str:
        response = self.client(role).post(f"{self.own}void/", {"reason": reason})
        return response.content.decode()

    def serve(self, status: int = 302, to: str = "father", **said: str) -> str:
        url = reverse("serve_order", args=[self.case.number])
        response = self.client("township_officer").post(url, self._told(to, said))
        assert response.status_code == status, response.content.decode()
        return response.content.decode()

    def correct(self, status: int = 302, to: str = "father", **said: str) -> str:
        url = reverse("correct_order", args=[self.case.number, self.paper.pk])
        response = self.client("township_officer").post(url, self._told(to, said))
        assert response.status_code == status, response.content.decode()
        return response.content.decode()

    def _told(self, to: str, said: dict[str, str]) -> dict[str, object]:
        father = self.case.child.guardians.get().pk
        receipt = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
        who = str(father) if to == "father" else to
        return {**SERVICE, "signatory": who, "proofs": receipt, **said}

    def signed(self) -> "Desk":
        self.write("send")
        assert self.sign() == 302
        return self


@pytest.fixture
def desk(cast: Cast, case: Case, on) -> Desk:
    return Desk(cast, case)


def test_the_clerk_drafts_the_head_signs_and_the_week_runs_from_the_service(desk, on) -> None:
    told = desk.read(reverse("case", args=[desk.case.number]))
    assert "起草限期复学通知书" in told
    assert "已在不同日期劝返3次，其中当面3次；规定至少3次、当面至少2次。" in told
    desk.write("save")
    drafted = desk.read(desk.page)
    assert "你的子张小明（2012年5月出生），系东镇中学八年级2班学生" in drafted
    assert "3次劝返" in drafted
    assert "自收到本通知书之日起7日内送张小明到东镇中学复学" in drafted
    assert "自收到之日起60日内向区划530999人民政府申请行政复议" in drafted
    assert "或者6个月内向区划530999人民法院提起行政诉讼" in drafted
    assert "请填写联系电话" in desk.write("send", 422, 联系电话="")
    desk.write("send", 监护人身份号码="530999198001010018")
    shown = desk.read(desk.own, "township_leader")
    assert "张父（公民身份号码：530999198001010018）：" in shown
    assert "等乡镇领导签发" in desk.read(reverse("case", args=[desk.case.number]))
    assert desk.sign() == 302
    assert desk.paper.number == "东政教限〔2025〕1号"
    shown = desk.read(reverse("case", args=[desk.case.number]))
    assert "登记限期复学通知书送达" in shown
    assert stage(desk.case) == Stage.D4  # the week waits for the service
    desk.serve()
    assert stage(desk.case) == Stage.D5
    order = Order.objects.get(case=desk.case)
    assert (order.paper_no, order.received_by) == (desk.paper.number, "张父（父亲）")
    assert due(desk.case, "await_return") == order.due_on == date(2025, 10, 9)
    shown = desk.read(reverse("case", args=[desk.case.number]))
    assert "9月29日送达，限期至 10月9日" in shown
    week = deadline(desk.case, "await_return")
    why = desk.read(reverse("why", args=[desk.case.number, week.pk]))
    assert "限期复学通知书 东政教限〔2025〕1号 于9月29日 周一送达" in why
    for last in (date(2025, 10, 8), date(2025, 10, 9)):
        sweep_on(last)
        assert stage(desk.case) == Stage.D5
    sweep_on(date(2025, 10, 10))
    assert stage(desk.case) == Stage.D6


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("监护人姓名", "隔壁老王", "“隔壁老王”不是登记的监护人"),
        ("监护人身份号码", "530999198001010011", "第18位校验不符"),
        ("监护人住址", "不详", "“不详”没有说明情况"),
        ("子女", "侄子", "请选择子、女或者被监护人。"),
        ("学校", "。。。", "没有说明情况"),
        ("离校日期", "上个月", "请照这个样子填写日期：2025年9月25日。"),
        ("离校日期", "2026年9月11日", "离校日期不能晚于今天"),
        ("离校日期", "2023年9月11日", "请核对年份"),
        ("出生年月", "1990年1月", "学籍记录是2012年5月，两者不符"),
        ("联系人", "无", "“无”没有说明情况"),
        ("联系电话", "找我", "请填写电话号码"),
        ("复议机关", "", "请填写复议机关。"),
    ],
)
def test_what_says_nothing_is_asked_for_again(desk, name, typed, words) -> None:
    told = desk.write("save", 422, **{name: typed})
    assert words in told
    assert not Paper.objects.exists()


def test_the_review_and_the_court_are_those_of_the_county_s_own_place(desk) -> None:
    desk.write("send", 复议机关="乙市人民政府", 受诉法院="乙市铁路运输法院")
    shown = desk.read(desk.own, "township_leader")
    assert "向乙市人民政府申请行政复议" in shown
    assert "向乙市铁路运输法院提起行政诉讼" in shown


def test_a_paper_sent_before_its_text_asked_for_more_is_not_signed_with_a_gap(desk) -> None:
    desk.write("send")
    paper = desk.paper
    paper.values = {**paper.values, "复议机关": ""}
    paper.save()
    head = desk.client("township_leader")
    seen = {"seen": head.get(desk.own).context["seen"]}
    told = head.post(f"{desk.own}sign/", seen, follow=True).content.decode()
    assert "还缺少：复议机关。请退回拟稿人补齐。" in told
    assert desk.paper.number == ""


def test_the_page_of_the_paper_leads_to_the_case_s_form_of_service(desk) -> None:
    """There the guardians stand as a choice and the receipt's photo is asked for."""
    url = reverse("papers:serve", args=[desk.signed().paper.pk])
    own = reverse("serve_order", args=[desk.case.number])
    clerk = desk.client("township_officer")
    assert clerk.get(url)["Location"] == own
    assert clerk.post(url, {**SERVICE, "received_by": "张父"})["Location"] == own
    assert stage(desk.case) == Stage.D4
    desk.serve()
    again = reverse("correct_order", args=[desk.case.number, desk.paper.pk])
    assert clerk.get(url)["Location"] == again


def test_nothing_is_served_before_it_is_signed(desk) -> None:
    url = reverse("serve_order", args=[desk.case.number])
    assert desk.client("township_officer").get(url)["Location"] == desk.page
    desk.write("send")
    desk.serve(302)
    assert stage(desk.case) == Stage.D4
    assert not Order.objects.exists()


def test_the_clerk_and_the_next_township_s_head_do_not_sign(desk) -> None:
    desk.write("send")
    assert desk.sign("township_officer") == 403
    assert desk.sign("township_leader", there=True) == 404
    assert desk.paper.number == ""


def test_a_second_order_is_refused_while_one_is_under_way(cast, desk) -> None:
    desk.signed()
    assert desk.client("township_officer").get(desk.page)["Location"] == desk.own
    with pytest.raises(Refused, match="已经有一份限期复学通知书在办"):
        drafted(cast, desk.case, DAY)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("to", "said", "words"),
    [
        ("", {}, "请选择签收人"),
        ("other", {"name": "祖母"}, "由别人代收的请写明代收人与受送达人的关系"),
        ("other", {"name": "祖母", "relation": "祖母"}, "不写称呼"),
        ("other", {"relation": "同住的祖母"}, "由别人代收的请写明代收人姓名"),
        ("999999", {}, "签收人"),
        ("", {"method": "left", "witness": "李某某"}, "留置送达的请写明拒收情况"),
        ("", {"method": "left", "refusal": "父亲不肯签"}, "留置送达的请写明见证人"),
        ("", {"method": "left", "refusal": "父亲不肯签", "witness": "无见证人"}, "写明见证人"),
        ("", {"method": "left", "refusal": "父亲不肯签", "witness": "不详"}, "写明见证人"),
        ("", {"method": "left", "refusal": "父亲不肯签", "witness": "张"}, "写明见证人"),
        ("father", {"second_server": "township_officer甲"}, "两名送达人不能是同一个人"),
        ("father", {"day": "2025-09-30"}, "送达时间不能晚于现在"),
        ("father", {"day": "2025-09-28"}, "送达不能早于签发（2025年9月29日 10:00）"),
        ("father", {"time": "09:59"}, "送达不能早于签发（2025年9月29日 10:00）"),
    ],
)
def test_a_service_that_cannot_be_is_refused_in_words(desk, to, said, words) -> None:
    desk.signed()
    assert words in desk.serve(422, to, **said)
    assert stage(desk.case) == Stage.D4


def test_a_scan_that_is_no_picture_is_refused(desk) -> None:
    desk.signed()
    told = desk.serve(422, proofs=SimpleUploadedFile("回证.jpg", b"no picture"))
    assert "errors" in told
    assert not Order.objects.exists()


def test_a_refused_order_is_left_with_a_witness(desk) -> None:
    desk.signed()
    desk.serve(to="", method="left", refusal="父亲在家不肯签", witness="李某某，村委会委员")
    assert Order.objects.get().received_by == "留置送达，见证人李某某，村委会委员"


def test_a_void_order_takes_the_case_back_to_what_was_owed_before(desk, on) -> None:
    before = deadline(desk.case, "serve_order").due_on
    desk.signed().serve()
    on(date(2025, 10, 10))
    sweep_on(date(2025, 10, 10))
    assert stage(desk.case) == Stage.D6
    assert "请填写原因" in desk.void("")
    desk.void()
    assert stage(desk.case) == Stage.D4
    row = deadline(desk.case, "serve_order")
    assert (row.due_on, row.is_open) == (before, True)
    assert not desk.case.deadlines.owed().filter(code__in=["await_return", "review"]).exists()
    shown = desk.read(reverse("case", args=[desk.case.number]))
    assert "作废限期复学通知书 东政教限〔2025〕1号" in shown
    assert "监护人姓名写错" in shown
    assert "起草限期复学通知书" in shown
    assert desk.serve(302) == ""  # a void number is not served
    assert Order.objects.filter(ended_on=None).count() == 0


def test_the_service_of_a_void_order_is_neither_offered_nor_opened_for_correction(desk) -> None:
    desk.signed().serve()
    own = reverse("correct_order", args=[desk.case.number, desk.paper.pk])
    case_page, clerk = reverse("case", args=[desk.case.number]), desk.client("township_officer")
    assert own in desk.read(case_page)
    assert "更正送达" in desk.read(desk.own)
    desk.void()
    assert own not in desk.read(case_page)
    assert "更正送达" not in desk.read(desk.own)
    for url in (own, reverse("papers:serve", args=[desk.paper.pk])):
        answer = clerk.get(url, follow=True)
        assert answer.redirect_chain[-1][0] == desk.own
        assert "这份文书已作废，不能更正送达" in answer.content.decode()
    desk.correct(422, reason="签收人写错", to="other", name="张某某", relation="叔叔")


def test_a_corrected_service_moves_the_week_with_it(desk, on) -> None:
    on(date(2025, 10, 13))
    desk.signed()
    on(date(2025, 10, 14))
    desk.serve(day="2025-10-14")
    assert due(desk.case, "await_return") == date(2025, 10, 21)
    assert "请填写更正的原因" in desk.correct(422, day="2025-10-13")
    desk.correct(day="2025-10-13", reason="日期录错，以送达回证为准")
    assert due(desk.case, "await_return") == date(2025, 10, 20)
    order = Order.objects.get(ended_on=None)
    assert (order.served_on, order.due_on) == (date(2025, 10, 13), date(2025, 10, 20))
    shown = desk.read(reverse("case", args=[desk.case.number]))
    assert "送达日期：10月14日，改为10月13日" in shown
    sweep_on(date(2025, 10, 20))
    assert stage(desk.case) == Stage.D5
    sweep_on(date(2025, 10, 21))
    assert stage(desk.case) == Stage.D6


def test_a_corrected_order_is_voided_as_a_whole(desk, on) -> None:
    on(date(2025, 10, 14))
    desk.signed().serve(day="2025-10-14")
    desk.correct(day="2025-10-14", reason="签收人写错", to="other", name="张某某", relation="叔叔")
    desk.void()
    assert stage(desk.case) == Stage.D4
    assert deadline(desk.case, "serve_order").is_open


def test_a_head_sends_back_with_a_reason_and_the_clerk_mends_it(desk) -> None:
    desk.write("send")
    url, head = f"{desk.own}return/", desk.client("township_leader")
    assert "请填写原因" in head.post(url, {"reason": ""}).content.decode()
    head.post(url, {"reason": "离校日期不对"})
    case_page = reverse("case", args=[desk.case.number])
    assert "通知书被退回：离校日期不对" in desk.read(case_page)
    desk.write("send", 离校日期="2025年9月11日")
    assert desk.sign() == 302


def test_an_order_of_before_papers_stays_readable(cast, desk) -> None:
    event = do(cast, desk.case, Act.CONTACT, "township_officer", DAY).events.latest("pk")
    Order.objects.create(
        case=desk.case,
        event=event,
        paper_no="东政教限〔2024〕9号",
        served_on=DAY,
        method="proxy",
        received_by="张母",
        due_on=DAY,
    )
    shown = desk.read(reverse("case", args=[desk.case.number]))
    assert "东政教限〔2024〕9号" in shown
    assert "签收人：张母" in shown


def test_too_few_attempts_are_told_and_nothing_is_drafted(cast, on) -> None:
    other = a_case(cast, make_child(cast.here, "李小红"))
    reach(cast, other, "D4")
    desk = Desk(cast, other)
    assert "现有0次、当面0次。请先记录劝返。" in desk.read(desk.page)
    typed = {"监护人姓名": "李父", "子女": "女", "学生姓名": "李小红", "学校": "东镇中学"}
    told = desk.write("save", 422, 离校日期="2025年9月11日", 出生年月="2012年5月", **typed)
    assert "现有0次" in told
    assert not Paper.objects.exists()
