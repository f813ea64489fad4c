"""Opens a case for a child whom a person reported before any roll could (domain 3.2, D1)."""

from dataclasses import dataclass
from datetime import date

from cases.actions.again import Away, goes_on, open_again
from cases.actions.automatic import OPEN, SEEN_AGAIN
from cases.actions.context import Context, lock
from cases.actions.letters.notices import letters_to, tell_move
from cases.actions.moves import owe, write_event
from cases.actions.opening import ONE_OPEN, last_closed, next_number
from cases.models import Case, CaseEvent
from cases.policy import STEPS, Act, Stage
from foundation.accounts.models import Unit
from foundation.messaging.actions import post_letters
from foundation.rows import unless_taken
from students.roster.models import Child, School, SchoolClass


@dataclass(frozen=True, slots=True)
class Reported:
    """A child as it was reported: by whom, since when away, and which units answer for it.

    ``key`` names the report, ``source`` is a code of ``codes.SOURCES``. ``village`` is where the
    child lives. ``school`` is None where none is known; then the township acts, on D4. ``seen`` is
    the last day on which a roll found the child.
    """

    key: str
    source: str
    child: Child
    since: date
    rung: Stage
    unit_id: int
    village: Unit | None
    township: Unit
    school: School | None = None
    school_class: SchoolClass | None = None
    words: str = ""
    seen: date | None = None


def take_up_report(told: Reported, ctx: Context) -> Case:
    """Open a case, open the last one again, or tell the open one of another report (3.7).

    At most one case a child is open, under concurrent reports too.
    """
    standing = Case.objects.open().filter(child=told.child).first()
    if standing is not None:
        return _tell_again(standing.pk, told, ctx)
    last = last_closed(told.child)
    if last is not None and goes_on(last, ctx):
        away = Away(told.since, told.school_class, told.school, {"source": told.source})
        again = open_again(last.pk, away, ctx, ONE_OPEN)
        if again is not None:
            return again
    with unless_taken(ONE_OPEN) as taken:
        case = _make(told, ctx)
    if taken:
        return _tell_again(Case.objects.open().get(child=told.child).pk, told, ctx)
    owe(case, STEPS[told.rung].duties, ctx.today, ctx)
    event = _opened(case, told, ctx)
    tell_move(case, OPEN.letter, event.pk, ctx.today, ctx.today)
    return case


def _make(told: Reported, ctx: Context) -> Case:
    school = told.school
    county = told.child.county
    return Case.objects.create(
        number=next_number(county, ctx.today),
        child=told.child,
        school_class=told.school_class,
        school=school.unit if school else None,
        village=told.child.home_village or told.village,
        township=told.child.home_township or told.township,
        school_township=school.township if school else None,
        county=county,
        source=told.source,
        finding=told.key,
        stage=told.rung,
        entered_on=ctx.today,
        opened_on=ctx.today,
        first_missed_on=told.since,
        last_present_on=told.seen,
    )


def _opened(case: Case, told: Reported, ctx: Context) -> CaseEvent:
    return write_event(
        case,
        Act.OPEN,
        ctx,
        occurred_on=ctx.today,
        unit_id=told.unit_id,
        text=told.words,
        data={"first_missed_on": told.since.isoformat(), "source": told.source},
    )


def _tell_again(pk: int, told: Reported, ctx: Context) -> Case:
    """Keep both reports on the open case, and tell whoever holds it."""
    case = lock(pk)
    event = write_event(
        case,
        Act.SEEN_AGAIN,
        ctx,
        occurred_on=ctx.today,
        unit_id=told.unit_id,
        text=told.words,
        data={"source": told.source},
    )
    owner = STEPS[Stage(case.stage)].owner
    if owner is not None:
        post_letters(
            letters_to(
                case,
                owner,
                key=f"event:{event.pk}",
                title=SEEN_AGAIN.title(event.data),
                body=f"案号 {case.number}。请登录查看。",
                occurred_on=ctx.today,
                today=ctx.today,
            ),
            ctx.today,
        )
    return case
