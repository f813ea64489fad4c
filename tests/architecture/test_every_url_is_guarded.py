"""Every address stands in one access table, and answers each role as the table says (S1, S2)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpResponse
from django.template.base import Template
from django.urls import URLPattern, URLResolver, get_resolver

from cases.policy import RULES, Act
from foundation.accounts.models import Person
from tests.architecture.access import FAMILIES, TABLE
from tests.architecture.access.cases import ACTS
from tests.architecture.access.rows import expected
from tests.architecture.sparing import Sparing
from tests.architecture.things import make_world
from tests.architecture.walk import Walk, wrong_in
from tests.architecture.world import no_object
from tests.cast import ROLES

NOON = "2025-09-12 04:00:00+00:00"


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Nobody reads the traces of refusals by the thousand."""
    log = logging.getLogger(name)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


# Half of the answers are refusals for want of a right, of which a row tells the status alone. Their
# page is looked at in tests/wiring/test_what_every_page_shows.py.
_BARE = patch("kongchuo.urls.handler403", lambda request, exception: HttpResponse(status=403))
# A client of the tests copies the context of each template, which nobody looks at here.
_UNWATCHED = patch.object(Template, "_render", lambda self, context: self.nodelist.render(context))


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    """One world for the whole walk, in one transaction that is rolled back."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOON, tick=False),
        transaction.atomic(),
        _silent("django.request"),
        _UNWATCHED,
        _BARE,
    ):
        world = make_world()
        Person.objects.update(password=make_password("x"))
        sparing = Sparing()
        with sparing.installed():
            yield Walk(world, sparing)
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
    labels = [row.label for row in TABLE]
    assert sorted(set(names)) == sorted({row.name for row in TABLE})
    assert len(names) == len(set(names)), "two addresses of one name"
    assert len(labels) == len(set(labels)), "an address stands twice in the table"


def test_every_act_that_has_a_form_stands_in_the_table() -> None:
    assert {Act(act) for act in ACTS} == set(RULES) - {Act.CALL}


def test_the_table_tells_of_every_role() -> None:
    for row in TABLE:
        for table in filter(None, (row.get, row.post)):
            for role in ROLES:
                count = 1 if row.maker is no_object else 3
                assert len(expected(table, role).split()) == count, (row.name, role)


@pytest.mark.django_db
@pytest.mark.parametrize("family", FAMILIES)
def test_every_address_of_a_family_answers_as_its_row_says(walk: Walk, family: str) -> None:
    wrong = [line for row in FAMILIES[family] for line in wrong_in(walk, row)]
    assert not wrong, "\n" + "\n".join(wrong)
