"""签收 in words: how many of the addressees have signed, and since when the others have not."""

from dataclasses import dataclass
from datetime import date

UNRECEIVED = "未签收"


@dataclass(frozen=True, slots=True)
class ReceiptTally:
    """Of how many units a paper was sent to, how many signed; the oldest day without a receipt."""

    sent: int
    received: int
    waiting_since: date | None = None

    def words(self, today: date) -> str:
        """The state in Chinese on the day; "" for a paper that was sent to no unit."""
        if not self.sent or self.sent == self.received:
            return "已签收" if self.sent else ""
        head = f"{self.received}/{self.sent} 已签收" if self.received else UNRECEIVED
        return f"{head}，{since_words(self.waiting_since, today)}"

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "good" if self.sent == self.received else "warn"


def since_words(since: date | None, today: date) -> str:
    """For how long a paper lies there, in calendar days."""
    days = (today - since).days if since else 0
    return f"送出{days}天" if days else "今天送出"
