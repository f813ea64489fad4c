"""Under whose name the database keeps the history of the rows that a transaction changes."""

import json

from foundation.accounts.audit import Origin
from foundation.prepared import ask


def sign_changes(origin: Origin) -> None:
    """Name person, post and request to the history triggers until the transaction ends.

    One statement a transaction, where django-pghistory's own context would go before every one;
    ids only, never a name.
    """
    who = {"person": origin.person_id, "post": origin.post_id, "request": origin.request_id}
    ask("SELECT set_config('pghistory.context_metadata', %s, true)", [json.dumps(who)])
