"""One of everything for each of two townships: what the walk over every address finds there."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from cases.actions.context import Contexts
from cases.actions.opening import open_case
from cases.models import Case, CaseEvent, Confirmation
from cases.policy import Act
from cases.watch.models import Entry as Watched
from foundation.accounts.audit import Origin
from foundation.accounts.models import (
    PeopleRequest,
    Person,
    Post,
    TrustedPhone,
)
from foundation.jobs.models import Job
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.papers.models import Paper
from foundation.protected import sealed
from reporting.returns.models import BuiltReturn
from students.attendance.models import AbsenceSpell, LeaveSlip
from students.census.models import Entrant, GraduationBatch, Handover, HandoverRow, Notice
from students.roster.models import (
    Change,
    ChangeProof,
    ChangeReport,
    Child,
    Document,
    ExportPart,
    GroupSpell,
    Guardian,
    GuardianAbsence,
    ImportBatch,
    ReportLine,
    RosterExport,
)
from students.roster.pupils.acts.pupils import put_guardian
from tests.architecture.notices import make_notice
from tests.architecture.openings import make_opening
from tests.cases.steps import at
from tests.cast import Cast, Side, make_cast, make_child
from tests.files.samples import make_document
from tests.numbered.help import waiting_paper

TODAY = date(2025, 9, 12)  # a Friday in term
NEVER = 999_999_999
OWN, SIBLING, MISSING = "own", "sibling", "missing"


@dataclass
class Things:
    """What one side has."""

    child: Child
    guardian: Guardian
    case: Case
    batch: ImportBatch
    group: GroupSpell
    absence: GuardianAbsence
    built: BuiltReturn
    document: Document
    change: Change
    line: ReportLine
    slip: LeaveSlip
    entry: "Entry"
    watched: Watched
    paper: Paper
    jobs: dict[str, Job] = field(default_factory=dict)
    letters: dict[str, Message] = field(default_factory=dict)
    exports: dict[str, RosterExport] = field(default_factory=dict)


@dataclass
class Entry:
    """What a side has of children entering school."""

    entrant: Entrant
    notice: Notice
    handover: Handover
    graduation: GraduationBatch


@dataclass
class World:
    """The cast with everything that has an address."""

    cast: Cast
    here: Things
    there: Things

    def at(self, where: str) -> tuple[Side, Things]:
        """A side and its things."""
        if where == OWN:
            return self.cast.here, self.here
        return self.cast.there, self.there


def make_phone(person: Person) -> TrustedPhone:
    """A phone on which the person calls the roll without a password."""
    person.refresh_from_db()  # the phone hangs on the password
    return TrustedPhone.objects.create(
        person=person,
        digest=uuid4().hex,
        stamp=person.get_session_auth_hash(),
        label="微信 · 安卓手机",
        trusted_at=timezone.now(),
        last_used_on=TODAY,
        expires_on=TODAY,
    )


def make_export(post: Post) -> RosterExport:
    """A list of many full numbers, waiting for a second person."""
    now = timezone.now()
    return RosterExport.objects.create(
        listing="pupils",
        purpose="报县教育局学籍核对",
        with_numbers=True,
        needs_second=True,
        rows=200,
        file_name="学生名册.xlsx",
        person=post.person,
        post=post,
        ordered_at=now,
        expires_at=now + timedelta(hours=24),
    )


def make_request(cast: Cast) -> PeopleRequest:
    """A reset that the security officer asked for and nobody has decided."""
    person = cast.person("supervisor")
    return PeopleRequest.objects.create(
        kind=PeopleRequest.PASSWORD,
        county=cast.county,
        person=person,
        username=person.username,
        name=person.name,
        reason="本人当面申请",
        requested_by=cast.post("security_officer"),
        requested_at=timezone.now(),
    )


def make_world() -> World:
    """One of everything on both sides."""
    cast = make_cast()
    make_opening(cast)
    return World(cast, _things(cast, cast.here, 1), _things(cast, cast.there, 2))


def _things(cast: Cast, side: Side, version: int) -> Things:
    child = make_child(side, f"张{side.township.name[0]}")
    guardian = put_guardian(child, 1, name="张父", phone="13900000000")
    things = Things(
        child,
        guardian,
        _case(cast, side, child),
        _batch(side),
        _group(side, child),
        _absence(side, child),
        _built(cast, version),
        make_document(child, side.people["registrar"]),
        _change(side),
        _line(side),
        _slip(side, child),
        _entry(cast, side, child),
        _watched(side, child),
        waiting_paper(cast, there=side is cast.there),
    )
    _confirmation(things)
    for role, post in side.people.items():
        things.jobs[role] = _job(post)
        things.exports[role] = _export(post)
        things.letters[role] = _letter(post, f"{version}-{role}")
    return things


def _confirmation(things: Things) -> None:
    """A reply of the police, entered in the case."""
    event = CaseEvent.objects.create(
        case=things.case,
        act=Act.POLICE_REPLY,
        to_stage=things.case.stage,
        occurred_on=TODAY,
        recorded_on=TODAY,
        recorded_at=at(TODAY),
    )
    Confirmation.objects.create(
        case=things.case,
        event=event,
        ground="lost",
        level="township",
        confirmed_on=TODAY,
        paper=things.document.file,
    )


def _case(cast: Cast, side: Side, child: Child) -> Case:
    spell = AbsenceSpell.objects.create(
        child=child,
        school_class=side.school_class,
        started_on=date(2025, 9, 10),
        last_missed_on=date(2025, 9, 11),
        halves=4,
        last_present_on=date(2025, 9, 9),
    )
    ctx = Contexts(TODAY, at(TODAY), Origin()).at(cast.county.pk, side.school.pk)
    case = open_case(child, spell, ctx)
    assert case is not None
    # Seen by the village as well, as from D3 on.
    Case.objects.filter(pk=case.pk).update(village_asked_on=TODAY)
    return case


def _job(post: Post) -> Job:
    return Job.objects.create(
        task="somewhere.tasks.do",
        title="读取名册",
        person=post.person,
        post=post,
        unit=post.unit,
    )


def _letter(post: Post, key: str) -> Message:
    letter = Letter(key, post.unit_id, "今日到期", "", "/calendars/", TODAY, to_post_id=post.pk)
    post_letters([letter], TODAY)
    return Message.objects.get(key=key)


def _batch(side: Side) -> ImportBatch:
    return ImportBatch.objects.create(
        school=side.school.unit,
        state=ImportBatch.PREVIEW,
        file_name="名册.xlsx",
        file_hash="0" * 64,
        uploaded_by=side.people["registrar"],
        uploaded_at=at(TODAY),
        as_of=TODAY,
    )


def _group(side: Side, child: Child) -> GroupSpell:
    return GroupSpell.objects.create(
        child=child,
        group="orphan",
        starts_on=date(2025, 9, 1),
        recorded_by=side.people["registrar"],
    )


def _watched(side: Side, child: Child) -> Watched:
    return Watched.objects.create(
        child=child,
        school=side.school,
        school_class=side.school_class,
        risks=["absence"],
        helper=side.people["class_teacher"],
        starts_on=date(2025, 9, 8),
        **sealed(signs="周一常缺勤", measures="每周谈心"),
    )


def _absence(side: Side, child: Child) -> GuardianAbsence:
    return GuardianAbsence.objects.create(
        child=child,
        parent="father",
        starts_on=date(2025, 9, 1),
        place="country",
        carer="grandparents",
        recorded_by=side.people["registrar"],
    )


def _export(post: Post) -> RosterExport:
    export = RosterExport.objects.create(
        listing="pupils",
        purpose="学籍核对",
        rows=1,
        file_name="名册.xlsx",
        person=post.person,
        post=post,
        ordered_at=at(TODAY),
        expires_at=at(date(2025, 9, 13)),
    )
    part = ExportPart(export=export, position=0)
    part.content = "UEs="
    part.save()
    return export


def _entry(cast: Cast, side: Side, child: Child) -> Entry:
    post, year = side.people["registrar"], TODAY.year
    other = cast.there if side is cast.here else cast.here
    entrant = Entrant.objects.create(
        child=child,
        school=side.school,
        school_year=year,
        stage="1",
        village=side.village,
        township=side.township,
        recorded_by=post,
    )
    notice = make_notice(cast, side, entrant)
    # A draft: the school that it goes to does not see it yet.
    handover = Handover.objects.create(
        from_school=side.school,
        to_school=other.school,
        school_year=year,
        prepared_by=post,
        prepared_on=TODAY,
    )
    HandoverRow.objects.create(handover=handover, child=child, school_class=side.school_class)
    graduation = GraduationBatch.objects.create(
        school=side.school, school_year=2024, day=TODAY, done_on=TODAY, done_by=post
    )
    return Entry(entrant, notice, handover, graduation)


def _built(cast: Cast, version: int) -> BuiltReturn:
    post = cast.post("county_desk")
    return BuiltReturn.objects.create(
        county=cast.county,
        code="F16",
        period=date(2025, 8, 1),
        version=version,
        as_of=date(2025, 8, 31),
        created_at=at(TODAY),
        filed_on=TODAY,
        built_by=post,
        job=_job(post),
    )


def _change(side: Side) -> Change:
    """A suspension that waits for the township."""
    child = make_child(side, f"李{side.township.name[0]}")
    change = Change.objects.create(
        county_id=child.county_id,
        child=child,
        kind="suspension",
        state="applied",
        from_school=side.school,
        from_class=side.school_class,
        township=side.township,
        occurred_on=TODAY,
        until=date(2026, 9, 11),
        recorded_on=TODAY,
        recorded_at=at(TODAY),
        recorded_by=side.people["registrar"],
    )
    ChangeProof.objects.create(
        change=change, document=make_document(child, side.people["registrar"])
    )
    return change


def _slip(side: Side, child: Child) -> LeaveSlip:
    return LeaveSlip.objects.create(
        child=child,
        kind="sick",
        first_day=date(2025, 9, 1),
        last_day=date(2025, 9, 2),
        photo=make_document(child, side.people["registrar"]).file,
        taken_by=side.people["class_teacher"],
        recorded_at=at(TODAY),
        **sealed(reason="发烧"),
    )


def _line(side: Side) -> ReportLine:
    report = ChangeReport.objects.create(
        school_class=side.school_class,
        day=TODAY,
        reported_on=TODAY,
        reported_at=at(TODAY),
        reported_by=side.people["class_teacher"],
    )
    return ReportLine.objects.create(report=report, name="王新来", kind="in", recorded_at=at(TODAY))
