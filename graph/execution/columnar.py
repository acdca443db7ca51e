"""Fills an operation's answer column by column: each field at once for all parents of its level.

Every function here takes and gives a column, a list with one value for each parent, so that what graphql-core does for
each single value (resolving, awaiting, completing, a path) is done once for all of them. Rows are made at once; what
has to be loaded first is written into them when it comes.

Only good answers are made here. Whatever is wrong raises, and graphql-core runs the operation anew to say what.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, cast

from graphql import GraphQLEnumType, GraphQLID, GraphQLLeafType, GraphQLObjectType, GraphQLString

from graph.execution.executor import PlanExecutor

Column = list[Any]
Row = dict[str, Any]


class Unfit(Exception):
    """A value that its field may not have."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a plan: who asks, and what is still being loaded."""

    executor: PlanExecutor
    tasks: asyncio.TaskGroup

    @property
    def context(self) -> Any:
        """resolvers.context.Context."""
        return self.executor.context_value


Complete = Callable[[Run, Column], Column]
"""From what fields gave to what is answered."""


class Field(NamedTuple):
    """A selected field: ``read`` gives its column, or a promise of it where it ``is_loaded``."""

    name: str
    read: Callable[[Run, Column], Any]
    complete: Complete
    is_loaded: bool = False


class Selection:
    """The selected fields of one type."""

    def __init__(self, kind: GraphQLObjectType, fields: Sequence[Field]) -> None:
        self._kind = kind
        self._fields = fields
        self._names = [field.name for field in fields]
        self._loaded = [field for field in fields if field.is_loaded]

    def rows(self, run: Run, parents: Column) -> list[Row]:
        """An object for each parent."""
        if not parents:
            return []
        self._check(parents)
        columns = [self._column(field, run, parents) for field in self._fields]
        names = self._names
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)] or [{} for _ in parents]
        for field in self._loaded:
            run.tasks.create_task(_fill(field, run, field.read(run, parents), rows))
        return rows

    def _column(self, field: Field, run: Run, parents: Column) -> Column:
        # What is loaded has its place in each row from the start: answers keep the order of the selection.
        return [None] * len(parents) if field.is_loaded else field.complete(run, field.read(run, parents))

    def _check(self, parents: Column) -> None:
        is_type_of: Any = self._kind.is_type_of
        if is_type_of and not all(is_type_of(parent, None) for parent in parents):
            raise Unfit(self._kind.name)


async def answer(selection: Selection, executor: PlanExecutor) -> Row:
    """The ``data`` of an operation whose root has this selection."""
    async with asyncio.TaskGroup() as tasks:
        rows = selection.rows(Run(executor, tasks), [executor.root_value])
    return rows[0]


async def _fill(field: Field, run: Run, coming: Awaitable[Column], rows: list[Row]) -> None:
    name = field.name
    for row, value in zip(rows, field.complete(run, await coming), strict=True):
        row[name] = value


def required(complete: Complete) -> Complete:
    """Of a type that is never null."""

    def completed(run: Run, values: Column) -> Column:
        column = complete(run, values)
        if None in column:
            raise Unfit("null")
        return column

    return completed


def listed(complete_items: Complete) -> Complete:
    """Of a list: the items of all parents are one column."""

    def completed(run: Run, values: Column) -> Column:
        items = iter(complete_items(run, [item for value in values if value is not None for item in value]))
        return [None if value is None else list(islice(items, len(value))) for value in values]

    return completed


def objects(selection: Selection) -> Complete:
    """Of one type of object."""

    def completed(run: Run, values: Column) -> Column:
        present = [value for value in values if value is not None]
        rows = selection.rows(run, present)
        return rows if len(rows) == len(values) else _spread(iter(rows), values)

    return completed


def any_of(selections: Mapping[str, Selection], types_of: Callable[[Run, Column], Sequence[str]]) -> Complete:
    """Of an interface or a union: the values of each type are a column of their own."""

    def completed(run: Run, values: Column) -> Column:
        present = [value for value in values if value is not None]
        names = types_of(run, present)
        rows = {
            name: iter(
                selections[name].rows(run, [value for value, its in zip(present, names, strict=True) if its == name])
            )
            for name in dict.fromkeys(names)
        }
        return _spread((next(rows[name]) for name in names), values)

    return completed


def _spread(rows: Iterator[Row], values: Column) -> Column:
    return [None if value is None else next(rows) for value in values]


@cache
def leaf(kind: GraphQLLeafType) -> Complete:
    """Of a scalar or an enum."""
    coerce = kind.coerce_output_value
    if kind in (GraphQLString, GraphQLID):
        # They answer a str as it is.
        return lambda _run, values: [
            value if value is None or value.__class__ is str else coerce(value) for value in values
        ]
    if isinstance(kind, GraphQLEnumType):
        return _named(kind)
    return lambda _run, values: [None if value is None else _present(coerce(value)) for value in values]


def _named(kind: GraphQLEnumType) -> Complete:
    """The names of an enum's members are looked for once; strawberry goes through them for each value."""
    members: type[Enum] = cast("Any", kind).wrapped_cls
    names: dict[Any, str | None] = {None: None, **{member: kind.coerce_output_value(member) for member in members}}
    return lambda _run, values: [names[value] for value in values]


def _present(coerced: Any) -> Any:
    if coerced is None:
        raise Unfit("null")
    return coerced
