"""Questions asked by every teacher of a morning: written with the ORM, compiled once, then bound.

To build and compile a queryset costs some three milliseconds of processor, to plan it in the
database up to one more; asked again as a prepared statement, it costs a tenth of either. What the
question means stays where it was, in the querysets: only the work of saying it anew is saved.
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
    """A value that each asking gives under its name; the question is compiled around it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Its place in the statement; the parameter is filled in by each asking."""
        return "%s", [self]


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """``in`` a list of any length under one and the same statement."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Of the column and the list."""
        column, left = self.process_lhs(compiler, connection)
        listed, right = self.process_rhs(compiler, connection)
        return f"{column} = ANY({listed})", [*left, *right]


def prepared(question: Question) -> Callable[..., list[Any]]:
    """Ask what the decorated function returns: a queryset of instances, or of values in a list.

    It is called once for each set of its positional arguments, which are the question's shape
    (and so few), with a ``Given`` for each of its keyword arguments, which are its values; it may
    look at no other thing that changes.
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
    """Rows of a statement that the database plans once a connection, not each time.

    Where a list among the values is long, the database must know how long to plan well; and where
    statements are logged, they are to say their values: both go the common way.
    """
    if longest > SHORT or connection.queries_logged:
        with connection.cursor() as common:
            common.execute(sql, values)
            return cast("list[Row]", common.fetchall())
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(cast("Any", sql), values).fetchall()


def store(row: models.Model) -> None:
    """Add a new row as its ``save`` would; its model's INSERT is planned once a connection too."""
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
    """A compiled question: its text, its parameters, and how a row becomes what was asked for."""

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
        """What the rows for these values are."""
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
    """Instances of the model with what select_related joined, as Django makes them."""
    fields, model = compiler.klass_info["select_fields"], compiler.klass_info["model"]
    first, last = fields[0], fields[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    populators: Any = get_related_populators
    joined = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def made(row: Row) -> Any:
        instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in joined:
            one.populate(row, instance)
        return instance

    return made


_MADE: dict[type, Callable[[Any], Make]] = {
    ModelIterable: _instances,
    ValuesListIterable: lambda _: lambda row: row,
    FlatValuesListIterable: lambda _: lambda row: row[0],
}
