"""Two townships with one of everything, for the walk over every address.

A maker returns the arguments of an address for a role: of an object on its own side (``OWN``), of
one on the next township's (``SIBLING``), of one that was never there (``MISSING``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.actions.context import context_for
from cases.actions.opening import open_case
from cases.models import Case
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person, Post
from foundation.jobs.models import Job
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from reporting.returns.models import BuiltReturn
from students.attendance.models import AbsenceSpell
from students.roster import actions as roster
from students.roster.models import Child, Guardian, ImportBatch
from tests.cases.steps import at
from tests.cast import ROLES, Cast, Side, make_cast, make_child

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
    built: BuiltReturn
    jobs: dict[str, Job] = field(default_factory=dict)
    letters: dict[str, Message] = field(default_factory=dict)


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


def make_world() -> World:
    """One of everything on both sides."""
    cast = make_cast()
    return World(cast, _things(cast, cast.here, 1), _things(cast, cast.there, 2))


def _things(cast: Cast, side: Side, version: int) -> Things:
    child = make_child(side, f"张{side.township.name[0]}")
    guardian = roster.put_guardian(child, 1, name="张父", phone="13900000000")
    things = Things(
        child,
        guardian,
        _case(cast, side, child),
        _batch(side),
        _built(cast, version),
    )
    for role, post in side.people.items():
        things.jobs[role] = _job(post)
        things.letters[role] = _letter(post, f"{version}-{role}")
    return things


def _case(cast: Cast, side: Side, child: Child) -> Case:
    spell = AbsenceSpell.objects.create(
        child=child,
        school_class=side.school_class,
        started_on=date(2025, 9, 10),
        last_missed_on=date(2025, 9, 11),
        halves=4,
        last_present_on=date(2025, 9, 9),
    )
    ctx = context_for(cast.county.pk, side.school.pk, TODAY, at(TODAY), Origin())
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


def _built(cast: Cast, version: int) -> BuiltReturn:
    post = cast.post("county_desk")
    return BuiltReturn.objects.create(
        county=cast.county,
        code="F16",
        period=date(2025, 8, 1),
        version=version,
        as_of=date(2025, 8, 31),
        created_at=at(TODAY),
        built_by=post,
        job=_job(post),
    )


Args = dict[str, Any]
Maker = Callable[[World, str, str], Args]


def no_object(world: World, role: str, where: str) -> Args:
    """The address names no object."""
    return {}


def a_case(world: World, role: str, where: str) -> Args:
    """A child's case."""
    return {"number": "530999-2025-99999" if where == MISSING else world.at(where)[1].case.number}


def a_deadline(world: World, role: str, where: str) -> Args:
    """A duty of a case."""
    if where == MISSING:
        return {"number": world.here.case.number, "pk": NEVER}
    case = world.at(where)[1].case
    return {"number": case.number, "pk": case.deadlines.order_by("pk")[0].pk}


def a_guardian(world: World, role: str, where: str) -> Args:
    """A guardian of a case's child."""
    if where == MISSING:
        return {"number": world.here.case.number, "pk": NEVER}
    things = world.at(where)[1]
    return {"number": things.case.number, "pk": things.guardian.pk}


def an_act(act: str) -> Maker:
    """An act on a case."""

    def make(world: World, role: str, where: str) -> Args:
        return {**a_case(world, role, where), "act": act}

    return make


def a_class(world: World, role: str, where: str) -> Args:
    """A class."""
    return {"class_id": NEVER if where == MISSING else world.at(where)[0].school_class.pk}


def a_class_day(world: World, role: str, where: str) -> Args:
    """A class on a day of school before today."""
    return {**a_class(world, role, where), "day": date(2025, 9, 11)}


def a_child(world: World, role: str, where: str) -> Args:
    """A pupil."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].child.pk}


def a_batch(world: World, role: str, where: str) -> Args:
    """An uploaded roster."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].batch.pk}


def a_row_of_a_batch(world: World, role: str, where: str) -> Args:
    """A row of an uploaded roster that asks nothing."""
    return a_batch(world, role, where) | {"row_no": 2}


def a_return(world: World, role: str, where: str) -> Args:
    """A return of the county, being built."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].built.pk}


def a_job(world: World, role: str, where: str) -> Args:
    """One's own job; the sibling's is that of a colleague at the same unit or nearest to it."""
    if where == MISSING:
        return {"pk": NEVER}
    owner = role if where == OWN else _colleague(role)
    return {"pk": world.here.jobs[owner].pk}


def a_letter(world: World, role: str, where: str) -> Args:
    """A message to one's own post; the sibling's is that of a colleague's post."""
    if where == MISSING:
        return {"pk": NEVER}
    owner = role if where == OWN else _colleague(role)
    return {"pk": world.here.letters[owner].pk}


def a_person(world: World, role: str, where: str) -> Args:
    """A registrar of the county; the sibling's is one of the next township."""
    if where == MISSING:
        return {"pk": NEVER}
    return {"pk": world.cast.person("registrar", there=where == SIBLING).pk}


def _colleague(role: str) -> str:
    names = list(ROLES)
    return names[names.index(role) - 1]


def people_of(world: World) -> dict[str, Person]:
    """Who walks: one of each role."""
    return {role: Person.objects.get(pk=world.cast.person(role).pk) for role in ROLES}
