"""How long the database may keep somebody waiting (design 4, time-outs everywhere).

A web process has the limits of a page, set when it connects. Everything else (worker, beat,
management commands) has those of work. The owner of the tables migrates without a limit.
"""

from collections.abc import Mapping

CONNECT_SECONDS = 3

# By their names in PostgreSQL, in milliseconds.
PAGE: Mapping[str, int] = {
    "lock_timeout": 3_000,
    "statement_timeout": 4_000,
    "idle_in_transaction_session_timeout": 60_000,
}
# A task is ended after ten minutes (CELERY_TASK_TIME_LIMIT); its statements with it.
WORK: Mapping[str, int] = {
    "lock_timeout": 300_000,
    "statement_timeout": 600_000,
    "idle_in_transaction_session_timeout": 660_000,
}

REPORT_STATEMENT = 15_000
# The pages, by URL name, that gather a county's figures, write a book, or write very many rows at
# once: a statement has 15 s.
REPORT_PAGES = frozenset(
    {
        "returns:index",
        "returns:detail",
        "returns:download",
        "mornings:rates",
        "mornings:township_rates",
        "mornings:school_rates",
        "watch:ledger",
        "watch:book",
        "change_month",
        "change_month_book",
        "census:register",
        "census:year",
        "roster:receipt",
        "roster:error_book",
        "roster:export_pupils",
        "roster:export_leavers",
        "roster:export_groups",
        "roster:export_left_behind",
        "changes:reports",
        "graduation",
        "undo_graduation",
        "undo_import",
        "school_days",
        "calendar_setup:add_year",
        "calendar_setup:year",
        "calendar_setup:arrangement",
        "census:issue",
        "staff:confirm",
    }
)


def as_options(limits: Mapping[str, int]) -> str:
    """The limits as the start options of a connection."""
    return " ".join(f"-c {name}={value}" for name, value in limits.items())
