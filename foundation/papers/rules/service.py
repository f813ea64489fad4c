"""送达: how a paper is served, and what the receipt must say then (T04, forms 3.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from foundation.days import moment_words


class ServiceMethod(StrEnum):
    """How a paper reaches who it is for."""

    DIRECT = "direct"
    LEFT = "left"
    MAIL = "mail"
    ENTRUSTED = "entrusted"
    NOTICE = "notice"


# 行政处罚法第六十一条 serves within seven days what is not handed over at once. It speaks of
# penalties, and in working days (第八十五条); for other papers no text has a number, and no step of
# the ladder hangs on this one. So it only tells the ledger what to ask after, in days of the
# calendar: it is no parameter of the county.
SERVED_WITHIN = timedelta(days=7)

METHODS: dict[ServiceMethod, str] = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.LEFT: "留置送达",
    ServiceMethod.MAIL: "邮寄送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.NOTICE: "公告送达",
}


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """What a 送达回证 says.

    ``received_by`` signed it, ``relation`` is to whom the paper is for. A refused paper is left
    with a ``witness``. ``servers`` are the two who served it.
    """

    method: str
    at: datetime
    place: str
    servers: tuple[str, str]
    received_by: str = ""
    relation: str = ""
    refusal: str = ""
    witness: str = ""
    remark: str = ""


def problems_of(
    entry: ServiceEntry, signed_at: datetime, now: datetime, known: Collection[str] = ()
) -> dict[str, str]:
    """What the receipt lacks, by field, in Chinese. ``at``, ``signed_at`` and ``now`` are in
    Asia/Shanghai.

    ``known`` are those for whom the paper is; who is none of them says how he is related.
    """
    found = _of_time(entry, signed_at, now)
    if entry.method not in METHODS:
        found["method"] = "请选择送达方式。"
    if not entry.place.strip():
        found["place"] = "请填写送达地点。"
    if not all(one.strip() for one in entry.servers):
        found["servers"] = "送达人要填两名。"
    elif entry.servers[0].strip() == entry.servers[1].strip():
        found["servers"] = "两名送达人不能是同一个人。"
    if known and entry.received_by.strip() not in {"", *known} and not entry.relation.strip():
        found["relation"] = (
            f"“{entry.received_by.strip()[:20]}”不是登记的监护人；代收的请写明与受送达人的关系。"
        )
    return found | _of_receiver(entry)


def _of_time(entry: ServiceEntry, signed_at: datetime, now: datetime) -> dict[str, str]:
    """Nobody is handed a paper before it exists; a form tells the minute and no second."""
    if entry.at > now:
        return {"at": "送达时间不能晚于现在。"}
    if entry.at < signed_at.replace(second=0, microsecond=0):
        return {"at": f"送达不能早于签发（{moment_words(signed_at)}）。"}
    return {}


def _of_receiver(entry: ServiceEntry) -> dict[str, str]:
    """Left because it was refused: reason and witness; otherwise who took it (forms 3.3)."""
    if entry.method != ServiceMethod.LEFT:
        needs = entry.method in (ServiceMethod.DIRECT, ServiceMethod.ENTRUSTED)
        lacks = needs and not entry.received_by.strip()
        return {"received_by": "请填写签收人；拒收的请选留置送达。"} if lacks else {}
    found = {}
    if not entry.refusal.strip():
        found["refusal"] = "留置送达要写明拒收的情况。"
    if not entry.witness.strip():
        found["witness"] = "留置送达要有见证人。"
    return found
