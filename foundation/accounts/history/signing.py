"""Names the person behind a transaction to the database's history triggers."""

import json

from foundation.accounts.audit import Origin
from foundation.prepared import ask


def sign_changes(origin: Origin) -> None:
    """Pass person, post and request to the history triggers until the transaction ends.

    One statement for each transaction; django-pghistory's own context would repeat it before every
    statement. Ids only, never a name.
    """
    who = {"person": origin.person_id, "post": origin.post_id, "request": origin.request_id}
    ask("SELECT set_config('pghistory.context_metadata', %s, true)", [json.dumps(who)])
