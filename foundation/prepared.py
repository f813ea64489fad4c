"""Prepared statements for queries of the busy morning: written with the ORM, compiled once.

Building and compiling a queryset takes about three milliseconds of processor time, planning it in
the database up to one more. A prepared statement takes a tenth of either. The meaning of a query
stays in the querysets; only its repeated compilation is saved.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Expression, Field, Lookup, QuerySet
from django.db.models.fields.related import ForeignObject
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.transaction import TransactionManagementError
from psycopg import Cursor

SHORT = 200  # so many may stand in a list of a statement that is planned for any: a class or two

Row = tuple[Any, ...]
Question = Callable[..., QuerySet[Any]]


class Given(Expression):
    """A named value of a prepared query, supplied at each call."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder; each call fills in the parameter."""
        return "%s", [self]


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """Lookup ``in`` for a list of any length, within one statement."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """``column = ANY(list)``, where ``in`` would write a placeholder for each value."""
        column, left = self.process_lhs(compiler, connection)
        listed, right = self.process_rhs(compiler, connection)
        return f"{column} = ANY({listed})", [*left, *right]


def prepared(question: Question) -> Callable[..., list[Any]]:
    """Turns a function that returns a queryset (of instances, or of values) into a prepared query.

    The function is called once for each set of its positional arguments, which give the query its
    shape (so there are few), with a ``Given`` for each keyword argument, which is a value. It may
    depend on nothing else that changes.
    """
    known: dict[Row, _Statement] = {}

    @wraps(question)
    def ask(*shape: Hashable, **values: Any) -> list[Any]:
        statement = known.get(shape)
        if statement is None:
            given = {name: Given(name) for name in values}
            statement = known.setdefault(shape, _Statement(question(*shape, **given)))
        return statement.ask(values)

    return ask


def ask(sql: str, values: Any, longest: int = 0) -> list[Row]:
    """Rows of a statement that the database plans once for each connection.

    Two cases take the common way instead: with lists among the values the planner needs their
    length, and with statement logging the log should show the values.
    """
    if longest > SHORT or connection.queries_logged:
        with connection.cursor() as common:
            common.execute(sql, values)
            return cast("list[Row]", common.fetchall())
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(cast("Any", sql), values, prepare=True).fetchall()


def store(row: models.Model) -> None:
    """Add a row as ``save`` would, by an INSERT that is planned once for each connection."""
    fields = _stored(type(row))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, pk = row._meta.db_table, row._meta.pk
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{pk.column}"'
    values = [_saved(field, row) for field in fields]
    row.pk = ask(statement, values)[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _stored(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _saved(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


class _Statement:
    """A compiled query: its text, its parameters, and how to build results from rows."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.compiler: Any = rows.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:  # nobody has what is asked for, whatever the values
            self.sql, self.params = "", ()
        columns = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        self.locks = rows.query.select_for_update
        self.made = _MADE[rows._iterable_class](self.compiler)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        if not self.sql:
            return []
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a lock outlives no statement of its own")
        bound = [_bound(part, values) for part in self.params]
        longest = max((len(part) for part in bound if isinstance(part, list)), default=0)
        rows: Iterable[Row] = ask(self.sql, bound, longest)
        if self.converters:
            rows = map(tuple, self.compiler.apply_converters(rows, self.converters))
        return [self.made(row) for row in rows]


def _bound(part: Any, values: dict[str, Any]) -> Any:
    return values[part.name] if isinstance(part, Given) else part


Make = Callable[[Row], Any]


def _instances(compiler: Any) -> Make:
    """Model instances with related objects and annotations, built as Django builds them."""
    fields, model = compiler.klass_info["select_fields"], compiler.klass_info["model"]
    first, last = fields[0], fields[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    populators: Any = get_related_populators
    joined = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    annotated = compiler.annotation_col_map.items()

    def made(row: Row) -> Any:
        instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in joined:
            one.populate(row, instance)
        for name, place in annotated:
            setattr(instance, name, row[place])
        return instance

    return made


_MADE: dict[type, Callable[[Any], Make]] = {
    ModelIterable: _instances,
    ValuesListIterable: lambda _: lambda row: row,
    FlatValuesListIterable: lambda _: lambda row: row[0],
}
