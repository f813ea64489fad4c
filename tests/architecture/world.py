"""Two townships with one of everything, for the walk over every address.

A maker returns the arguments of an address for a role: of an object on its own side (``OWN``), of
one on the next township's (``SIBLING``), of one that was never there (``MISSING``).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from foundation.accounts.models import Parameter, Person
from foundation.accounts.sessions.rules import handle_of
from foundation.lists.models import SavedView
from tests.architecture.openings import make_address, make_book, make_sleeping_post
from tests.architecture.things import (
    MISSING,
    NEVER,
    OWN,
    SIBLING,
    TODAY,
    World,
    make_export,
    make_phone,
    make_request,
)
from tests.browsing import client_of
from tests.cast import ROLES
from tests.units.steps import make_merge, make_unit_change

Args = dict[str, Any]
Maker = Callable[[World, str, str], Args]


def no_object(world: World, role: str, where: str) -> Args:
    """The address names no object."""
    return {}


def a_chapter(world: World, role: str, where: str) -> Args:
    """A chapter of the manual, which is nobody's own; one that is not there is no address of it."""
    return {"slug": "teacher"}


def a_provider(world: World, role: str, where: str) -> Args:
    """A city's single sign-on; none is named in the environment."""
    return {"provider_id": "city"}


def a_school_year(world: World, role: str, where: str) -> Args:
    """A school year of the county's calendar; one that nobody entered is not found."""
    return {"year": 2000 if where == MISSING else 2025}


def a_calendar_year(world: World, role: str, where: str) -> Args:
    """A year whose holidays are on record; one far away is not found."""
    return {"year": 2000 if where == MISSING else 2026}


def a_parameter(world: World, role: str, where: str) -> Args:
    """A parameter by its field; one that nothing obeys yet is not found."""
    return {"field": "monthly_due" if where == MISSING else "village_days"}


def a_value(world: World, role: str, where: str) -> Args:
    """A value of the county's parameter that is not in force yet."""
    if where == MISSING:
        return {"pk": NEVER}
    county, day = world.cast.county, TODAY + timedelta(days=30)
    row, _ = Parameter.objects.get_or_create(
        county=county, code="P5", valid_from=day, defaults={"value": 4, "source": "县文"}
    )
    return {"pk": row.pk}


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


def a_case_paper(world: World, role: str, where: str) -> Args:
    """What the police replied about a case's child."""
    if where == MISSING:
        return {"number": world.here.case.number, "pk": NEVER}
    case = world.at(where)[1].case
    return {"number": case.number, "pk": case.confirmations.get().pk}


def an_act(act: str) -> Maker:
    """An act on a case."""

    def make(world: World, role: str, where: str) -> Args:
        return {**a_case(world, role, where), "act": act}

    return make


def a_class(world: World, role: str, where: str) -> Args:
    """A class."""
    return {"class_id": NEVER if where == MISSING else world.at(where)[0].school_class.pk}


def a_class_by_pk(world: World, role: str, where: str) -> Args:
    """A class, where the address calls its id pk."""
    return {"pk": a_class(world, role, where)["class_id"]}


def a_class_day(world: World, role: str, where: str) -> Args:
    """A class on a day of school before today."""
    return {**a_class(world, role, where), "day": date(2025, 9, 11)}


def a_slip(world: World, role: str, where: str) -> Args:
    """A leave slip of a pupil."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].slip.pk}


def a_child(world: World, role: str, where: str) -> Args:
    """A pupil."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].child.pk}


def a_number(world: World, role: str, where: str) -> Args:
    """The ID number of a pupil."""
    return {**a_child(world, role, where), "what": "id"}


def a_pupil_of_a_class(world: World, role: str, where: str) -> Args:
    """A pupil, with the class."""
    return a_class(world, role, where) | a_child(world, role, where)


def a_document(world: World, role: str, where: str) -> Args:
    """A paper of a pupil."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].document.pk}


def a_change(world: World, role: str, where: str) -> Args:
    """A change of a pupil."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].change.pk}


def a_proof(world: World, role: str, where: str) -> Args:
    """A paper of a change."""
    if where == MISSING:
        return {"pk": world.here.change.pk, "proof": NEVER}
    change = world.at(where)[1].change
    return {"pk": change.pk, "proof": change.proofs.get().pk}


def a_step(act: str) -> Maker:
    """A step of a change."""

    def make(world: World, role: str, where: str) -> Args:
        return {**a_change(world, role, where), "act": act}

    return make


def a_kind(world: World, role: str, where: str) -> Args:
    """A pupil and a kind of change."""
    return {**a_child(world, role, where), "code": "transfer_within"}


def a_report_line(world: World, role: str, where: str) -> Args:
    """A line of a class's daily report."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].line.pk}


def a_batch(world: World, role: str, where: str) -> Args:
    """An uploaded roster."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].batch.pk}


def a_group(world: World, role: str, where: str) -> Args:
    """A child's belonging to a special group."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].group.pk}


def an_absence(world: World, role: str, where: str) -> Args:
    """A parent of a child who is away."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].absence.pk}


def an_export(world: World, role: str, where: str) -> Args:
    """One's own exported list; the sibling's is a colleague's."""
    if where == MISSING:
        return {"pk": NEVER}
    owner = role if where == OWN else _colleague(role)
    return {"pk": world.here.exports[owner].pk}


def an_export_to_second(world: World, role: str, where: str) -> Args:
    """A list of many full numbers that a school's clerk ordered."""
    if where == MISSING:
        return {"pk": NEVER}
    post = world.cast.post("registrar", there=where == SIBLING)
    return {"pk": make_export(post).pk}


