"""Prepared statements for queries of the busy morning: written with the ORM, compiled once.

Building and compiling a queryset takes about three milliseconds of processor time, planning it in
the database up to one more. A prepared statement takes a tenth of either. The meaning of a query
stays in the querysets; only its repeated compilation is saved.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Count, Expression, Field, Lookup, Q, QuerySet, Value
from django.db.models.base import ModelState
from django.db.models.fields.related import ForeignObject
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init
from django.db.transaction import TransactionManagementError
from psycopg import Cursor
from psycopg.sql import Literal

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


def one_of(name: str, keys: Iterable[Any]) -> Q:
    """``name__in=keys`` where a key may be given: Django would make a number of each at once."""
    found = Q(pk__in=[])
    for key in keys:
        found |= Q(**{name: key})
    return found


def number_of(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The question how many rows there are, where a queryset would ask at once: one value."""
    whole = rows.order_by().annotate(_all=Value(1)).values_list("_all")
    return whole.annotate(_number=Count("*")).values_list("_number", flat=True)


def all_of(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """The question for the rows of all parts, which have none in common."""
    first, *more = parts
    return first.union(*more, all=True) if more else first


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
            self.sql, self.params = _with_constants(*self.compiler.as_sql())
        except EmptyResultSet:  # nobody has what is asked for, whatever the values
            self.sql, self.params = "", []
        columns = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        self.locks = rows.query.select_for_update
        self.made = _MADE[rows._iterable_class](self.compiler)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        if not self.sql:
            return []
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a lock outlives no statement of its own")
        bound = [values[part.name] for part in self.params]
        longest = max((len(part) for part in bound if isinstance(part, list)), default=0)
        rows: Iterable[Row] = ask(self.sql, bound, longest)
        if self.converters:
            rows = map(tuple, self.compiler.apply_converters(rows, self.converters))
        return [self.made(row) for row in rows]


def _with_constants(sql: str, params: Iterable[Any]) -> tuple[str, list[Given]]:
    """The statement with its constants written out, so that the one plan is made for them: the
    planner knows how many cases are closed, not how many are of some stage. The rest is given."""
    connection.ensure_connection()
    left = iter(params)
    given: list[Given] = []

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        part = next(left)
        if isinstance(part, Given):
            given.append(part)
            return "%s"
        return Literal(part).as_string(connection.connection).replace("%", "%%")

    return re.sub("%[%s]", written, sql), given


Make = Callable[[Row], Any]


def _instances(compiler: Any) -> Make:
    """Model instances with related objects and annotations, built as Django builds them."""
    fields, model = compiler.klass_info["select_fields"], compiler.klass_info["model"]
    first, last = fields[0], fields[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    populators: Any = get_related_populators
    joined = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    _quicken(joined)
    maker = _maker(model)
    annotated = compiler.annotation_col_map.items()

    def made(row: Row) -> Any:
        instance = maker.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in joined:
            one.populate(row, instance)
        for name, place in annotated:
            setattr(instance, name, row[place])
        return instance

    return made


class _Quick:
    """Makes instances of a model from their columns at a third of what ``Model.__init__`` takes,
    which looks at each column for arguments, defaults and listeners."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    def from_db(self, db: str, names: list[str], values: Row) -> Any:
        """The instance as ``Model.from_db`` makes it."""
        made: Any = self.model.__new__(self.model)
        made.__dict__.update(zip(names, values, strict=True))
        made._state = ModelState()
        made._state.adding, made._state.db = False, db
        return made


def _maker(model: Any) -> Any:
    """Who makes the instances of a model: itself, where it has a way of its own or is heard."""
    own = model.__init__ is not models.Model.__init__ or "from_db" in vars(model)
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return model if own or heard else _Quick(model)


def _quicken(populators: Iterable[Any]) -> None:
    for one in populators:
        one.model_cls = _maker(one.model_cls)
        _quicken(one.related_populators)


_MADE: dict[type, Callable[[Any], Make]] = {
    ModelIterable: _instances,
    ValuesListIterable: lambda _: lambda row: row,
    FlatValuesListIterable: lambda _: lambda row: row[0],
}
