"""义务教育入学通知书: one a child, numbered without gaps, its number kept for ever (R25, T01)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent
from foundation.papers import acts
from foundation.papers.acts.texts import Ground, write_text
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, PaperBatch
from foundation.papers.reading import sheet_of
from foundation.papers.rules.merging import PaperWords
from foundation.papers.rules.states import PaperState
from students.census import actions as census
from students.census.models import Notice
from students.census.notices import words
from students.roster.models import Child
from tests.cast import Cast
from tests.census.steps import (
    REGISTRATION,
    SPRING,
    YEAR,
    Primary,
    a_row,
    at_work,
    draw_up,
    enter,
    issue,
    make_primary,
    sign_notices,
    tick,
)
from tests.doers import doing


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


def void(cast: Cast, notice: Notice, reason: str = "姓名有误") -> Paper:
    """The head of the township declares a notice void."""
    return acts.void(at_work(cast, "township_leader"), notice.paper, reason)


def hand_out(cast: Cast, notices: list[Notice], day: date, name: str = "") -> int:
    """The township records that notices were handed out."""
    doer = at_work(cast, "township_officer", day)
    return census.hand_out_notices(doer, [n.pk for n in notices], day, name)


def numbers(notices: list[Notice]) -> list[str]:
    return [notice.paper.number for notice in notices]


def said(paper: Paper) -> str:
    """All words of a paper as it is printed."""
    sheet = sheet_of(Paper.objects.select_related("unit").get(pk=paper.pk), SPRING)
    return "\n".join(getattr(one, "text", "") for part in sheet.parts for one in part.blocks)


def test_numbers_follow_each_other_within_a_township_and_year(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    assert numbers(issue(cast, entrants)) == ["东入通字〔2026〕第1号", "东入通字〔2026〕第2号"]


def test_a_draft_has_no_number_and_the_head_gives_it(cast: Cast, primary: Primary) -> None:
    (batch,) = draw_up(cast, enter(primary)).lists
    paper = batch.papers.get()
    assert (paper.number, paper.state) == ("", PaperState.WAITING)
    sign_notices(cast, [paper])
    assert Paper.objects.get(pk=paper.pk).number == "东入通字〔2026〕第1号"


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_child_gets_one_notice_and_the_second_try_says_so(
    cast: Cast, primary: Primary, is_signed: bool
) -> None:
    entrants = enter(primary)
    (issue if is_signed else draw_up)(cast, entrants)
    again = draw_up(cast, entrants)
    assert not again.lists
    assert ("一名儿童只发一份" if is_signed else "还没有签发") in again.skipped[0][1]
    assert Paper.objects.count() == 1


def test_a_notice_names_day_and_place_of_registration(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary))
    assert (notice.register_on, notice.register_at) == (REGISTRATION, "东镇小学")
    text = said(notice.paper)
    assert "请于2026年8月31日携带本通知书、户口簿、儿童预防接种证，到东镇小学报到注册" in text
    assert "王父（监护人）：" in text


def test_counterfoil_text_and_receipt_stand_on_one_page(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary))
    sheet = sheet_of(notice.paper, SPRING)
    assert sheet.on_one
    assert [part.name for part in sheet.parts] == ["存根", "正本", "回执"]
    assert said(notice.paper).count("东入通字〔2026〕第1号") == 4


def test_the_county_s_own_text_is_on_what_is_signed_from_its_day(
    cast: Cast, primary: Primary
) -> None:
    entrants = enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    issue(cast, entrants[:1])
    kind = KINDS["entry_notice"]
    own = PaperWords(words.TITLE, "请带户口簿。" + words.WORDS.body, words.WORDS.addressee)
    ground = Ground(SPRING, "云教发〔2026〕3号", "县定文本")
    county = cast.here.township.county
    assert county is not None
    write_text(at_work(cast, "county_desk"), county, kind, own, ground)
    issue(cast, entrants[1:])
    assert ["请带户口簿。" in said(n.paper) for n in Notice.objects.order_by("pk")] == [False, True]


def test_a_void_notice_keeps_its_number_and_the_next_one_is_new(
    cast: Cast, primary: Primary
) -> None:
    entrants = enter(primary)
    (first,) = issue(cast, entrants)
    void(cast, first)
    (second,) = issue(cast, entrants)
    assert numbers([first, second]) == ["东入通字〔2026〕第1号", "东入通字〔2026〕第2号"]
    assert Paper.objects.get(pk=first.paper_id).state == PaperState.VOID


def test_a_notice_is_voided_once(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary))
    void(cast, notice)
    with pytest.raises(Refused, match="已作废"):
        void(cast, notice)


def test_a_draft_that_is_given_up_leaves_room_for_another(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    (batch,) = draw_up(cast, entrants).lists
    clerk = at_work(cast, "township_officer")
    acts.drop(clerk, acts.recall(clerk, batch.papers.get()), "姓名有误")
    assert numbers(issue(cast, entrants)) == ["东入通字〔2026〕第1号"]


def test_what_changed_after_the_draft_is_not_signed(cast: Cast, primary: Primary) -> None:
    (batch,) = draw_up(cast, enter(primary)).lists
    Child.objects.filter(name="王新生").update(name="王新声")
    with pytest.raises(Refused, match="拟稿以后登记的内容或报到安排有变更"):
        sign_notices(cast, batch.papers.all())


def test_a_new_registration_day_is_not_signed_away(cast: Cast, primary: Primary) -> None:
    (batch,) = draw_up(cast, enter(primary)).lists
    doer = doing(primary.viewer(), primary.origin, today=SPRING)
    later = REGISTRATION + timedelta(days=1)
    census.set_registration_day(doer, primary.school, YEAR, later, "一楼大厅", "", {})
    with pytest.raises(Refused, match="报到安排有变更"):
        sign_notices(cast, batch.papers.all())


def test_a_child_that_came_meanwhile_needs_no_notice(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    (batch,) = draw_up(cast, entrants, REGISTRATION).lists
    tick(primary, entrants[0], REGISTRATION)
    with pytest.raises(Refused, match="不需要通知书"):
        sign_notices(cast, batch.papers.all(), REGISTRATION)


def test_handing_out_in_bulk_names_each_guardian(cast: Cast, primary: Primary) -> None:
    notices = issue(cast, enter(primary, a_row("甲一", 1), a_row("乙二", 2)))
    assert hand_out(cast, notices, SPRING) == 2
    papers = list(Paper.objects.prefetch_related("services"))
    assert {one.served_on for one in papers} == {SPRING}
    assert {one.services.get().received_by for one in papers} == {"王父"}


@pytest.mark.parametrize(("day", "allowed"), [(14, False), (15, True), (16, True)])
def test_handing_out_is_no_earlier_than_the_signature(
    cast: Cast, primary: Primary, day: int, allowed: bool
) -> None:
    (notice,) = issue(cast, enter(primary))
    when, doer = date(2026, 6, day), at_work(cast, "township_officer", date(2026, 6, 20))
    if allowed:
        assert census.hand_out_notices(doer, [notice.pk], when, "王母") == 1
    else:
        with pytest.raises(Refused, match="不能早于签发日期"):
            census.hand_out_notices(doer, [notice.pk], when, "王母")


def test_who_took_it_is_corrected_with_the_reason(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary))
    hand_out(cast, [notice], SPRING)
    doer = at_work(cast, "township_officer")
    census.correct_notice(doer, notice, SPRING, "王母", "领取人登记错了")
    first = notice.paper.services.first()
    assert first is not None
    assert first.received_by == "王母"


def test_the_next_township_draws_up_nothing_for_our_children(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    doer = at_work(cast, "township_officer", there=True)
    assert not census.draw_up_notices(doer, [entrants[0].pk]).lists
    assert not Notice.objects.exists()


def test_who_may_see_but_not_draw_up_is_refused(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    assert not census.draw_up_notices(at_work(cast, "central_school"), [entrants[0].pk]).lists
    (notice,) = issue(cast, entrants)
    with pytest.raises(PermissionDenied):
        acts.void(at_work(cast, "central_school"), notice.paper, "试")
    with pytest.raises(PermissionDenied):
        acts.void(at_work(cast, "township_officer"), notice.paper, "试")


def test_several_townships_get_a_list_each(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    entrants[1].township = cast.there.township
    entrants[1].save()
    doer = doing(primary.viewer(), primary.origin, today=SPRING)
    drawn = census.draw_up_notices(doer, [one.pk for one in entrants])
    assert [one.unit for one in drawn.lists] == [cast.here.township, cast.there.township]
    assert {one.title for one in PaperBatch.objects.all()} == {"2026年入学通知书"}


def test_a_signature_leaves_its_number_and_child_in_the_audit(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    issue(cast, entrants)
    event = AuditEvent.objects.get(verb="sign_paper")
    assert event.children == [entrants[0].child_id]
    assert event.details["number"] == "东入通字〔2026〕第1号"
