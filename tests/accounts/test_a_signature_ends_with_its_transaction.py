"""Whose a change is stands in the history of that transaction alone."""

from django.db import connection, transaction

from foundation.accounts.audit import Origin
from foundation.accounts.history.signing import sign_changes


def test_the_next_transaction_of_a_connection_is_nobody_s(own_database):
    with transaction.atomic():
        sign_changes(Origin(person_id=7, post_id=8, request_id="abc"))
        assert _signature() == '{"person": 7, "post": 8, "request": "abc"}'
    assert not _signature()


def _signature() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_metadata', true)")
        return str(cursor.fetchone()[0])
