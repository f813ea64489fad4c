"""What web and worker ask before they serve."""

from django.db import OperationalError, connections

from foundation.protected import keyring


def require_own_keyring() -> None:
    """Raises WrongKeyring when the database was sealed under another keyring.

    A database that is away is asked later, by the first value that is sealed or opened.
    """
    try:
        keyring()
    except OperationalError:
        return
    finally:
        connections.close_all()
