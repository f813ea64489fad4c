"""Acts on arrival: set the registration day, tick the children who came, exempt others."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import ONE_DAY
from foundation.files.actions import keep
from students.census.actions.posts import post_for
from students.census.models import CheckIn, Entrant, Exemption, RegistrationDay
from students.census.occasions import entry_classes, occasion_of
from students.census.years import last_day_of
from students.roster.models import Document, Enrolment, School, SchoolClass
from students.roster.pupils.acts.enrolments import end_enrolment, reopen_enrolment
from students.roster.pupils.acts.pupils import enrol, open_class

MOST_CLASSES = 30
LONGEST_DEFERRAL = timedelta(days=366)  # domain 3.8: one year, then it must be asked again


@transaction.atomic
def set_registration_day(
    doer: Doer,
    school: School,
    school_year: int,
    day: date,
    place: str,
    hours: str,
    classes: dict[str, int],
) -> RegistrationDay:
    """Set the school's registration day and place, and open its new classes (stage → number)."""
    post = post_for(doer.viewer, Right.MANAGE_ENTRANTS, school)
    row = RegistrationDay.objects.select_for_update().filter(
        school=school, school_year=school_year
    ).first() or RegistrationDay(school=school, school_year=school_year)
    if row.pk and row.day != day and row.day <= doer.today:
        raise Refused("报到日已到，不能再改日期。")
    if day.year != school_year:
        raise Refused(f"报到日期应在{school_year}年内，请核对。")
    row.day, row.place, row.hours = day, place, hours
    row.set_by_id, row.recorded_at = post.id, doer.now
    row.save()
    for stage, count in classes.items():
        for number in range(1, min(count, MOST_CLASSES) + 1):
            open_class(school, stage, school_year, number)
    details = {"day": day.isoformat(), "classes": classes}
    audit.record(doer.under(post).origin, "set_registration", "school", school.pk, details=details)
    return row


@transaction.atomic
def check_in(doer: Doer, entrant_id: int, class_id: int | None) -> CheckIn:
    """Tick a child as arrived. With a class given, it is enrolled from today on (R26)."""
    entrant, post = locked_entrant(doer.viewer, entrant_id)
    _check_day(entrant, doer.today)
    if entrant.checkins.filter(undone_on=None).exists():
        raise Refused(f"{entrant.child.name}已登记报到。")
    row = CheckIn(entrant=entrant, day=doer.today, post_id=post.id)
    if class_id is not None:
        _seat(row, _class_of(entrant, class_id), doer.today)
    row.save()
    _revoke_standing(entrant, doer.today, "已到校报到")
    _note(doer.origin, post, "check_in", entrant)
    return row


@transaction.atomic
def undo_check_in(doer: Doer, entrant_id: int) -> CheckIn:
    """Take a tick back on the day it was made; the enrolment it began ends with that day."""
    entrant, post = locked_entrant(doer.viewer, entrant_id)
    row = entrant.checkins.filter(undone_on=None).first()
    if row is None:
        raise Refused(f"{entrant.child.name}没有报到登记，无需撤销。")
    if row.day != doer.today:
        raise Refused("报到登记只能在当天撤销；以后离校的请办理学籍异动。")
    row.undone_on, row.undone_by_id = doer.today, post.id
    row.save(update_fields=["undone_on", "undone_by"])
    if row.enrolment and row.enrolment.starts_on == doer.today:
        end_enrolment(row.enrolment, doer.today)
    _note(doer.origin, post, "undo_check_in", entrant)
    return row


@transaction.atomic
def place(doer: Doer, entrant_ids: Iterable[int], class_id: int) -> list[CheckIn]:
    """Put arrived children into a class, enrolled from the day they came."""
    placed = []
    for pk in sorted(set(entrant_ids)):
        entrant, post = locked_entrant(doer.viewer, pk)
        row = entrant.checkins.filter(undone_on=None).first()
        if row is None:
            raise Refused(f"{entrant.child.name}还没有报到，不能分班。")
        if row.enrolment_id:
            raise Refused(f"{entrant.child.name}已经分班；转班请办理学籍异动。")
        _seat(row, _class_of(entrant, class_id), row.day)
        row.save(update_fields=["school_class", "enrolment"])
        _note(doer.origin, post, "place", entrant)
        placed.append(row)
    return placed


@transaction.atomic
def exempt(
    doer: Doer,
    entrant_id: int,
    kind: str,
    proof: str,
    until: date | None,
    file: tuple[str, bytes] | None = None,
) -> Exemption:
    """Accept that a child need not come: the kind, its proof, and its end date (R32)."""
    entrant, post = locked_entrant(doer.viewer, entrant_id)
    _check_until(kind, until, doer.today)
    current = entrant.exemptions.filter(revoked_on=None).first()
    if current and current.until and current.until < doer.today:
        _revoke(current, doer.today, "已到期")
    elif current:
        raise Refused("已登记一项不需报到的情形；有变化的请先撤销原登记。")
    row = Exemption.objects.create(
        entrant=entrant,
        kind=kind,
        proof=proof,
        until=until,
        granted_on=doer.today,
        granted_by_id=post.id,
        document=_document(entrant, post, kind, file),
    )
    _note(doer.origin, post, "exempt_entrant", entrant, reason=row.kind_label)
    return row


