"""Hundreds of papers of one kind are drawn up at once, read as a list, and signed in one job."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.messaging.models import Message
from foundation.papers import acts
from foundation.papers.acts import batches
from foundation.papers.acts.batches import Drawn, draw_up
from foundation.papers.acts.handing import correct_handing, hand_out
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, PaperBatch, PaperMove
from foundation.papers.rules.merging import OnOne
from foundation.papers.rules.states import PaperState
from reporting.desk.papers import papers_owed
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, NOTE, VALUES, by

NOW = datetime.combine(DAY, time(10), CHINA)
LETTER = replace(
    NOTE,
    code="letter",
    title="入学告知书",
    series="告知",
    pattern="{place}{series}〔{year}〕第{seq}号",
    drafters=NOTE.drafters | {"registrar"},
    stub=(),
    on_one=OnOne("存根\n学生：{学生姓名}", "回执\n{文号}已收到。"),
    listed=("学生姓名", "限期日"),
)


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "letter", LETTER)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(jobs, "poke", lambda job: True)
    monkeypatch.setattr(jobs, "progress", lambda *told: None)


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("township_leader"))


def listed(cast: Cast, count: int = 3, role: str = "township_officer") -> PaperBatch:
    """A list of so many that our school hands out."""
    rows = [
        Drawn(acts.About("case", str(n)), VALUES | {"学生姓名": f"学生{n}"}, cast.here.school.pk)
        for n in range(1, count + 1)
    ]
    return draw_up(by(cast, role), "letter", cast.here.township, "2025年告知书", rows)


def address(batch: PaperBatch, name: str = "batch", *more: str) -> str:
    return reverse(f"papers:{name}", args=[batch.pk, *more])


def seen(head: Client, batch: PaperBatch) -> str:
    """The fingerprint that stands on the page of the list."""
    return str(head.get(address(batch)).context["seen"])


def press(head: Client, batch: PaperBatch) -> Job:
    """The signer reads the list and presses."""
    answer = head.post(address(batch, "sign_batch"), {"seen": seen(head, batch)})
    assert answer.status_code == 302
    return Job.objects.latest("pk")


def work(job: Job) -> None:
    jobs.run(job.pk, lambda job: batches.sign_batch(job, clock.now()))
    job.refresh_from_db()


def numbers(batch: PaperBatch) -> list[str]:
    return list(batch.papers.order_by("pk").values_list("number", flat=True))


def test_the_queue_and_the_desk_show_a_list_as_one_thing(cast: Cast, head: Client) -> None:
    listed(cast, 312)
    words = head.get(reverse("papers:queue")).content.decode()
    assert "2025年告知书 312份" in words
    assert words.count("2025年告知书") == 1
    assert "学生1" not in words
    owed = {label: words for label, _, words, _ in papers_owed(by(cast, "township_leader").viewer)}
    assert owed["待签发的文书"] == "1 份"
    assert Message.objects.filter(title__contains="2025年告知书").count() == 1


def test_a_list_is_drawn_up_with_as_many_questions_as_a_short_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        listed(cast, 200)
    assert Paper.objects.filter(state=PaperState.WAITING).count() == 200


def test_the_signer_sees_what_each_says_and_turns_the_sheets(cast: Cast, head: Client) -> None:
    batch = listed(cast)
    words = head.get(address(batch)).content.decode()
    assert all(f"学生{n}" in words for n in (1, 2, 3))
    assert "签发 3 份" in words
    second = head.get(f"{address(batch)}?n=2").content.decode()
    assert "第2份，共3份" in second
    assert "请于2025年9月22日前送学生2到校" in second
    assert "学生1" not in second
    assert 'href="?n=3"' in second


def test_one_press_numbers_all_in_the_order_of_the_list(cast: Cast, head: Client) -> None:
    batch = listed(cast, 12)
    job = press(head, batch)
    assert numbers(batch) == [""] * 12  # the job does it
    work(job)
    assert job.result_url == address(batch)
    assert numbers(batch) == [f"东告知〔2025〕第{n}号" for n in range(1, 13)]
    assert all(one.text_hash and one.token and one.text for one in batch.papers.all())
    assert "打印已签发的" in head.get(job.result_url).content.decode()


def test_numbers_go_on_after_those_given_one_by_one(cast: Cast, head: Client) -> None:
    first = listed(cast, 1)
    work(press(head, first))
    second = listed(cast, 2)
    work(press(head, second))
    assert numbers(second) == ["东告知〔2025〕第2号", "东告知〔2025〕第3号"]


def test_nothing_is_signed_that_was_not_shown(cast: Cast, head: Client) -> None:
    batch = listed(cast)
    before = seen(head, batch)
    paper = batch.papers.latest("pk")
    paper.values = paper.values | {"限期日": "2025年10月1日"}
    paper.save()
    head.post(address(batch, "sign_batch"), {"seen": before})
    head.post(address(batch, "sign_batch"), {})
    assert not Job.objects.exists()
    assert numbers(batch) == ["", "", ""]


def test_what_changed_after_the_press_is_left_out_with_its_reason(cast: Cast, head: Client) -> None:
    batch = listed(cast)
    job = press(head, batch)
    paper = batch.papers.order_by("pk")[1]
    paper.values = paper.values | {"限期日": "2025年10月1日"}
    paper.save()
    work(job)
    assert numbers(batch) == ["东告知〔2025〕第1号", "", "东告知〔2025〕第2号"]
    words = head.get(address(batch)).content.decode()
    assert "1份没有签发" in words
    assert "签发 1 份" in words


def test_a_list_is_signed_once_however_often_one_presses(cast: Cast, head: Client) -> None:
    batch = listed(cast)
    fingerprint = seen(head, batch)
    for _ in range(2):
        head.post(address(batch, "sign_batch"), {"seen": fingerprint})
    (job,) = Job.objects.all()
    work(job)
    work(job)
    assert numbers(batch) == [f"东告知〔2025〕第{n}号" for n in (1, 2, 3)]


def test_a_worker_that_dies_leaves_no_number_and_the_next_one_signs_all(
    cast: Cast, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = listed(cast)
    job = press(head, batch)
    with monkeypatch.context() as patch:
        patch.setattr(batches, "sign", _dies_at_the_third())
        with pytest.raises(MemoryError):
            work(job)
    assert numbers(batch) == ["", "", ""]
    job.refresh_from_db()
    assert jobs.retry(job)
    work(job)
    assert numbers(batch) == [f"东告知〔2025〕第{n}号" for n in (1, 2, 3)]


def _dies_at_the_third() -> Any:
    left: Iterator[bool] = iter((False, False, True))

    def sign(doer: Any, paper: Paper) -> Paper:
        if next(left):
            raise MemoryError
        return acts.sign(doer, paper)

    return sign


def test_a_list_goes_back_as_one_and_is_given_up_as_one(cast: Cast, head: Client) -> None:
    batch = listed(cast)
    head.post(address(batch, "batch_act", "return"), {"reason": "学校名称有误"})
    assert set(batch.papers.values_list("state", flat=True)) == {"returned"}
    told = Message.objects.filter(to_post=cast.post("township_officer"), title__contains="被退回")
    assert told.count() == 1
    clerk = client_of(cast.person("township_officer"))
    clerk.post(address(batch, "batch_act", "drop"), {"reason": "学校名称有误，重新拟稿"})
    assert set(batch.papers.values_list("state", flat=True)) == {"dropped"}
    assert PaperMove.objects.filter(move="drop").count() == 3


def test_what_waits_is_given_up_by_who_drew_it_up_and_not_after_the_signature(
    cast: Cast, head: Client
) -> None:
    batch = listed(cast)
    clerk = client_of(cast.person("township_officer"))
    asked = address(batch, "batch_act", "drop")
    assert clerk.post(asked, {"reason": ""}).status_code == 422
    work(press(head, batch))
    assert clerk.post(asked, {"reason": "名单有误"}).status_code == 422
    assert set(batch.papers.values_list("state", flat=True)) == {"signed"}


def test_the_school_drafts_and_hands_out_what_the_township_signs(cast: Cast, head: Client) -> None:
    batch = listed(cast, role="registrar")
    work(press(head, batch))
    school = client_of(cast.person("registrar"))
    assert "东告知〔2025〕第1号" in school.get(reverse("papers:ledger")).content.decode()
    paper = batch.papers.earliest("pk")
    assert school.get(reverse("papers:paper", args=[paper.pk])).status_code == 200
    papers = list(batch.papers.all())
    took = {one.pk: "张父" for one in papers}
    assert hand_out(by(cast, "registrar"), papers, DAY, took) == 3
    assert set(batch.papers.values_list("served_on", flat=True)) == {DAY}


def test_another_school_and_another_township_know_nothing_of_it(cast: Cast) -> None:
    batch = listed(cast)
    for role in ("registrar", "township_leader"):
        stranger = client_of(cast.person(role, there=True))
        assert stranger.get(address(batch)).status_code == 404
    row = Drawn(acts.About("case", "1"), VALUES, cast.there.school.pk)
    with pytest.raises(PermissionDenied):
        draw_up(by(cast, "registrar"), "letter", cast.there.township, "告知书", [row])


def test_a_school_gives_up_no_paper_of_another_school(cast: Cast) -> None:
    desks = (cast.here.school.pk, cast.there.school.pk)
    rows = [Drawn(acts.About("case", str(n)), VALUES, desk) for n, desk in enumerate(desks)]
    clerk = by(cast, "township_officer")
    batch = draw_up(clerk, "letter", cast.here.township, "2025年告知书", rows)
    school = client_of(cast.person("registrar"))
    words = school.get(address(batch)).content.decode()
    assert words.count("（签发后编号）") == 3  # the three parts of its own alone
    assert "撤销没有签发的" not in words
    asked = address(batch, "batch_act", "drop")
    assert school.post(asked, {"reason": "名单有误"}).status_code == 403
    assert set(batch.papers.values_list("state", flat=True)) == {"waiting"}


def test_the_school_does_not_sign(cast: Cast, head: Client) -> None:
    batch = listed(cast, role="registrar")
    teacher = client_of(cast.person("head_teacher"))
    teacher.post(address(batch, "sign_batch"), {"seen": seen(head, batch)})
    assert not Job.objects.exists()


@pytest.mark.parametrize(("after", "refused"), [(-1, True), (0, False), (1, True)])
def test_it_is_handed_out_between_the_signature_and_today(
    cast: Cast, head: Client, after: int, refused: bool
) -> None:
    batch = listed(cast, 1)
    work(press(head, batch))
    paper, doer = batch.papers.get(), by(cast, "township_officer")
    if refused:
        with pytest.raises(acts.Refused):
            hand_out(doer, [paper], DAY + timedelta(days=after), {paper.pk: "张父"})
    else:
        assert hand_out(doer, [paper], DAY, {paper.pk: "张父"}) == 1


def test_a_wrong_receipt_is_corrected_with_the_reason(cast: Cast, head: Client) -> None:
    batch = listed(cast, 1)
    work(press(head, batch))
    paper, doer = batch.papers.get(), by(cast, "township_officer")
    hand_out(doer, [paper], DAY, {paper.pk: "张父"})
    with pytest.raises(acts.Refused, match="原因"):
        correct_handing(doer, paper, DAY, "张母", "")
    correct_handing(doer, paper, DAY, "张母", "领取人登记错了")
    assert [one.received_by for one in paper.services.all()] == ["张母", "张父"]
    assert paper.moves.filter(move="correct").get().reason == "领取人登记错了"
