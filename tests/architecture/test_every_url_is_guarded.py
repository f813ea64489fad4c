"""Every address stands in one access table, and answers each role as the table says (S1, S2)."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.policy import RULES, Act
from foundation.accounts.models import Person
from tests.architecture.access import ACTS, TABLE, Row, expected
from tests.architecture.things import MISSING, OWN, SIBLING, World, make_world
from tests.architecture.world import no_object, people_of
from tests.browsing import client_of, phone_of
from tests.cast import ROLES

pytestmark = pytest.mark.django_db
NAMES = {row.name for row in TABLE}
LABELS = [f"{row.name} {row.tag}".strip() for row in TABLE]
PLACES = (OWN, SIBLING, MISSING)  # an address without an object has the first alone
NOON = "2025-09-12 04:00:00+00:00"
# What a GET may write: who saw what, and that the session goes on (S60).
WRITTEN_BY_READING = ("accounts_auditevent", "django_session")
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
# What a trusted phone opens without a session, answering as the table says of a class teacher.
ON_PHONE = ("account_logout", "roll", "roll_class", "roll_day", "roll_take_back")
ALL_ROWS = [pytest.param(row, id=label) for row, label in zip(TABLE, LABELS, strict=True)]


def takes_a_post(param: Any) -> bool:
    """Whether the row of a parameter tells of a POST."""
    return bool(param.values[0].post)


Answer = tuple[HttpResponse, frozenset[str]]


class Walk:
    """The world with one signed-in client a role."""

    def __init__(self, world: World) -> None:
        self.world = world
        people = people_of(world)
        self.clients = {role: client_of(person) for role, person in people.items()}
        self.phone = phone_of(people["class_teacher"]).cookies
        self.known: dict[tuple[str, ...], Answer] = {}

    def ask(self, row: Row, role: str, method: str, where: str) -> Answer:
        """The answer, and the tables that were written for it; nothing of it stays."""
        key = (row.name, row.tag, role, method, where)
        if key not in self.known:
            self.known[key] = self._ask(row, role, method, where)
        return self.known[key]

    def _ask(self, row: Row, role: str, method: str, where: str) -> Answer:
        address = reverse(row.name, kwargs=row.maker(self.world, role, where))
        with transaction.atomic(), CaptureQueriesContext(connection) as seen:
            answer = getattr(self.clients[role], method)(address)
            transaction.set_rollback(True)
        return answer, frozenset(_written(seen))


def _written(seen: CaptureQueriesContext) -> Iterator[str]:
    for query in seen.captured_queries:
        words = query["sql"].replace('"', "").split()
        if words and words[0].upper() in WRITES:
            yield words[1] if words[0].upper() == "UPDATE" else words[2]


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    """One world for the whole walk, in one transaction that is rolled back."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOON, tick=False),
        transaction.atomic(),
    ):
        world = make_world()
        Person.objects.update(password=make_password("x"))
        yield Walk(world)
        transaction.set_rollback(True)


def _named(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _named(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"


def test_no_address_is_missing_from_the_table_and_none_is_invented() -> None:
    names = list(_named(get_resolver().url_patterns))
    assert sorted(set(names)) == sorted(NAMES)
    assert len(names) == len(set(names)), "two addresses of one name"
    assert len(TABLE) == len(set(LABELS)), "an address stands twice in the table"


def test_every_act_that_has_a_form_stands_in_the_table() -> None:
    assert {Act(act) for act in ACTS} == set(RULES) - {Act.CALL}


def test_the_table_tells_of_every_role() -> None:
    for row in TABLE:
        for table in filter(None, (row.get, row.post)):
            for role in ROLES:
                count = 1 if row.maker is no_object else 3
                assert len(expected(table, role).split()) == count, (row.name, role)


@pytest.mark.parametrize("row", ALL_ROWS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_is_answered_as_the_table_says(walk: Walk, row: Row, method: str) -> None:
    table = getattr(row, method)
    if not table:
        return
    wrong = []
    for role in ROLES:
        for where, status in zip(PLACES, expected(table, role).split(), strict=False):
            answer, _ = walk.ask(row, role, method, where)
            if answer.status_code != int(status):
                wrong.append(f"{role} {where}: {answer.status_code}, not {status}")
    assert not wrong, f"{method.upper()} {row.name}: " + "; ".join(wrong)


@pytest.mark.parametrize("row", ALL_ROWS)
def test_what_is_outside_answers_as_what_never_existed(walk: Walk, row: Row) -> None:
    for method in ("get", "post"):
        table = getattr(row, method)
        for role in ROLES if table else ():
            if expected(table, role).split()[1:] != ["404", "404"]:
                continue
            outside, _ = walk.ask(row, role, method, SIBLING)
            missing, _ = walk.ask(row, role, method, MISSING)
            assert outside.content == missing.content, (row.name, role, method)
            assert _headers(outside) == _headers(missing), (row.name, role, method)


def _headers(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("row", ALL_ROWS)
def test_who_is_not_signed_in_is_led_to_the_door(walk: Walk, row: Row) -> None:
    for where in (OWN, MISSING):
        address = reverse(row.name, kwargs=row.maker(walk.world, "registrar", where))
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            if row.public:
                assert answer.status_code == 200
            else:
                assert answer.status_code == 302
                assert answer["Location"] == (row.door or f"/accounts/login/?next={address}")


@pytest.mark.parametrize("row", ALL_ROWS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_trusted_phone_opens_the_roll_of_one_s_own_class_and_nothing_else(
    walk: Walk, row: Row, method: str
) -> None:
    table = getattr(row, method)
    for where in PLACES:
        address = reverse(row.name, kwargs=row.maker(walk.world, "class_teacher", where))
        phone = Client()
        phone.cookies.update(walk.phone)  # anew each time, since signing out drops them
        with transaction.atomic():
            answer = getattr(phone, method)(address)
            transaction.set_rollback(True)
        if row.public or (row.name in ON_PHONE and not table):
            continue
        if row.name not in ON_PHONE:
            assert answer.status_code == 302, (row.name, where)
            assert answer["Location"] == (row.door or f"/accounts/login/?next={address}")
        elif row.maker is not no_object or where == OWN:
            statuses = expected(table, "class_teacher").split()
            assert str(answer.status_code) == statuses[PLACES.index(where)], (row.name, where)


@pytest.mark.parametrize("row", ALL_ROWS)
def test_a_get_writes_nothing_but_who_saw_what(walk: Walk, row: Row) -> None:
    for role in ROLES:
        _, written = walk.ask(row, role, "get", OWN)
        assert set(written) <= set(WRITTEN_BY_READING), (row.name, role)


@pytest.mark.parametrize("row", ALL_ROWS)
def test_a_refusal_is_noted(walk: Walk, row: Row) -> None:
    for role in ROLES:
        answer, written = walk.ask(row, role, "get", OWN)
        if answer.status_code in (403, 404):
            assert "accounts_auditevent" in written, (row.name, role)


@pytest.mark.parametrize("row", [row for row in ALL_ROWS if takes_a_post(row)])
def test_a_supervisor_changes_nothing(walk: Walk, row: Row) -> None:
    # what concerns the reader alone
    own = ("messaging_readmark", "accounts_person", "accounts_trustedphone")
    for where in (OWN, SIBLING):
        _, written = walk.ask(row, "supervisor", "post", where)
        assert set(written) <= {*WRITTEN_BY_READING, *own}, row.name
