"""The walk over every address sees what a request wrote, and nothing of it stays."""

import pytest

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from tests.architecture.undone import Undone

pytestmark = pytest.mark.django_db


def test_what_was_written_within_a_watched_block_is_told_and_taken_back() -> None:
    undone = Undone()
    for _ in range(2):  # the second time it begins with what was counted after the first
        with undone.block(is_watched=True) as written:
            audit.record(Origin(), "read_pupil")
        assert written == {"accounts_auditevent"}
        assert not AuditEvent.objects.exists()


def test_nothing_is_told_of_a_block_that_only_read() -> None:
    undone = Undone()
    audit.record(Origin(), "read_pupil")
    with undone.block(is_watched=True) as written:
        assert AuditEvent.objects.count() == 1
    assert written == set()
    assert AuditEvent.objects.count() == 1


def test_what_an_unwatched_block_wrote_is_not_told_of_the_next() -> None:
    undone = Undone()
    with undone.block(is_watched=True):
        audit.record(Origin(), "read_pupil")
    with undone.block(is_watched=False):
        audit.record(Origin(), "read_pupil")
    with undone.block(is_watched=True) as written:
        pass
    assert written == set()
    assert not AuditEvent.objects.exists()


def test_a_block_that_broke_is_taken_back_too() -> None:
    undone = Undone()
    with pytest.raises(ZeroDivisionError):
        _write_and_break(undone)
    assert not AuditEvent.objects.exists()


def _write_and_break(undone: Undone) -> None:
    with undone.block(is_watched=True):
        audit.record(Origin(), "read_pupil")
        raise ZeroDivisionError
