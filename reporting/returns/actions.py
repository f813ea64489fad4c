"""Orders, builds and hands out the county's monthly workbook F16."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import AuditEvent, Unit
from foundation.accounts.roles import Right, role_of
from foundation.days import full_day_words
from foundation.downloads import export_mark
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.workbooks.layout import Page
from reporting.figures.base import hollow_because
from reporting.figures.months import month_until
from reporting.returns.content import PARTS, canonical, content_of, digest_of
from reporting.returns.layout import lay_out
from reporting.returns.models import BuiltReturn
from reporting.returns.reading import (
    Sight,
    as_seen,
    reading_post,
    rows_naming,
    shows_all,
    sight_of,
)
from reporting.returns.sheets import F16
from reporting.returns.workbook import workbook_of

CODE = "F16"
TASK = "reporting.returns.tasks.build_f16"


@transaction.atomic
def order_return(doer: Doer, county: Unit, month: date) -> BuiltReturn:
    """Order the next version of a month's workbook. Returns the running one if one is being built.

    Raises PermissionDenied without the right in this county, Refused (in Chinese) for a month that
    has not begun or has nothing to count from.
    """
    post = post_with(doer.viewer, Right.BUILD_RETURNS, fits=lambda p: p.county_id == county.pk)
    if month > doer.today:
        raise Refused("所选月份尚未开始，请选择本月或以前的月份。")
    hollow = hollow_because(county, month_until(month, doer.today))
    if hollow:
        raise Refused(hollow)
    # The lock makes two orders at once take different version numbers.
    Unit.objects.select_for_update(no_key=True).get(pk=county.pk)
    period = month_until(month, doer.today)
    waiting = _under_way(county, period.first)
    if waiting is not None:
        return waiting
    built = BuiltReturn.objects.create(
        county=county,
        code=CODE,
        period=period.first,
        version=_next_version(county, period.first),
        as_of=period.as_of,
        built_by_id=post.id,
        filed_on=doer.today,
        created_at=doer.now,
    )
    built.job = jobs.start(
        TASK,
        f"控辍保学月报（{period.words}）第{built.version}版",
        doer.viewer,
        post,
        built=built.pk,
    )
    built.save(update_fields=["job"])
    details = {"period": f"{period.first:%Y-%m}", "version": built.version}
    audit.record(doer.under(post).origin, "order_return", "built_return", built.pk, details=details)
    return built


def _under_way(county: Unit, first: date) -> BuiltReturn | None:
    return (
        BuiltReturn.objects.filter(
            county=county, code=CODE, period=first, state=BuiltReturn.BUILDING
        )
        .exclude(job__state=Job.FAILED)
        .select_related("job")
        .first()
    )


def _next_version(county: Unit, first: date) -> int:
    built = BuiltReturn.objects.filter(county=county, code=CODE, period=first)
    last: int | None = built.aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def build(job: Job) -> str:
    """Do the work of the job: rows, digest, checks, workbook. Returns the address of the page."""
    built = BuiltReturn.objects.select_related("county__region", "built_by").get(
        pk=job.args["built"]
    )
    steps = _Steps(job, len(PARTS) + len(F16))
    content = content_of(built.county, built.month, steps.tell)
    built.canonical, built.content = canonical(content), content
    built.rows_hash = digest_of(content)
    built.checks = content["blocks"]["checks"]
    sight = Sight.by(role_of(built.built_by.role).rights)
    built.workbook = _workbook(built, pages_of(built, sight), steps.tell)
    built.file_name = _file_name(built)
    built.state = BuiltReturn.BUILT
    built.save()
    return reverse("returns:detail", args=[built.pk])


class _Steps:
    """Progress of a job, one step for each part and each sheet."""

    def __init__(self, job: Job, total: int) -> None:
        self.job, self.total, self.done = job, total, 0

    def tell(self, note: str) -> None:
        """Report one more step as done. ``note`` names it."""
        self.done += 1
        jobs.progress(self.job, self.done, self.total, note)


def _file_name(built: BuiltReturn) -> str:
    return f"{built.county.region.name}_控辍保学月报_{built.month.words}_v{built.version}.xlsx"


def pages_of(built: BuiltReturn, sight: Sight) -> list[Page]:
    """Lay out every sheet of a built return as a reader sees it."""
    filed = full_day_words(built.filed_on)
    content = as_seen(built.content, sight)
    return [lay_out(sheet, content, filed, sensitive=sight.causes) for sheet in sight.sheets]


def _workbook(built: BuiltReturn, pages: Iterable[Page], tell: Any = lambda _: None) -> bytes:
    return workbook_of(pages, built.county.name, built.filed_on.isoformat(), tell)


def hand_out(doer: Doer, built: BuiltReturn, purpose: str) -> bytes:
    """The workbook for a reader. Writes an audit row with the purpose and every child it names.

    A reader who may see everything gets the bytes as they were built. Any other gets the same
    sheets made anew, with names masked, 其他 for sensitive causes, and the export's mark.
    """
    reader = doer.under(reading_post(doer.viewer, built.county_id))
    post, details = reader.post, {"sha256": built.rows_hash}
    row = _record_reading(reader, "download_return", built, details, purpose)
    sight = sight_of(doer.viewer, built.county_id)
    if shows_all(sight, built.content):
        return built.workbook
    who = f"{doer.viewer.name}（{post.unit_name} {post.role.label}）"
    mark = f"本件按查阅人的权限摘录。{export_mark(who, doer.now, purpose, row.pk)}"
    pages = [replace(page, notes=(*page.notes, mark)) for page in pages_of(built, sight)]
    return _workbook(built, pages)


def note_reading(doer: Doer, built: BuiltReturn, sheet: str) -> None:
    """Write the audit row for reading a sheet that names children."""
    reader = doer.under(reading_post(doer.viewer, built.county_id))
    _record_reading(reader, "read_return", built, {"sheet": sheet})


def print_sheet(doer: Doer, built: BuiltReturn, sheet: str, purpose: str) -> str:
    """The mark of a printed sheet: who, when, what for. Writes an audit row with the purpose."""
    reader = doer.under(reading_post(doer.viewer, built.county_id))
    row = _record_reading(reader, "print_return", built, {"sheet": sheet}, purpose)
    who = f"{doer.viewer.name}（{reader.post.unit_name} {reader.post.role.label}）"
    return export_mark(who, doer.now, purpose, row.pk)


def _record_reading(
    doer: Doer, verb: str, built: BuiltReturn, details: dict[str, Any], purpose: str = ""
) -> AuditEvent:
    content = as_seen(built.content, sight_of(doer.viewer, built.county_id))
    children = {row["child"] for row in rows_naming(content)}
    return audit.record(
        doer.origin,
        verb,
        "built_return",
        built.pk,
        children=children,
        reason=purpose,
        details=details,
    )
