"""The limits of a person (S18, S70; design 4), counted by the verbs of the audit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``times`` within any ``within``."""

    times: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """One use, the audit verbs that are it, its caps, and what is told beyond them."""

    code: str
    label: str
    verbs: tuple[str, ...]
    caps: tuple[Cap, ...]
    words: str


LIMITS: tuple[Limit, ...] = (
    Limit(
        "reveal",
        "查看完整号码",
        ("reveal_number",),
        (Cap(20, HOUR), Cap(100, DAY)),
        "查看完整号码每小时最多20次、每天最多100次，您已达到上限。请稍后再看；需要成批核对的，请用名册导出。",
    ),
    Limit(
        "call",
        "拨打监护人电话",
        ("reveal_phone",),
        (Cap(60, HOUR), Cap(200, DAY)),
        "拨打监护人电话每小时最多60次、每天最多200次，您已达到上限。请稍后再拨。",
    ),
    Limit(
        "address",
        "查看家庭住址",
        ("reveal_address",),
        (Cap(60, HOUR), Cap(200, DAY)),
        "查看家庭住址每小时最多60次、每天最多200次，您已达到上限。请稍后再看。",
    ),
    # A signer reads some dozens in a row, nobody some hundred.
    Limit(
        "papers",
        "查看文书",
        ("read_paper", "read_paper_proof", "read_paper_scan", "read_reply_proof"),
        (Cap(200, HOUR), Cap(600, DAY)),
        "查看文书每小时最多200次、每天最多600次，您已达到上限。请稍后再看。",
    ),
    Limit(
        "search",
        "查询名单",
        (
            "list",
            "search_pupils",
            "search_by_id",
            "list_boarders",
            "list_change_reports",
            "list_changes",
            "list_entrants",
            "list_groups",
            "list_leavers",
            "list_left_behind",
            "list_notices",
            "list_papers",
            "list_pupils",
            "list_slips_owed",
            "list_unverified_homes",
            "list_warnings",
            "list_watch",
            "preview_nudges",
            "search_audit",
        ),
        (Cap(60, MINUTE),),
        "查询名单每分钟最多60次，您已达到上限。请过一分钟再查。",
    ),
    Limit(
        "export",
        "导出名单",
        (
            "order_export",
            "export_roster",
            "export_changes_of_month",
            "export_daily",
            "export_notices",
            "export_watch",
            "order_papers",
            "download_return",
        ),
        (Cap(10, HOUR),),
        "导出名单每小时最多10次，您已达到上限。请稍后再导出；已生成的文件可以在有效期内下载。",
    ),
)
_BY_VERB = {verb: limit for limit in LIMITS for verb in limit.verbs}
BY_CODE = {limit.code: limit for limit in LIMITS}


class OverLimit(Exception):
    """The person has reached a cap. The page is refused and the bureau sees a row."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.words)
        self.limit = limit


def limit_of(verb: str) -> Limit | None:
    """The limit to which an audit verb belongs; None where there is none."""
    return _BY_VERB.get(verb)


def check(limit: Limit, times_within: Callable[[timedelta], int]) -> None:
    """Raises OverLimit where one more time would be beyond a cap."""
    if any(times_within(cap.within) >= cap.times for cap in limit.caps):
        raise OverLimit(limit)
