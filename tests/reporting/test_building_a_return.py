"""Ordering and building: a version each time, the same facts the same digest, nothing hidden."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from cases.models import Case
from foundation.accounts import actions as accounts
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent, UnitKind
from foundation.jobs.models import Job
from reporting.figures import tallies
from reporting.returns import actions, content
from reporting.returns.actions import order_return
from reporting.returns.checking import check_all
from reporting.returns.models import BuiltReturn
from reporting.returns.sheets.definition import Check
from tests.cases.steps import at
from tests.cast import Cast, make_child
from tests.clear_text import tables_with
from tests.doers import doing
from tests.repeated import Repeated, remember
from tests.reporting.building import bytes_of, job_of, run
from tests.reporting.facts import call_rolls, open_case, school_days

TODAY = date(2025, 11, 3)
OCTOBER = date(2025, 10, 1)
Month = tuple[Cast, Case]


@pytest.fixture(scope="module")
def _october(_repeated: Repeated[Cast], django_db_blocker: Any) -> Repeated[Month]:
    with django_db_blocker.unblock():
        return remember(lambda: _made(_repeated.again()))


def _made(cast: Cast) -> Month:
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 10, 31))
    child = make_child(cast.here)
    call_rolls(cast.here.school_class, days, {child: days[4:]})
    return cast, open_case(child, cast.here.school_class, days[4], opened_on=days[5], cause="05")


@pytest.fixture
def month(_october: Repeated[Month], db: None) -> Month:
    return _october.again()


@pytest.fixture
def cast(request: pytest.FixtureRequest, _repeated: Repeated[Cast], db: None) -> Cast:
    """Of a test that asks for the case, those of its month."""
    if "case" in request.fixturenames:
        found: Month = request.getfixturevalue("month")
        return found[0]
    return _repeated.again()


@pytest.fixture
def case(month: Month) -> Case:
    return month[1]


def order(cast, month=OCTOBER, today=TODAY) -> BuiltReturn:
    viewer = cast.viewer("county_desk", today)
    return order_return(doing(viewer, Origin(), today=today, now=at(today)), cast.county, month)


def build(cast, **more) -> BuiltReturn:
    return run(order(cast, **more))


def text_of(raw: bytes) -> str:
    sheets = load_workbook(BytesIO(raw))
    return " ".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row)


def test_an_order_pokes_the_queue_once_it_is_committed(
    cast, case, monkeypatch, django_capture_on_commit_callbacks
):
    poked: list[Job] = []
    monkeypatch.setattr("foundation.jobs.actions.poke", poked.append)
    with django_capture_on_commit_callbacks(execute=True):
        built = order(cast)
        assert not poked
    assert poked == [built.job]
    assert (built.standing, job_of(built).task) == ("building", "reporting.returns.tasks.build_f16")
    assert AuditEvent.objects.get(verb="order_return").object_id == built.pk


def test_rows_and_workbook_are_sealed_as_a_whole(cast, case):
    built = build(cast)
    name = case.child.name
    assert name in str(built.content["blocks"]["away"])
    assert bytes_of(built).startswith(b"PK")
    assert "returns_builtreturn" not in tables_with(name)
    assert built.workbook_sealed
    assert not bytes(built.workbook_sealed).startswith(b"PK")


def test_the_built_return_holds_rows_digest_bytes_and_a_name(cast, case):
    built = build(cast)
    assert (built.standing, built.version, built.as_of) == ("built", 1, date(2025, 10, 31))
    assert built.file_name == "区划530999_控辍保学月报_2025年10月_v1.xlsx"
    assert len(built.rows_hash) == 64
    assert bytes_of(built)[:2] == b"PK"
    assert built.content["blocks"]["away"][0]["child"] == case.child_id


def test_the_job_tells_every_step_and_ends_at_the_page(cast, case, told):
    built = build(cast)
    job = job_of(built)
    assert [(done, total) for done, total, _ in told] == [(n, 10) for n in range(1, 11)]
    assert told[-1][2] == "12 填表说明与口径"
    assert job.state == Job.DONE
    assert job.result_url == f"/returns/{built.pk}/"


def test_the_same_facts_give_the_same_digest_in_the_next_version(cast, case):
    first, second = build(cast), build(cast, today=date(2025, 11, 20))
    assert (first.version, second.version) == (1, 2)
    assert first.rows_hash == second.rows_hash


def test_another_fact_gives_another_digest_and_leaves_the_old_version_alone(cast, case):
    first = build(cast)
    kept = (first.rows_hash, bytes_of(first))
    case.whereabouts = "12"
    case.save()
    second = build(cast)
    first.refresh_from_db()
    assert (first.rows_hash, bytes_of(first)) == kept
    assert second.rows_hash != first.rows_hash


def test_a_second_order_while_one_is_under_way_is_the_same_order(cast, case):
    assert order(cast) == order(cast)
    assert Job.objects.count() == 1


def test_after_a_failed_building_a_new_version_may_be_ordered(cast, case):
    first = order(cast)
    Job.objects.filter(pk=job_of(first).pk).update(state=Job.FAILED)
    second = order(cast)
    first = BuiltReturn.objects.get(pk=first.pk)
    assert (first.standing, first.state_label) == ("failed", "未完成")
    assert second.version == 2


def test_building_twice_changes_nothing(cast, case):
    built = build(cast)
    before = bytes_of(built)
    built = run(built)
    assert bytes_of(built) == before
    assert BuiltReturn.objects.count() == 1


def test_the_running_month_stands_at_the_day_of_the_order(cast, case):
    call_rolls(cast.here.school_class, [TODAY])
    assert order(cast, month=date(2025, 11, 1)).as_of == TODAY


def test_a_month_that_has_not_begun_is_refused_in_words(cast):
    with pytest.raises(Refused, match="尚未开始"):
        order(cast, month=date(2025, 12, 1))
    assert not BuiltReturn.objects.exists()


@pytest.mark.parametrize("role", ["supervisor", "head_teacher", "township_leader", "administrator"])
def test_only_the_county_s_desk_orders(cast, role):
    with pytest.raises(PermissionDenied):
        order_return(
            doing(cast.viewer(role, TODAY), Origin(), today=TODAY, now=at(TODAY)),
            cast.county,
            OCTOBER,
        )


def test_the_desk_orders_for_its_own_county_only(cast):
    other = accounts.add_unit(UnitKind.COUNTY, "乙县教育局", cast.county.region, None)
    with pytest.raises(PermissionDenied):
        order_return(
            doing(cast.viewer("county_desk", TODAY), Origin(), today=TODAY, now=at(TODAY)),
            other,
            OCTOBER,
        )


def test_a_relation_that_does_not_hold_is_kept_and_printed(cast, case, monkeypatch):
    honest = tallies.count_case

    def wrong(one, facts):
        counts = honest(one, facts)
        counts["dropout_end"] += 1
        return counts

    monkeypatch.setattr(tallies, "count_case", wrong)
    built = build(cast)
    assert built.standing == "built"
    failed = [check["label"] for check in built.failed_checks]
    assert "分学校逐行：辍学月末数＝上月结转＋本月新增－本月劝返复学－本月其他销号" in failed
    text = text_of(bytes_of(built))
    assert "不符：东镇中学初中：2＞1" in text


def test_a_failed_building_says_what_to_do_and_leaves_nothing_half_made(cast, case, monkeypatch):
    def broken(*args, **more):
        raise RuntimeError("disk")

    monkeypatch.setattr(actions, "workbook_of", broken)
    built = order(cast)
    with pytest.raises(RuntimeError):
        run(built)
    built = BuiltReturn.objects.get(pk=built.pk)
    assert (built.standing, built.rows_hash, built.workbook) == ("failed", "", b"")
    assert "请重试" in job_of(built).problem


def test_a_sensitive_cause_is_shown_to_the_desk_and_hidden_from_the_supervision(cast, case):
    built = build(cast)
    desk, supervisor = (cast.viewer(role, TODAY) for role in ("county_desk", "supervisor"))
    assert "信教" in text_of(actions.hand_out(doing(desk, Origin()), built, "报送市局"))
    handed = text_of(actions.hand_out(doing(supervisor, Origin()), built, "督导检查"))
    assert "信教" not in handed
    assert "其他" in handed


def test_every_download_names_the_children_in_it(cast, case):
    built = build(cast)
    actions.hand_out(doing(cast.viewer("county_desk", TODAY), Origin()), built, "报送市局")
    row = AuditEvent.objects.get(verb="download_return")
    assert (row.children, row.row_count) == ([case.child_id], 1)
    assert row.details["sha256"] == built.rows_hash


def test_progress_parts_are_all_told(cast, case):
    told: list[str] = []
    content.content_of(cast.county, BuiltReturn(period=OCTOBER, as_of=TODAY).month, told.append)
    assert told == list(content.PARTS)


def test_checks_compare_sums_rows_and_lengths():
    blocks: dict[str, list[dict[str, Any]]] = {
        "a": [{"school": "甲校", "x": 1, "y": 1}, {"school": "乙校", "x": 2, "y": 1}],
        "b": [{"x": 3}],
    }
    checks = (
        Check("sum", ("a.x",), ("b.x",)),
        Check("row", ("a.x",), ("a.y",), each_row=True),
        Check("at most", ("a.y",), ("a.x",), each_row=True, at_most=True),
        Check("length", ("#a",), ("b.x", "-#b")),
        Check("less", ("#b",), ("#a",)),
    )
    found = {one.label: one for one in check_all(checks, blocks)}
    assert found["sum"].is_kept
    assert found["row"].failures == ("乙校：2＞1",)
    assert found["at most"].is_kept
    assert found["length"].is_kept
    assert found["less"].failures == ("1＜2",)
