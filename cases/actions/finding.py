"""Opens cases for children whom no roll call can miss, as each source finds them."""

import logging
from dataclasses import replace
from datetime import date

from django.db.models import Max

from cases.actions.context import Contexts
from cases.actions.opening import open_found
from cases.findings import Finding, Source
from cases.models import SweptDay
from cases.sources.arrivals import arrivals
from cases.sources.suspensions import expired_suspensions
from cases.sources.transfers import unconfirmed_transfers
from foundation.alone import alone

log = logging.getLogger(__name__)

# The sources. If several name a child, the first one here opens its case.
SOURCES: tuple[Source, ...] = (unconfirmed_transfers, expired_suspensions, arrivals)


def take_up(today: date, contexts: Contexts) -> tuple[int, int]:
    """Open a case for every finding that has none; returns (opened, failed).

    A finding that cannot be opened delays only itself: it is logged, the others go on (S36). The
    day is noted as swept afterwards.
    """
    opened = failed = 0
    swept = SweptDay.objects.aggregate(last=Max("day"))["last"]
    for finding in _findings(today, swept or today):
        with alone(log, "finding %s: the sweep goes on without it", finding.key) as tried:
            ctx = contexts.at(finding.child.county_id, finding.school.pk, finding.found_on)
            opened += open_found(finding, ctx) is not None
        failed += tried.failed
    if swept != today:
        SweptDay.objects.bulk_create([SweptDay(day=today)], ignore_conflicts=True)
    return opened, failed


def _findings(today: date, swept: date) -> list[Finding]:
    """What the sources name, in the order in which a sweep every day would have found it.

    What the last sweep did not name was not there yet: it was entered since. So nothing is found on
    a day before that sweep.
    """
    found = [
        replace(finding, found_on=min(max(finding.found_on, swept), today))
        for source in SOURCES
        for finding in source(today)
    ]
    return sorted(found, key=lambda finding: finding.found_on)
