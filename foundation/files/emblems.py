"""The county's emblem: set, replaced and removed by its desk; shown on every page and print."""

import uuid
from io import BytesIO

from django.db import transaction
from PIL import Image

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.files.decoding import FileUnreadable, decode
from foundation.files.models import Emblem, StoredFile
from foundation.files.thumbnails import small_copy

KEEPERS = (Right.MANAGE_UNITS, Right.MANAGE_CALENDAR)
SIDE = 256  # dots of the longer side: sharp at 64 on any screen and at 2 cm on paper
SMALLEST = 32
NO_PICTURE = "这不是图片。请选择 PNG、JPG 或 WebP 格式的标志图片。"
TOO_SMALL = f"图片太小（不足{SMALLEST}×{SMALLEST}点），印出来不清楚。请换一张大一些的。"
QUALITY = 90


@transaction.atomic
def set_emblem(doer: Doer, content: bytes) -> Emblem:
    """Make a picture the emblem of the doer's county; the one before stays on record.

    Raises Refused (in Chinese) for what is no picture, too big or too small.
    """
    by = doer.under(doer.viewer.posts_with(*KEEPERS)[0])
    made = Emblem.objects.create(
        county_id=by.post.county_id,
        token=uuid.uuid4(),
        image=_drawn(content),
        chosen_by_id=by.post.id,
    )
    audit.record(by.origin, "set_emblem", "emblem", made.pk)
    return made


@transaction.atomic
def remove_emblem(doer: Doer) -> None:
    """Show no emblem any more. Raises Refused (in Chinese) where none is shown."""
    by = doer.under(doer.viewer.posts_with(*KEEPERS)[0])
    if Emblem.objects.shown_of(by.post.county_id) is None:
        raise Refused("现在没有标志图片，不用移除。")
    row = Emblem.objects.create(county_id=by.post.county_id, chosen_by_id=by.post.id)
    audit.record(by.origin, "remove_emblem", "emblem", row.pk)


def _drawn(content: bytes) -> bytes:
    """The picture made anew from its pixels, on white, at most SIDE, as a JPEG."""
    try:
        made = decode(content)
    except FileUnreadable as error:
        raise Refused(str(error)) from None
    if made.kind != StoredFile.IMAGE:
        raise Refused(NO_PICTURE)
    with Image.open(BytesIO(made.content), formats=("JPEG",)) as image:
        if min(image.size) < SMALLEST:
            raise Refused(TOO_SMALL)
    return small_copy(made.content, SIDE, QUALITY)
