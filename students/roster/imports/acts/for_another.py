"""Takes a sheet that was uploaded for the wrong school for the school that it names."""

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.imports.acts.answers import upload_roster
from students.roster.imports.acts.batches import pieces_of, post_for
from students.roster.models import ImportBatch, School

NAMES_SCHOOL = "names_school"  # in a batch's counts: the 学校标识码 of the sheet's school
NONE = "这一批名册不能改为导入另一所学校，请重新上传。"


def school_named(viewer: Viewer, batch: ImportBatch) -> School | None:
    """The other school that the refused sheet is of, where the viewer imports for that one, too."""
    code = batch.counts.get(NAMES_SCHOOL) if batch.state == ImportBatch.REFUSED else None
    if not code:
        return None
    posts = viewer.posts_with(Right.IMPORT_ROSTER)
    own = [post.unit_id for post in posts if post.unit_kind == UnitKind.SCHOOL]
    return School.objects.filter(code=code, pk__in=own).select_related("unit").first()


@transaction.atomic
def take_for_named(doer: Doer, batch: ImportBatch) -> ImportBatch:
    """Start reading the same file for the school that it names; raises Refused.

    Who only reads the batch, as the county does, has no right to it.
    """
    post_for(doer.viewer, batch.school_id)
    school = school_named(doer.viewer, batch)
    content = b"".join(pieces_of(batch))
    if school is None or not content:
        raise Refused(NONE)
    return upload_roster(doer, school, batch.file_name, content, batch.as_of)
