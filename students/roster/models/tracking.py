"""The history of rows: at every change the database itself keeps the row as it was before.

Old rows of updates only, so that a mass import of new children costs nothing; a trigger a
statement, so that a bulk UPDATE … FROM is caught as well. Who it was is named by
foundation.accounts.signing.
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pgtrigger


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type], type]:
    """A decorator of models: each change leaves a row in ``<Model>Event``, read as snapshots."""
    track: Any = pghistory.track
    wrap: Callable[[type], type] = track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        exclude=list(exclude),
        obj_field=pghistory.ObjForeignKey(related_name="snapshots"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
    )
    return wrap
