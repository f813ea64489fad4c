"""Fewer trips to the database for each request of the walk, which are as many as its statements.

Every request begins with the same rows, as the one before was taken back (undone.py). So whoever
asks, the clock's shift, the session, the person, the posts and what the menu shows are asked once,
and anew after something is written. And a savepoint within which nothing is sent, as that of a page
that is refused, is none.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from psycopg import Cursor

from foundation import clock, prepared

READS = ("SELECT", "SAVEPOINT", "RELEASE", "SET")
NOT_KEPT = (" FOR ", "nextval", "pg_advisory")  # a lock or a number is asked for each time

Rows = list[tuple[Any, ...]]


class Sparing:
    """What is known of the rows, and the savepoints that the database was not told of yet."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Any] = {}
        self.is_written = False
        self.untold: list[str] = []
        self._ask, self._shift, self._cursor = prepared.ask, clock._read_shift, connection.cursor
        own: Any = connection
        self._roll_back, self._release = own._savepoint_rollback, own._savepoint_commit
        self._watched = _watched_by(self)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """The tests' own connection goes by it."""
        with ExitStack() as stack:
            stack.enter_context(patch.object(prepared, "ask", self.ask))
            stack.enter_context(patch.object(prepared, "Cursor", self._prepared_cursor))
            stack.enter_context(patch.object(clock, "_read_shift", self.shift))
            for name in ("cursor", "_savepoint", "_savepoint_rollback", "_savepoint_commit"):
                own = getattr(self, name.removeprefix("_"))
                stack.enter_context(patch.object(connection, name, own))
            stack.enter_context(connection.execute_wrapper(self._watch))
            yield

    # --- answers -------------------------------------------------------------------------------

    def begin(self) -> None:
        """A request begins; what was written outside of them is not known."""
        if self.is_written:
            self.answers.clear()
        self.is_written = False

    def end(self) -> None:
        """The request was taken back: the rows are those of before it."""
        self.is_written = False

    def ask(self, sql: str, values: Any, longest: int = 0) -> Rows:
        """As ``prepared.ask``, but the same question is answered from here."""
        if self.is_written or not _is_kept(sql):
            return self._ask(sql, values, longest)
        key = (sql, repr(values))
        if key not in self.answers:
            self.answers[key] = self._ask(sql, values, longest)
        rows: Rows = self.answers[key]
        return rows

    def shift(self) -> Any:
        """As the clock reads its shift."""
        if self.is_written:
            return self._shift()
        if (clock.__name__, "") not in self.answers:
            self.answers[clock.__name__, ""] = self._shift()
        return self.answers[clock.__name__, ""]

    def _watch(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.is_written |= not _is_read(sql)
        return execute(sql, params, many, context)

    def _prepared_cursor(self, to: Any) -> Cursor[Any]:
        """For a question that is not answered from here, and for rows that are stored."""
        self._tell()
        return self._watched(to)

    # --- savepoints ----------------------------------------------------------------------------

    def cursor(self) -> Any:
        """A cursor for a statement: now the savepoints around it count."""
        self._tell()
        return self._cursor()

    def savepoint(self, sid: str) -> None:
        """Told when the next statement is sent."""
        self.untold.append(sid)

    def savepoint_rollback(self, sid: str) -> None:
        """Back to what the database knows, or nowhere: nothing was sent since."""
        if sid in self.untold:
            del self.untold[self.untold.index(sid) + 1 :]
        else:
            self.untold.clear()
            self._roll_back(sid)

    def savepoint_commit(self, sid: str) -> None:
        """The end of a savepoint."""
        if sid in self.untold:
            del self.untold[self.untold.index(sid) :]
        else:
            self.untold.clear()
            self._release(sid)

    def _tell(self) -> None:
        if self.untold:
            names = map(connection.ops.quote_name, self.untold)
            statement = "; ".join(f"SAVEPOINT {name}" for name in names)
            self.untold.clear()
            connection.connection.execute(statement)


def _watched_by(sparing: Sparing) -> type[Cursor[Any]]:
    """A kind of cursor, made once: to make a class takes as long as a short question."""

    class Watched(Cursor[Any]):
        def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            sparing.is_written |= not _is_read(query)
            return super().execute(query, *args, **kwargs)

    return Watched


def _is_read(sql: Any) -> bool:
    return str(sql).lstrip().startswith(READS)


def _is_kept(sql: str) -> bool:
    return sql.startswith("SELECT") and not any(word in sql for word in NOT_KEPT)
