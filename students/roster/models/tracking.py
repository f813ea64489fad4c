"""The history of rows: a database trigger keeps each row as it was before a change.

Only updates are kept, so a mass import of new children costs nothing. A trigger fires for each
statement, so a bulk UPDATE … FROM is kept too. foundation.accounts.history.signing tells the
trigger who acts.
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pgtrigger


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type], type]:
    """Return a decorator for models: each update writes a row to ``<Model>Event``, read as
    snapshots."""
    track: Any = pghistory.track
    wrap: Callable[[type], type] = track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        exclude=list(exclude),
        obj_field=pghistory.ObjForeignKey(related_name="snapshots"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
    )
    return wrap
