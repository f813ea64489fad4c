"""Issues, serves and cancels enrolment notices. A number is given once and never again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.papers.series import next_seq
from students.census.actions.posts import may_issue
from students.census.models import Entrant, Notice
from students.census.occasions import Occasion, occasions_of
from students.census.papers import paper_number


@dataclass(frozen=True, slots=True)
class Issued:
    """The result of a bulk issue: the new notices, and the children without one by reason."""

    notices: list[Notice] = field(default_factory=list)
    skipped: list[tuple[Entrant, str]] = field(default_factory=list)


@transaction.atomic
def issue_notices(doer: Doer, entrant_ids: Iterable[int]) -> Issued:
    """Give each of the children a notice with the next number of its township and year.

    One notice a child (T01). A child that has one, has come, or is excused gets none and is named
    in the result.
    """
    rows = _entrants(doer.viewer, entrant_ids, doer.today)
    posts = {entrant.pk: may_issue(doer.viewer, entrant) for entrant in rows}
    occasions = _occasions(rows)
    issued = Issued()
    for entrant in rows:
        occasion = occasions[entrant.school_id, entrant.school_year]
        words = _why_not(entrant, occasion)
        if words:
            issued.skipped.append((entrant, words))
        else:
            issued.notices.append(_issue(entrant, occasion, posts[entrant.pk], doer.today))
    for post in {posts[notice.entrant_id] for notice in issued.notices}:
        own = [n for n in issued.notices if posts[n.entrant_id] == post]
        children = [notice.entrant.child_id for notice in own]
        details = {"numbers": [notice.number for notice in own]}
        audit.record(
            doer.under(post).origin, "issue_notices", "notice", children=children, details=details
        )
    return issued


def serve_notices(
    doer: Doer,
    notice_ids: Iterable[int],
    day: date,
    received_by: str,
) -> int:
    """Record that the notices were handed over; without a name, each to its guardian."""
    if day > doer.today:
        raise Refused("发放日期不能晚于今天。")
    with transaction.atomic():
        rows = _standing(doer.viewer, notice_ids, doer.today)
        if not rows:
            raise Refused("没有选中可以登记发放的通知书；已作废的不能登记。")
        for notice in rows:
            _serve(notice, may_issue(doer.viewer, notice.entrant), day, received_by)
        children = [notice.entrant.child_id for notice in rows]
        details = {"numbers": [notice.number for notice in rows]}
        audit.record(doer.origin, "serve_notices", "notice", children=children, details=details)
    return len(rows)


@transaction.atomic
def cancel_notice(doer: Doer, notice_id: int, reason: str) -> Notice:
    """Void the notice. Its number stays on record and is not given again (forms 3.2)."""
    rows = _standing(doer.viewer, [notice_id], doer.today)
    if not rows:
        raise Refused("这份通知书已经作废。")
    notice, post = rows[0], may_issue(doer.viewer, rows[0].entrant)
    notice.cancelled_on, notice.cancelled_by_id, notice.cancel_reason = doer.today, post.id, reason
    notice.save(update_fields=["cancelled_on", "cancelled_by", "cancel_reason"])
    audit.record(
        doer.under(post).origin,
        "cancel_notice",
        "notice",
        notice.pk,
        children=[notice.entrant.child_id],
        reason=reason,
    )
    return notice


def _entrants(viewer: Viewer, ids: Iterable[int], today: date) -> list[Entrant]:
    """The rows, locked until the end in one order, so that two issuers cannot block each other."""
    visible = Entrant.objects.visible_to(viewer, today, [Right.ISSUE_NOTICES])
    seen = visible.standing().filter(pk__in=list(ids))
    locked = Entrant.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen)
    list(locked.order_by("pk").values_list("pk"))
    rows = Entrant.objects.with_standing(today).filter(pk__in=seen)
    rows = rows.select_related("child", "school__unit", "township")
    return list(rows.order_by("township_id", "village__name", "child__name_key", "pk"))


def _occasions(rows: list[Entrant]) -> dict[tuple[int, int], Occasion]:
    found: dict[tuple[int, int], Occasion] = {}
    for year in {entrant.school_year for entrant in rows}:
        schools = {e.school_id: e.school for e in rows if e.school_year == year}
        for school_id, occasion in occasions_of(schools.values(), year).items():
            found[school_id, year] = occasion
    return found


def _why_not(entrant: Entrant, occasion: Occasion) -> str:
    if entrant.notice_no:
        return f"已发{entrant.notice_no}，一名儿童只发一份"
    if entrant.arrived_on or entrant.is_enrolled:
        return "已报到或已在籍，不需要通知书"
    if entrant.is_excused:
        return "已登记不需报到的情形"
    return "" if occasion.day else "学校还没有设置报到日期"


def _issue(entrant: Entrant, occasion: Occasion, post: HeldPost, today: date) -> Notice:
    assert occasion.day is not None
    year = entrant.school_year
    rows = Notice.objects.filter(township_id=entrant.township_id, year=year)
    seq = next_seq(rows, entrant.township_id, year)
    return Notice.objects.create(
        entrant=entrant,
        township_id=entrant.township_id,
        year=year,
        seq=seq,
        number=paper_number(entrant.township.name, year, seq),
        issued_on=today,
        issued_by_id=post.id,
        register_on=occasion.day,
        register_at=occasion.place,
        register_hours=occasion.hours,
    )


def _standing(viewer: Viewer, ids: Iterable[int], today: date) -> list[Notice]:
    seen = Notice.objects.visible_to(viewer, today, [Right.ISSUE_NOTICES]).filter(pk__in=list(ids))
    rows = Notice.objects.standing().filter(pk__in=seen.values("pk"))
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("entrant__child")
    return list(locked.prefetch_related("entrant__child__guardians").order_by("pk"))


def _serve(notice: Notice, post: HeldPost, day: date, received_by: str) -> None:
    if day < notice.issued_on:
        raise Refused(
            f"{notice.number}于{notice.issued_on:%Y-%m-%d}签发，发放日期不能早于签发日期。"
        )
    guardians = notice.entrant.child.guardians.all()
    name = received_by or next((g.name for g in guardians), "")
    if not name:
        raise Refused(f"{notice.number}没有登记监护人，请单独登记领取人。")
    notice.served_on, notice.received_by, notice.served_by_id = day, name, post.id
    notice.save(update_fields=["served_on", "received_by", "served_by"])
