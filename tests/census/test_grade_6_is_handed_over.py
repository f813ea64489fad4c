"""R27, T14: the complete roster, signed by both schools, frozen by the first signature."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from foundation.accounts.actions import Refused
from foundation.accounts.roles import Right
from foundation.papers import acts as papers
from students.census import actions as census
from students.census.models import Entrant, Handover, HandoverRow, HandoverStep
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from tests.cast import LONG_AGO, Cast
from tests.census.steps import (
    SPRING,
    YEAR,
    Primary,
    a_leaver,
    accept,
    hand_over,
    make_primary,
    origin_of,
    paper_of,
    receiver,
    sign,
)
from tests.clear_text import tables_with
from tests.doers import doing


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school with one leaver."""
    made = make_primary(cast.here)
    a_leaver(cast.here, made)
    return made


def visible(cast: Cast, role: str, there: bool = False) -> int:
    """How many rosters the role sees."""
    viewer = cast.viewer(role, SPRING, there)
    assert viewer.has(Right.SIGN_HANDOVER)
    return Handover.objects.visible_to(viewer, SPRING).count()


def prepare(primary: Primary, cast: Cast) -> Handover:
    """The primary school prepares its roster for our junior high."""
    (made,) = census.prepare_handovers(
        doing(primary.viewer(), primary.origin, today=SPRING),
        primary.school,
        YEAR,
        cast.here.school,
    )
    return made


def test_the_roster_holds_every_child_of_grade_6_and_nobody_else(
    cast: Cast, primary: Primary
) -> None:
    other = add_child(cast.county, "五年级生", home_village=cast.here.village)
    enrol(other, open_class(primary.school, "1", 2021, 1), LONG_AGO)
    a_leaver(cast.here, primary, "第二人")
    made = prepare(primary, cast)
    assert sorted(row.child.name for row in made.rows.all()) == ["李六年", "第二人"]


def test_each_child_goes_to_the_junior_high_of_its_village(cast: Cast, primary: Primary) -> None:
    census.set_catchment(
        doing(cast.viewer("township_officer", SPRING), origin_of(cast, "township_officer")),
        cast.here.village,
        "2",
        cast.there.school,
        SPRING,
        "东政发〔2026〕7号",
    )
    made = prepare(primary, cast)
    assert made.to_school == cast.there.school


def test_without_a_catchment_the_sender_must_say_where(cast: Cast, primary: Primary) -> None:
    with pytest.raises(Refused, match="请选择"):
        census.prepare_handovers(
            doing(primary.viewer(), primary.origin, today=SPRING), primary.school, YEAR, None
        )


def test_the_central_school_may_prepare_it_too(cast: Cast, primary: Primary) -> None:
    made = census.prepare_handovers(
        doing(
            cast.viewer("central_school", SPRING), origin_of(cast, "central_school"), today=SPRING
        ),
        primary.school,
        YEAR,
        cast.here.school,
    )
    assert made[0].rows.count() == 1


def test_the_junior_high_sees_it_once_it_is_signed(cast: Cast, primary: Primary) -> None:
    made = prepare(primary, cast)
    assert visible(cast, "registrar") == 0
    sign(primary, made)
    assert visible(cast, "registrar") == 1
    assert visible(cast, "registrar", there=True) == 0


def test_a_signed_roster_is_frozen_by_the_database(cast: Cast, primary: Primary) -> None:
    made = hand_over(cast, primary)
    row = made.rows.get()
    with pytest.raises(Refused, match="待初中签收"):
        census.describe_row(doing(primary.viewer(), primary.origin), row.pk, "at_home", "")
    with pytest.raises(DatabaseError, match="is signed"), transaction.atomic():
        HandoverRow.objects.filter(pk=row.pk).update(remark_sealed="改")


def test_both_signatures_are_dated_rows(cast: Cast, primary: Primary) -> None:
    made = hand_over(cast, primary)
    accept(cast, made)
    steps = list(made.steps.values_list("act", "day", "post_id"))
    assert steps == [
        (HandoverStep.SIGN, SPRING, primary.head.pk),
        (HandoverStep.ACCEPT, SPRING, cast.post("registrar").pk),
    ]


def test_after_both_have_signed_the_junior_high_expects_the_children(
    cast: Cast, primary: Primary
) -> None:
    (entrant,) = accept(cast, hand_over(cast, primary))
    assert (entrant.school, entrant.from_school) == (cast.here.school, primary.school)
    assert (entrant.stage, entrant.source) == ("2", "handover")


def test_returned_with_reasons_a_new_one_may_be_prepared(cast: Cast, primary: Primary) -> None:
    made = hand_over(cast, primary)
    papers.refuse(receiver(cast), paper_of(made), "缺2班")
    assert made.steps.get(act="return").words == "缺2班"
    assert tables_with("缺2班") == set()  # words about children lie sealed
    assert not Entrant.objects.exists()
    assert prepare(primary, cast).pk != made.pk


def test_the_sender_does_not_sign_for_the_receiver(cast: Cast, primary: Primary) -> None:
    made = hand_over(cast, primary)
    for act in (papers.receive, lambda doer, paper: papers.refuse(doer, paper, "不对")):
        with pytest.raises(PermissionDenied):
            act(doing(primary.viewer(), primary.origin, today=SPRING), paper_of(made))


def test_exceptions_are_noted_while_it_is_a_draft(cast: Cast, primary: Primary) -> None:
    made = prepare(primary, cast)
    row = made.rows.get()
    census.describe_row(doing(primary.viewer(), primary.origin), row.pk, "with_parents", "浙江")
    row.refresh_from_db()
    assert (row.exception_label, row.remark) == ("随父母外出就读", "浙江")
