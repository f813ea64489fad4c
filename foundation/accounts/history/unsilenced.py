"""No setting of a connection silences the history of rows.

The triggers of the history ask a function whether they are ignored, and by default it reads a
setting that any role may set. Migrations that add a trigger write that function anew, so ours
follows at the end of each ``migrate``.
"""

from typing import Any

from django.db import connections

_NEVER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
RETURNS boolean LANGUAGE sql AS 'SELECT FALSE'
"""


def never_ignored(using: str, **kwargs: Any) -> None:
    """Let the function behind every trigger of the history answer no to everybody."""
    with connections[using].cursor() as cursor:
        cursor.execute(_NEVER)
