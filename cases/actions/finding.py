"""Opens cases for children whom no roll call can miss, as each source finds them."""

import logging
from collections.abc import Iterator
from datetime import date

from cases.actions.context import Contexts
from cases.actions.opening import open_found
from cases.findings import Finding, Source
from cases.sources.arrivals import arrivals
from cases.sources.suspensions import expired_suspensions
from cases.sources.transfers import unconfirmed_transfers
from foundation.alone import alone

log = logging.getLogger(__name__)

# The sources. If several name a child, the first one here opens its case.
SOURCES: tuple[Source, ...] = (unconfirmed_transfers, expired_suspensions, arrivals)


def take_up(today: date, contexts: Contexts) -> tuple[int, int]:
    """Open a case for every finding that has none; returns (opened, failed).

    A finding that cannot be opened delays only itself: it is logged, the others go on (S36).
    """
    opened = failed = 0
    for finding in _findings(today):
        with alone(log, "finding %s: the sweep goes on without it", finding.key) as tried:
            ctx = contexts.at(finding.child.county_id, finding.school.pk)
            opened += open_found(finding, ctx) is not None
        failed += tried.failed
    return opened, failed


def _findings(today: date) -> Iterator[Finding]:
    for source in SOURCES:
        yield from source(today)
