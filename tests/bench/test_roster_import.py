"""A county's roster of 100,000 pupils from the upload to the register, beside what it could cost.

Printed only; ratios of one run on one machine. ROSTER_ROWS=20000 makes a quick run. Beside it, on
the same sheet: django-import-export, the bare reading of the sheet, the bare COPY of the same rows.
"""

import base64
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections, transaction
from import_export.resources import ModelResource
from python_calamine import CalamineWorkbook
from tablib import Dataset

from foundation.accounts import actions as accounts
from foundation.accounts.audit import Origin
from foundation.accounts.models import UnitKind
from students.roster import tasks
from students.roster.imports.acts.batches import confirm_import, start_import
from students.roster.imports.new_classes import new_classes
from students.roster.imports.reading.cells import day as day_of
from students.roster.lists.actions import ExportOrder, order_export, start_job
from students.roster.models import Child, Enrolment, Guardian, ImportBatch, SchoolClass
from students.roster.pupils.acts.pupils import add_school
from tests.bench.county_sheet import county_sheet
from tests.cases.steps import at
from tests.cast import Cast, make_cast
from tests.doers import doing

ROWS = int(os.environ.get("ROSTER_ROWS", "100000"))
SAMPLE = 2_000  # rows of django-import-export; the rest is extrapolated
SCHOOLS = 200
TODAY = date(2025, 9, 12)
TABLES = ("roster_child", "roster_guardian", "roster_enrolment")
_KEYS = """
    SELECT left(conname, 50), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""


@contextmanager
def timed(spent: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[name] = time.perf_counter() - began


def _open_schools(cast: Cast) -> list[str]:
    codes = []
    for n in range(SCHOOLS):
        unit = accounts.add_unit(
            UnitKind.SCHOOL, f"第{n}学校", cast.here.village.region, cast.here.central_school
        )
        codes.append(add_school(unit, f"3453{n:06d}", cast.here.township).code)
    return codes


def _bring_in(cast: Cast, content: bytes, spent: dict[str, float], name: str) -> ImportBatch:
    viewer = cast.viewer("county_desk", TODAY)
    with timed(spent, f"{name}: upload"), transaction.atomic():
        batch = start_import(
            doing(viewer, Origin(), now=at(TODAY)), None, "全县.xlsx", content, TODAY
        )
    with timed(spent, f"{name}: read, compare, preview"):
        tasks.read_batch(_job_of(batch))
    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW, batch.problem
    with timed(spent, f"{name}: confirm, write, commit"):
        batch = confirm_import(
            doing(viewer, Origin()), batch.pk, {c.key for c in new_classes(batch)}
        )
        tasks.write_batch(_job_of(batch))
    batch.refresh_from_db()
    assert batch.state == ImportBatch.DONE, batch.problem
    spent[name] = sum(seconds for key, seconds in spent.items() if key.startswith(f"{name}:"))
    return batch


def _take_out(cast: Cast, spent: dict[str, float]) -> int:
    """The county's whole list as its desk exports it; how many bytes."""
    viewer = cast.viewer("county_desk", TODAY)
    order = ExportOrder("pupils", "学生名册", {}, "基线测量", with_numbers=True, rows=ROWS)
    export = order_export(doing(viewer, Origin(), now=at(TODAY)), order)
    start_job(export, viewer, viewer.posts[0])  # as when a second person has agreed
    assert export.job_id is not None
    with timed(spent, "export of the same rows"):
        tasks.write_export(export.job_id)
    parts = export.parts.order_by("position")
    content = b"".join(base64.b64decode(part.content) for part in parts)
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) > ROWS
    return len(content)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _job_of(batch: ImportBatch) -> int:
    assert batch.job_id is not None
    return batch.job_id


class Pupils(ModelResource):
    """The same rows as a user of django-import-export would bring them in, protected fields too."""

    class Meta:
        model = Child
        fields = ("name", "sex", "born_on", "ethnicity", "home_region", "id_no_digest")
        import_id_fields = ("id_no_digest",)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        row["id_no_digest"] = Child.id_no.column_of(Child).digest(row["身份证件号★"])
        row["name"], row["born_on"] = row["姓名★"], day_of(row["出生日期★"])
        row["home_region"] = row["户口所在地(行政区划)★"]

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.county_id = self.county_id
        instance.id_no, instance.address = row["身份证件号★"], row["现住址★"]

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        for position in (1, 2):
            one = Guardian(child=instance, position=position, name=row[f"成员{position}姓名"])
            one.phone = row[f"成员{position}联系电话"]
            one.save()
        place, seat = self.school_class, row["班内学号"]
        Enrolment.objects.create(
            child=instance,
            school_id=place.school_id,
            school_class=place,
            starts_on=TODAY,
            seat_no=seat,
        )

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """It would set the sequences, which the serving role may not; nothing needs it."""


