"""A class that a sheet names and the school does not have is asked for, and never silently made."""

import pytest

from students.roster.models import Enrolment, ImportBatch, SchoolClass
from tests.cast import Cast, make_child
from tests.roster.pages import run_job, signed_in, text, upload
from tests.roster.sheets import book, pupil
from tests.roster.steps import bring_in, read, row, undo, words

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

WRITE = {"decision": "write"}
TYPO = {"班级": "21"}


@pytest.fixture
def page(cast: Cast, client) -> str:
    """The preview of a sheet with a pupil of class 2 and, by a slip, one of class 21."""
    url = upload(signed_in(client, cast), book(pupil(1), pupil(2, **TYPO)))
    run_job()
    return url


def numbers(cast: Cast) -> list[int]:
    return list(
        cast.here.school.classes.filter(closed_on=None)
        .order_by("number")
        .values_list("number", flat=True)
    )


def test_the_page_asks_with_the_rows_and_nothing_is_made_before_the_answer(
    cast: Cast, client, page
):
    shown = text(client.get(page))
    assert "名册里还没有下面 1 个班" in shown
    assert "八年级21班（1人，自第3行）" in shown

    told = text(client.post(f"{page}confirm/", WRITE, follow=True))

    assert "名册里还没有八年级21班。请先说明是新开的班，还是班级写错了。" in told
    assert ImportBatch.objects.get().state == ImportBatch.PREVIEW
    assert numbers(cast) == [2]


def test_a_new_class_is_opened_once_somebody_said_so(cast: Cast, client, page):
    said = {f"class-{cast.here.school.pk}-八年级21班": "new"}

    client.post(f"{page}confirm/", WRITE | said)

    assert run_job().state == ImportBatch.DONE
    assert numbers(cast) == [2, 21]


def test_a_class_written_wrong_leaves_its_rows_to_be_corrected(cast: Cast, client, page):
    said = {f"class-{cast.here.school.pk}-八年级21班": "wrong"}

    client.post(f"{page}confirm/", WRITE | said)
    batch = run_job()

    assert "八年级21班不是新开的班" in words(row(batch, 3).problems)
    shown = text(client.get(page))
    assert "名册里还没有" not in shown
    at = next(n for n in range(80) if f'name="r3c{n}"' in shown)
    client.post(f"/roster/import/{batch.pk}/correct/", {f"r3c{at}": "2"})
    run_job()
    client.post(f"{page}confirm/", WRITE)
    assert run_job().state == ImportBatch.DONE
    assert numbers(cast) == [2]
    assert Enrolment.objects.filter(school_class=cast.here.school_class).count() == 2


def test_the_first_roster_of_a_school_is_one_answer(cast: Cast, client):
    cast.here.school.classes.update(closed_on="2025-09-01")
    page = upload(signed_in(client, cast), book(pupil(1, 班级="7"), pupil(2, 班级="8")))
    run_job()
    assert "这些班级都没有写错，新开这 2 个班" in text(client.get(page))

    client.post(f"{page}confirm/", WRITE | {"all-classes": "new"})

    assert run_job().state == ImportBatch.DONE
    assert numbers(cast) == [7, 8]


@pytest.mark.parametrize(
    ("closed_on", "takes"), [("2025-09-11", 0), ("2025-09-12", 0), ("2025-09-13", 1)]
)
def test_a_class_that_was_closed_takes_nobody(cast: Cast, closed_on, takes):
    SchoolClass.objects.filter(pk=cast.here.school_class.pk).update(closed_on=closed_on)

    batch = read(cast, book(pupil(1)))

    assert batch.writes == takes
    assert ("八年级2班已经撤并" in words(row(batch).problems)) is not bool(takes)


def test_undoing_takes_the_class_back_and_the_next_sheet_asks_again(cast: Cast):
    undo(cast, bring_in(cast, book(pupil(1), pupil(2, **TYPO))))

    assert numbers(cast) == [2]
    taken = cast.here.school.classes.get(number=21)
    assert not SchoolClass.objects.taught_on(taken.before_it_began).filter(pk=taken.pk).exists()

    assert bring_in(cast, book(pupil(2, **TYPO))).state == ImportBatch.DONE
    assert numbers(cast) == [2, 21]


def test_undoing_leaves_a_class_that_somebody_uses_since(cast: Cast):
    batch = bring_in(cast, book(pupil(1), pupil(2, **TYPO)))
    enrolment = make_child(cast.here).enrolments.get()
    enrolment.school_class = cast.here.school.classes.get(number=21)
    enrolment.save()

    undo(cast, batch)

    assert numbers(cast) == [2, 21]