def a_row_of_a_batch(world: World, role: str, where: str) -> Args:
    """A row of an uploaded roster that asks nothing."""
    return a_batch(world, role, where) | {"row_no": 2}


def a_return(world: World, role: str, where: str) -> Args:
    """A return of the county, being built."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].built.pk}


def an_entrant(world: World, role: str, where: str) -> Args:
    """A child due at school."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].entry.entrant.pk}


def a_notice(world: World, role: str, where: str) -> Args:
    """A child's notice of enrolment."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].entry.notice.pk}


def a_handover(world: World, role: str, where: str) -> Args:
    """A roster of leavers, still a draft of its school."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].entry.handover.pk}


def a_signature(world: World, role: str, where: str) -> Args:
    """The form that sends a roster of leavers to be signed."""
    return {**a_handover(world, role, where), "name": "send"}


def an_entry(world: World, role: str, where: str) -> Args:
    """A child's entry on the 重点关注 ledger."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].watched.pk}


def a_graduation(world: World, role: str, where: str) -> Args:
    """The graduation of a school."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].entry.graduation.pk}


def a_job(world: World, role: str, where: str) -> Args:
    """One's own job; the sibling's is that of a colleague at the same unit or nearest to it."""
    if where == MISSING:
        return {"pk": NEVER}
    owner = role if where == OWN else _colleague(role)
    return {"pk": world.here.jobs[owner].pk}


def a_view(world: World, role: str, where: str) -> Args:
    """A view of a list that one keeps; of a colleague; none."""
    if where == MISSING:
        return {"pk": NEVER}
    person = world.cast.person(role if where == OWN else _colleague(role))
    return {"pk": SavedView.objects.get_or_create(person=person, page="cases", name="我的")[0].pk}


def a_list(world: World, role: str, where: str) -> Args:
    """A list whose columns are chosen."""
    return {"page": "cases"}


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


def a_post(world: World, role: str, where: str) -> Args:
    """The post of a registrar."""
    if where == MISSING:
        return {"pk": NEVER}
    return {"pk": world.cast.post("registrar", there=where == SIBLING).pk}


def a_substitute(world: World, role: str, where: str) -> Args:
    """A substitute who takes a class today."""
    if where == MISSING:
        return {"pk": NEVER}
    today = date(2025, 9, 12)
    post = world.cast.post("registrar", there=where == SIBLING)
    one = world.at(where)[0].school_class
    held, _ = post.classes.get_or_create(
        school_class=one, is_substitute=True, defaults={"starts_on": today, "ends_on": today}
    )
    return {"pk": held.pk}


def a_school(world: World, role: str, where: str) -> Args:
    """A school."""
    return {"pk": NEVER if where == MISSING else world.at(where)[0].school.pk}


def a_township_to_fill(world: World, role: str, where: str) -> Args:
    """A township, below which a village is added."""
    pk = NEVER if where == MISSING else world.at(where)[0].township.pk
    return {"pk": pk, "kind": "village"}


def a_unit_change(world: World, role: str, where: str) -> Args:
    """An order that waits for its day."""
    if where == MISSING:
        return {"pk": NEVER}
    return {"pk": make_unit_change(world.cast, world.at(where)[0].school.unit).pk}


def a_merge(world: World, role: str, where: str) -> Args:
    """A merge that was carried out today."""
    if where == MISSING:
        return {"pk": NEVER}
    return {"pk": make_merge(world.cast, world.at(where)[0]).pk}


def a_school_day(world: World, role: str, where: str) -> Args:
    """A school on a day of school before today."""
    return {**a_school(world, role, where), "day": date(2025, 9, 11)}


def a_township(world: World, role: str, where: str) -> Args:
    """A township."""
    return {"pk": NEVER if where == MISSING else world.at(where)[0].township.pk}


def a_spell(world: World, role: str, where: str) -> Args:
    """A pupil's absence without a reason."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].child.spells.get().pk}


def a_phone(world: World, role: str, where: str) -> Args:
    """A phone of one's own; of a colleague; none."""
    if where == MISSING:
        return {"pk": NEVER}
    person = world.cast.person(role if where == OWN else _colleague(role))
    return {"pk": make_phone(person).pk}


def a_session(world: World, role: str, where: str) -> Args:
    """A session of one's own elsewhere; of a colleague; none."""
    if where == MISSING:
        return {"handle": "0" * 16}
    person = world.cast.person(role if where == OWN else _colleague(role))
    return {"handle": handle_of(str(client_of(person).session.session_key))}


def a_request(world: World, role: str, where: str) -> Args:
    """A request for a second person: both townships lie in one county."""
    if where == MISSING:
        return {"pk": NEVER}
    return {"pk": make_request(world.cast).pk}


def an_address(world: World, role: str, where: str) -> Args:
    """The technician's address, which is nobody's own."""
    return {"secret": make_address()}


def a_book(world: World, role: str, where: str) -> Args:
    """An opening workbook: both townships lie in one county."""
    return {"pk": NEVER if where == MISSING else make_book(world.cast).pk}


def a_sleeping_post(world: World, role: str, where: str) -> Args:
    """A post of the county that waits for the second person."""
    return {"pk": NEVER if where == MISSING else make_sleeping_post(world.cast).pk}


def _colleague(role: str) -> str:
    names = list(ROLES)
    return names[names.index(role) - 1]


def people_of(world: World) -> dict[str, Person]:
    """Who walks: one of each role."""
    return {role: Person.objects.get(pk=world.cast.person(role).pk) for role in ROLES}
