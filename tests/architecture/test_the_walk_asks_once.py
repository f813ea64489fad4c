"""The walk sends the database no more than it must, and is answered what the rows say (sparing)."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from foundation.accounts.backends import PersonBackend
from foundation.accounts.models import Person
from tests.architecture.sparing import Sparing
from tests.cast import Cast


@pytest.fixture
def sparing(cast: Cast) -> Iterator[Sparing]:
    made = Sparing()
    with made.installed():
        made.begin()
        yield made


def _break(do: Callable[[], object]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            do()
        raise ZeroDivisionError


def _name(person: Person) -> str:
    found = PersonBackend().get_user(person.pk)
    assert found is not None
    return found.name


def _rename(person: Person, name: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=name)


def test_a_question_is_asked_once_until_something_is_written(cast: Cast, sparing: Sparing) -> None:
    person = cast.person("registrar")
    assert _name(person) == "registrar甲"
    kept = dict(sparing.answers)
    assert _name(person) == "registrar甲"
    assert kept
    assert sparing.answers == kept
    _rename(person, "乙")
    assert _name(person) == "乙"


def test_after_a_request_that_was_taken_back_the_answer_is_the_former(
    cast: Cast, sparing: Sparing
) -> None:
    person = cast.person("registrar")
    assert _name(person) == "registrar甲"
    with transaction.atomic():
        _rename(person, "乙")
        transaction.set_rollback(True)
    sparing.end()
    sparing.begin()
    assert _name(person) == "registrar甲"


def test_what_is_written_between_two_requests_is_seen(cast: Cast, sparing: Sparing) -> None:
    person = cast.person("registrar")
    assert _name(person) == "registrar甲"
    sparing.end()
    _rename(person, "乙")
    sparing.begin()
    assert _name(person) == "乙"


def test_a_savepoint_in_which_nothing_is_sent_is_none(cast: Cast, sparing: Sparing) -> None:
    with transaction.atomic():
        assert len(sparing.untold) == 1
    assert not sparing.untold
    with pytest.raises(ZeroDivisionError):
        _break(lambda: None)
    assert not sparing.untold


def test_what_is_written_within_a_savepoint_that_breaks_is_taken_back(
    cast: Cast, sparing: Sparing
) -> None:
    person = cast.person("registrar")
    with transaction.atomic():
        _rename(person, "外面")
        with pytest.raises(ZeroDivisionError):
            _break(lambda: _rename(person, "里面"))
    assert _name(person) == "外面"
