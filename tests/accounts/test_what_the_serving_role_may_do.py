"""The serving role cannot change what happened."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from tests.cast import Cast

APPEND_ONLY = ("accounts_auditevent", "cases_caseevent", "cases_contact")
STATEMENTS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_events_and_audit_refuse_change(cast: Cast, table: str, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement.format(table))


def test_the_tests_run_as_the_serving_role(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.SERVING_ROLE,)


def test_a_child_cannot_be_deleted(cast: Cast) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("DELETE FROM roster_child")
