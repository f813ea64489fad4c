"""Rules of how fast the passwords of one account may be tried, from all addresses together (S55).

The lock of django-axes counts by account and address, so a caller with many addresses would never
meet it.
"""

from datetime import datetime, timedelta

COUNTED = timedelta(minutes=15)
FREE = 10  # failures before a wait; one address alone is locked at that number
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=2)


def wait_after(failures: int) -> timedelta:
    """How long after the last failure the next password is looked at: 10 s, doubled up to 2 min."""
    over = failures - FREE
    if over <= 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(over - 1, 10), LONGEST_WAIT)


def seconds_left(failures: int, last: datetime | None, now: datetime) -> int:
    """Whole seconds to wait before the next try; 0 where none."""
    if last is None:
        return 0
    left = last + wait_after(failures) - now
    return max(0, -int(-left.total_seconds() // 1))


def words(seconds: int) -> str:
    """What is told to who must wait, whether or not there is such an account."""
    return (
        f"这个账号短时间内多次输错密码，请{seconds}秒后再试；不是本人所为的，请联系本单位管理员。"
    )
