"""What 操作记录 and 系统状态 show, for the walk over every address (world.py)."""

from django.utils import timezone

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.jobs.actions import UNEXPECTED
from foundation.jobs.models import Job
from tests.architecture.things import MISSING, NEVER, SIBLING, World
from tests.architecture.world import Args, a_deadline


def a_failed_job(world: World, role: str, where: str) -> Args:
    """An export of a school that failed by accident."""
    if where == MISSING:
        return {"pk": NEVER}
    post = world.cast.post("registrar", there=where == SIBLING)
    job = Job.objects.create(
        task="students.roster.tasks.write_export",
        title="导出",
        person=post.person,
        post=post,
        unit=post.unit,
        state=Job.FAILED,
        problem=UNEXPECTED,
        finished_at=timezone.now(),
    )
    return {"pk": job.pk}


def a_met_deadline(world: World, role: str, where: str) -> Args:
    """A duty of a case that waits for no sweep."""
    return {"pk": a_deadline(world, role, where)["pk"]}


def an_event(world: World, role: str, where: str) -> Args:
    """A row of the audit, of a school's clerk."""
    if where == MISSING:
        return {"pk": NEVER}
    post = world.cast.post("registrar", there=where == SIBLING)
    origin = Origin(post.person_id, post.pk)
    return {"pk": audit.record(origin, "read_pupil").pk}