def _with_import_export(cast: Cast, content: bytes) -> float:
    """As its admin does from the upload to the register: read and tried out, read and written."""
    began = time.perf_counter()
    pupils = Pupils()
    pupils.county_id = cast.county.pk
    pupils.school_class = SchoolClass.objects.get(pk=cast.here.school_class.pk)
    with transaction.atomic():
        for is_preview in (True, False):
            sheet = _dataset(content)
            done = pupils.import_data(sheet, dry_run=is_preview, raise_errors=True)
            assert done.totals["new"] == SAMPLE
        spent = time.perf_counter() - began
        transaction.set_rollback(True)
    return spent


def _dataset(content: bytes) -> Dataset:
    sheet = Dataset()
    # A column of the digest by which import-export finds a child again.
    sheet.dict = [row | {"id_no_digest": ""} for row in Dataset().load(content, format="xlsx").dict]
    return sheet


def _read_alone(path: Path, spent: dict[str, float]) -> None:
    with timed(spent, "calamine"):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(rows) == ROWS + 1


def _copy_alone(spent: dict[str, float]) -> None:
    """The final rows into empty tables with the same indexes, constraints and foreign keys."""
    owner = connections["default"].settings_dict
    names = {"user": owner["USER"], "password": owner["PASSWORD"], "dbname": owner["NAME"]}
    place = {"host": owner["HOST"], "port": owner["PORT"]}
    with psycopg.connect(**names, **place) as server:
        spent["COPY"] = 0.0
        for table in TABLES:
            server.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            keys = server.execute(_KEYS, [table]).fetchall()
            for name, definition in keys:
                server.execute(f"ALTER TABLE bench_{table} ADD CONSTRAINT b_{name} {definition}")
            server.commit()
            with server.cursor().copy(f"COPY {table} TO STDOUT") as out:
                content = b"".join(out)
            with timed(spent, table):
                with server.cursor().copy(f"COPY bench_{table} FROM STDIN") as copy:
                    copy.write(content)
                server.commit()
            spent["COPY"] += spent.pop(table)


def test_a_county_s_roster_beside_its_parts(own_database: str, tmp_path: Path) -> None:
    spent: dict[str, float] = {}
    cast = make_cast()
    codes = _open_schools(cast)
    content = county_sheet(range(ROWS), codes)
    path = tmp_path / "county.xlsx"
    path.write_bytes(content)
    batch = _bring_in(cast, content, spent, "first")
    peak = _peak()
    assert batch.counts["new"] == Child.objects.count() == Enrolment.objects.count() == ROWS
    again = _bring_in(cast, content, spent, "again")
    assert (again.counts["unchanged"], again.writes) == (ROWS, 0)
    size = _take_out(cast, spent)
    print(f"\nexported: {size >> 20} MB; worker peak then {_peak()} MB")
    _read_alone(path, spent)
    _copy_alone(spent)
    others = county_sheet(range(1_000_000, 1_000_000 + SAMPLE), codes)
    sample = _with_import_export(cast, others)
    _tell(len(content), peak, spent, sample * ROWS / SAMPLE)


def _tell(size: int, peak: int, spent: dict[str, float], others: float) -> None:
    print(f"\n{ROWS} rows × 71 columns, {size >> 20} MB, {SCHOOLS} schools; worker peak {peak} MB")
    for name, seconds in spent.items():
        print(f"  {name}: {seconds:.1f} s")
    print(f"  django-import-export, from {SAMPLE} rows extrapolated: {others:.0f} s")
    first, floor = spent["first"], spent["calamine"] + spent["COPY"]
    print(f"django-import-export : ours = {others / first:.0f} : 1 (wanted: 30)")
    print(f"ours : calamine alone + COPY alone = {first / floor:.2f} : 1 (wanted: 2.5 at most)")
    print(f"first : the same again, 0 rows written = {first / spent['again']:.2f} : 1 (wanted: 2)")
