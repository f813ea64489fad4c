"""Makes and uses the technician's address. Its secret is shown once; its digest is kept."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import Unit, UnitKind
from kongchuo.setup.opening.models import CountyOpening, OpeningAddress

OPENED = (
    "县已经建立，县级任职也已确认，不再需要开通网址。请安全管理员登录后办理。"
    "唯一的安全管理员不能登录的，执行 make manage ARGS=reset_officer。"
)
USED = "这个开通网址已经用过。接着开通，请安全管理员用登录单上的账号登录。"
LATE = "这个开通网址已经失效：24小时内有效，生成新网址后旧的作废。"
UNKNOWN = "没有这个开通网址，请核对是否复制完整。"
AGAIN = "请在服务器上执行 make manage ARGS=opening_address，重新显示一个网址。"
LOST = (
    "登录单没有打印好或者丢了，或者姓名、手机号、县代码填错了：在服务器上执行 "
    "make manage ARGS=opening_address，用新网址重新发登录单、更正。第二人确认县级任职以前都可以。"
)


def again(words: str) -> str:
    """What helps after this refusal; nothing where the county runs and needs no address."""
    if words != USED:
        return AGAIN
    return LOST if is_needed() else ""


def is_needed() -> bool:
    """Whether nobody can run the county yet: none is there, or no second person has confirmed."""
    openings = CountyOpening.objects.all()
    counties = Unit.objects.filter(kind=UnitKind.COUNTY)
    return openings.filter(confirmed_at=None).exists() or not counties.exists()


@transaction.atomic
def make_address(now: datetime) -> str:
    """The secret of a new address; earlier ones end. Raises Refused where none is needed."""
    if not is_needed():
        raise Refused(OPENED)
    OpeningAddress.objects.filter(used_at=None, ended_at=None).update(ended_at=now)
    secret = secrets.token_urlsafe(32)
    OpeningAddress.objects.create(digest=digest_of(secret), made_at=now)
    audit.record(Origin(), "opening_address_made")
    return secret


def digest_of(secret: str) -> str:
    """What is kept of the secret."""
    return sha256(secret.encode()).hexdigest()


def refusal(secret: str, now: datetime) -> str:
    """Why the address opens nothing, in Chinese; empty where it does."""
    found = OpeningAddress.objects.filter(digest=digest_of(secret)).first()
    if found is None:
        return UNKNOWN
    if found.used_at is not None:
        return USED
    return LATE if found.is_late(now) else ""


def use(secret: str, now: datetime) -> None:
    """Use the address up, in the transaction of the act; raises Refused."""
    list(OpeningAddress.objects.select_for_update().filter(digest=digest_of(secret)))
    if words := refusal(secret, now):
        raise Refused(words)
    OpeningAddress.objects.filter(digest=digest_of(secret)).update(used_at=now)