@transaction.atomic
def revoke_exemption(doer: Doer, entrant_id: int, reason: str) -> Exemption:
    """End an exemption: the child is due again."""
    entrant, post = locked_entrant(doer.viewer, entrant_id)
    row = entrant.exemptions.filter(revoked_on=None).first()
    if row is None:
        raise Refused("没有可以撤销的登记。")
    _revoke(row, doer.today, reason)
    _note(doer.origin, post, "revoke_exemption", entrant, reason=reason)
    return row


def locked_entrant(viewer: Viewer, entrant_id: int) -> tuple[Entrant, HeldPost]:
    """The entrant, locked, and the viewer's post at its school; raises Refused where taken back."""
    locked = Entrant.objects.select_for_update(of=("self",), no_key=True)
    entrant: Entrant = locked.select_related("child", "school__unit").get(pk=entrant_id)
    if entrant.withdrawn_on is not None:
        raise Refused("这名儿童的登记已经撤回，不能再办理。")
    return entrant, post_for(viewer, Right.MANAGE_ENTRANTS, entrant.school)


def _check_day(entrant: Entrant, today: date) -> None:
    day = occasion_of(entrant.school, entrant.school_year).day
    if day is None:
        raise Refused("还没有设置报到日期，请先设置。")
    if today < day:
        raise Refused(f"报到日为{day:%Y-%m-%d}，还没有开始报到。")


def _class_of(entrant: Entrant, class_id: int) -> SchoolClass:
    for row in entry_classes(entrant.school, entrant.stage, entrant.school_year):
        if row.pk == class_id:
            return row
    raise Refused("请选择本校本学年的新生班级。")


def _seat(row: CheckIn, school_class: SchoolClass, day: date) -> None:
    """The enrolment in the class. One taken back the same day is resumed, here or elsewhere."""
    entrant = row.entrant
    row.school_class = school_class
    enrolments = Enrolment.objects.filter(child=entrant.child).order_by("-starts_on")
    current = enrolments.filter(ends_on=None).select_related("school__unit", "school_class").first()
    if (
        current
        and current.school_id == school_class.school_id
        and (current.school_class.stage == entrant.stage)
    ):
        row.enrolment = current  # enrolled by a roster already
        return
    if current and current.school_class.stage == entrant.stage:
        raise Refused(f"{entrant.child.name}在{current.school}在籍，请先办理转学。")
    if current:
        _end_primary(current, day)
    undone = enrolments.filter(starts_on=day, ends_on=day, school=school_class.school).first()
    row.enrolment = (
        reopen_enrolment(undone, school_class)
        if undone
        else enrol(entrant.child, school_class, day)
    )


def _end_primary(enrolment: Enrolment, day: date) -> None:
    """End a primary enrolment left open on the school year's last day, before the junior one."""
    last = last_day_of(enrolment.school.unit.county_id, day.year - 1)
    end_enrolment(enrolment, max(enrolment.starts_on, min(last, day - ONE_DAY)))


def _check_until(kind: str, until: date | None, today: date) -> None:
    if kind == "deferred" and until is None:
        raise Refused("延缓入学须填写截止日期。")
    if until and until < today:
        raise Refused("截止日期不能早于今天。")
    if until and until > today + LONGEST_DEFERRAL:
        raise Refused("期限不超过一年，期满仍不能入学的须重新申请。")


def _document(
    entrant: Entrant, post: HeldPost, kind: str, file: tuple[str, bytes] | None
) -> Document | None:
    if file is None:
        return None
    kept = keep(post, *file)
    return Document.objects.create(
        child=entrant.child, file=kept, title=f"{Exemption.KINDS[kind]}材料"
    )


def _revoke_standing(entrant: Entrant, today: date, reason: str) -> None:
    for row in entrant.exemptions.filter(revoked_on=None):
        _revoke(row, today, reason)


def _revoke(row: Exemption, today: date, reason: str) -> None:
    row.revoked_on, row.revoke_reason = today, reason
    row.save(update_fields=["revoked_on", "revoke_reason_sealed"])


def _note(origin: Origin, post: HeldPost, verb: str, entrant: Entrant, reason: str = "") -> None:
    audit.record(
        replace(origin, post_id=post.id),
        verb,
        "entrant",
        entrant.pk,
        children=[entrant.child_id],
        reason=reason,
    )
