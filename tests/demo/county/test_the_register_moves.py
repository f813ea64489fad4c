"""The register of the demo shows entering, changes, groups and imports, all done by acts."""

from datetime import date

import pytest

from foundation.accounts.models import Person
from foundation.accounts.querysets import viewer_on
from foundation.messaging.models import Message
from kongchuo.demo.county.dates import DEMO_DAY
from kongchuo.demo.roster import changes, entering, imports
from kongchuo.demo.roster.desks import class_of, pupil, tour_school
from students.census.models import CheckIn, Entrant, Exemption, Handover, Notice
from students.roster.imports.acts.groups import lines_of
from students.roster.models import (
    AwaySpell,
    Change,
    ChangeEvent,
    Child,
    ClassPost,
    GroupSpell,
    GuardianAbsence,
    ImportBatch,
)
from students.roster.rules.left_behind import council_finding, registry_finding


@pytest.mark.parametrize(
    ("kind", "state", "due_on"),
    [
        ("transfer_out", "open", date(2025, 10, 30)),
        ("transfer_out", "open", date(2025, 11, 19)),
        ("transfer_within", "open", date(2025, 11, 20)),
        ("suspension", "confirmed", None),
        ("class_move", "confirmed", None),
    ],
)
def test_there_is_a_change_in_time_and_one_overdue(county, kind, state, due_on) -> None:
    assert Change.objects.filter(county=county, kind=kind, state=state, due_on=due_on).count() == 1


def test_every_change_has_its_row_and_its_papers(county) -> None:
    for change in Change.objects.all():
        assert ChangeEvent.objects.filter(change=change, person__isnull=False).exists()
        titles = change.proofs.values_list("document__title", flat=True)
        assert set(titles) == set(change.rule.proofs)


def test_the_suspension_is_about_to_end_and_the_school_was_told(county) -> None:
    away = AwaySpell.objects.get(change__kind="suspension")
    assert away.change.until == changes.SUSPENDED_UNTIL
    told = Message.objects.filter(title="休学还有15天到期", to_unit=tour_school(county).unit)
    assert told.get().occurred_on == date(2025, 11, 10)


def test_who_is_suspended_or_gone_is_in_no_class(county, rows) -> None:
    seated = {member.child_id for row in rows for member in row.members}
    away = AwaySpell.objects.on(DEMO_DAY).values_list("child_id", flat=True)
    assert len(away) == 4
    assert not seated & set(away)


def test_a_colleague_takes_a_class_for_some_days(county) -> None:
    post = ClassPost.objects.get(is_substitute=True)
    assert (post.starts_on, post.ends_on) == (date(2025, 11, 10), changes.SUBSTITUTE_UNTIL)
    regular = ClassPost.objects.get(school_class=post.school_class, is_substitute=False)
    assert regular.post.person_id != post.post.person_id


def test_every_child_on_a_list_has_come_or_is_excused(county) -> None:
    assert Entrant.objects.count() == entering.ENTRANTS + entering.GRADUATES
    assert CheckIn.objects.exclude(enrolment=None).count() == Entrant.objects.count() - 2
    assert Exemption.objects.count() == 2


def test_the_notices_of_grade_1_are_numbered_and_served(county) -> None:
    papers = [notice.paper for notice in Notice.objects.order_by("paper__seq")]
    assert [paper.seq for paper in papers] == list(range(1, entering.ENTRANTS + 1))
    assert all(paper.served_on and paper.services.get().received_by for paper in papers)


def test_grade_6_was_handed_over_and_signed_for(county) -> None:
    handover = Handover.objects.get()
    assert handover.state == Handover.ACCEPTED
    assert [step.act for step in handover.steps.all()] == ["sign", "accept"]
    assert handover.rows.count() == entering.GRADUATES


def test_the_two_definitions_of_left_behind_differ_both_ways(county) -> None:
    found = set()
    for child in Child.objects.filter(guardian_absences__isnull=False).distinct():
        aways = [row.fact for row in GuardianAbsence.objects.filter(child=child)]
        registry = registry_finding(aways, DEMO_DAY, elsewhere=False)
        council = council_finding(aways, child.born_on, DEMO_DAY)
        found.add((registry.is_left_behind, council.is_left_behind))
    assert found == {(True, True), (True, False), (False, True)}


def test_groups_come_from_the_school_and_from_the_roster(county) -> None:
    sources = set(GroupSpell.objects.values_list("source", flat=True))
    assert sources == {GroupSpell.TYPED, GroupSpell.ROSTER}


def test_one_roster_is_written_and_one_waits_to_be_decided(county) -> None:
    done = ImportBatch.objects.get(file_name=imports.DONE)
    assert (done.state, done.counts["refused"]) == (ImportBatch.DONE, 0)
    assert done.counts["groups"]["begins"] == lines_of(done).count() == 3
    waiting = ImportBatch.objects.get(file_name=imports.WAITING)
    assert waiting.state == ImportBatch.PREVIEW
    counts = waiting.counts
    assert [counts[key] for key in ("new", "moved", "changed", "refused")] == [1, 1, 1, 1]


def test_the_visitor_finds_the_waiting_roster(county, client) -> None:
    person = Person.objects.get(username="xueji")
    batch = ImportBatch.objects.get(file_name=imports.WAITING)
    assert ImportBatch.objects.visible_to(viewer_on(person, DEMO_DAY)).filter(pk=batch.pk).exists()


def test_who_moved_sits_in_the_other_class(county) -> None:
    change = Change.objects.get(kind="class_move")
    spell = change.child.enrolments.on(DEMO_DAY).get()
    assert spell.school_class == class_of(tour_school(county), 7, 2, DEMO_DAY)
    with pytest.raises(type(spell).DoesNotExist):
        pupil(tour_school(county), 7, 1, 7, DEMO_DAY)


def test_nobody_new_has_a_number_of_a_living_person(county) -> None:
    born = Child.objects.exclude(id_no_digest="")
    assert all(child.id_no.startswith("530999") for child in born)


def test_a_paper_is_dated_by_the_day_it_was_handed_in(county) -> None:
    change = Change.objects.get(kind="suspension")
    assert {proof.document.recorded_at.date() for proof in change.proofs.all()} == {
        change.occurred_on
    }
