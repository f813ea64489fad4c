"""Registers the app with Django."""

from django.apps import AppConfig

from foundation.lists.shared import ListPlace, SharedView, add_lists

LISTS = (
    ListPlace(
        "papers",
        "文书台账",
        "papers:ledger",
        (
            SharedView("未送达", "state=unserved"),
            SharedView("逾期未送达", "state=late"),
            SharedView("未签收", "state=unreceived"),
            SharedView("未回函", "state=unanswered"),
            SharedView("已退回", "state=returned"),
            SharedView("草稿", "state=draft"),
            SharedView("已作废", "state=void"),
        ),
    ),
    ListPlace("paper_queue", "待签发", "papers:queue"),
    ListPlace(
        "papers_received", "收文", "papers:received", (SharedView("未签收", "state=waiting"),)
    ),
)


class PapersConfig(AppConfig):
    """Names the app papers."""

    name = "foundation.papers"
    label = "papers"
    verbose_name = "文书"

    def ready(self) -> None:
        """Make the lists known."""
        add_lists(*LISTS)
