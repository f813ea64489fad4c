"""A 学籍号 is "G" and the ID number: it stands nowhere in clear, and still finds its child."""

import base64
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from foundation.protected import digest
from students.roster.models import Child, FormerNumber, ImportRow
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cast import Cast, make_cast, make_child
from tests.roster.canaries import dump_of, flush_to_disk, found_in, raw_files
from tests.roster.sheets import plain_book, pupil
from tests.roster.steps import bring_in

MANY = 10_000
HEAD = ["学籍号", "姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]
OTHER = "G530999201205067777"
# In no other test: the server's log of what was written is the same for all.
REPLACED = ("L530999201205077123", "G530999201205077456")


def _numbers() -> Iterator[str]:
    for day in range(MANY):
        yield invent(date(1975, 1, 1) + timedelta(days=day), 1, "1")


def _plant(cast: Cast) -> set[bytes]:
    """10,000 children, and one whose temporary number an import replaced twice."""
    numbers = list(islice(_numbers(), MANY))
    children = [Child(county=cast.county, name="王小甲") for _ in numbers]
    for child, number in zip(children, numbers, strict=True):
        child.id_no, child.registry_no = number, f"G{number}"
    Child.objects.bulk_create(children, batch_size=2_000)
    mine = invent(date(2012, 5, 7), 307, "1")
    for number in (*REPLACED, f"G{mine}"):
        line = [number, "王小乙", "男", "20120507", mine, "2", "202409"]
        bring_in(cast, plain_book([HEAD, line]))
    assert [row.registry_no for row in FormerNumber.objects.all()] == list(REPLACED)
    return {number.encode() for number in (*numbers, mine, *(one[1:] for one in REPLACED))}


def test_planted_numbers_are_in_no_dump_and_in_no_raw_file(own_database: str) -> None:
    planted = _plant(make_cast())
    dump = dump_of(own_database)
    assert dump.count(b"INSERT INTO public.roster_child ") > MANY
    assert found_in(dump, planted) == set()
    flush_to_disk()
    files = raw_files(own_database)
    named = [name for name, content in files if "王小甲".encode() in content]
    assert named, "the rows are in none of the files that were read"
    assert {name: found for name, rest in files if (found := len(found_in(rest, planted)))} == {}


def test_the_search_for_planted_numbers_finds_them_in_every_form() -> None:
    number = b"530999198501010019"
    wide = number.decode().encode("utf-16-le")
    assert found_in(b"x " + number, {number}) == {number}
    assert found_in(number.hex().encode(), {number}) == {number}
    assert found_in(wide, {number}) == {number}
    for before in (b"", b"G", b"xy", b"abc"):
        text = base64.b64encode(before + number + b"}")
        assert found_in(b"v " + text, {number}) == {number}, before


@pytest.mark.django_db(databases=["default", "progress"])
def test_a_dump_of_history_and_import_rows_holds_no_number(cast: Cast) -> None:
    first, second = "L530999201205061234", f"G{pupil(1)['身份证件号']}"
    for number in (first, second):
        line = [number, pupil(1)["姓名"], "男", "20120506", second[1:], "2", "202409"]
        bring_in(cast, plain_book([HEAD, line]))
    child: Any = Child.objects.get()
    opened = [
        Child.registry_no.reopen(child, row.registry_no_sealed) for row in child.snapshots.all()
    ]
    assert opened == [first]
    assert ImportRow.objects.exclude(left="").exists()


@pytest.mark.django_db
def test_the_page_of_search_finds_a_child_by_the_number_however_it_is_typed(cast: Cast) -> None:
    child = make_child(cast.here, "张小明", registry_no=OTHER)
    client = client_of(cast.person("registrar"))
    for typed in (OTHER, OTHER.lower(), f" {OTHER} "):
        answer = client.post("/roster/find/", {"number": typed})
        assert (answer.status_code, answer.get("Location")) == (302, f"/pupils/{child.pk}/"), typed
    assert "张小明" not in page(client.post("/roster/find/", {"number": OTHER[:-1] + "8"}))


def test_a_filled_database_comes_along(own_database: str) -> None:
    """The numbers of children, of their history and of former numbers, as they were kept."""
    cast = make_cast()
    child: Any = make_child(cast.here, "张小明")
    child.name = "张大明"
    child.save()
    former = FormerNumber.objects.create(
        child=child, registry_no_sealed="", registry_no_digest="old", uuid=uuid4()
    )
    _as_it_was(f"UPDATE roster_child SET registry_no = '{OTHER}' WHERE id = {child.pk}")
    sealing = import_module("students.roster.migrations.0015_sealed_registry_numbers")
    with connection.schema_editor() as editor:
        sealing.seal_numbers(editor)
    child, former = Child.objects.get(pk=child.pk), FormerNumber.objects.get(pk=former.pk)
    assert (child.registry_no, former.registry_no) == (OTHER, "L530999201205061234")
    assert child.registry_no_digest == digest(OTHER, "registry")
    snapshot = child.snapshots.get()
    assert Child.registry_no.reopen(child, snapshot.registry_no_sealed) == OTHER


def _as_it_was(statement: str) -> None:
    """The tables with the columns of before, in clear."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in ("roster_child", "roster_childevent", "roster_formernumber"):
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN registry_no varchar(19) DEFAULT ''")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"UPDATE roster_childevent SET registry_no = '{OTHER}'")
        cursor.execute("UPDATE roster_formernumber SET registry_no = 'L530999201205061234'")
        for table in ("roster_child", "roster_childevent", "roster_formernumber"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
