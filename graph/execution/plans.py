"""Plans operations: what each selected field is filled by is found once, and kept with the text.

Planned are queries of fields that `graph/fields.py` fills. All else is left to graphql-core: mutations, whose fields go
one after the other, introspection, and `viewAs`, below which another context answers.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_argument_values,
    is_abstract_type,
    is_leaf_type,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_fields
from graphql.pyutils import Path

from graph.execution.columnar import Column, Complete, Field, Run, Selection, any_of, leaf, listed, objects, required
from graph.execution.executor import PlanExecutor
from graph.fields import Filling, filling_of, page_asked

#: Fields of one plan, a fragment counted each time it is spread; nothing a screen asks for has more.
MAX_FIELDS = 500
#: Plans kept of one operation, for its variables may switch fields on and off.
MAX_KEPT = 8
#: Types whose fields another context than the operation's answers.
ANSWERED_ELSEWHERE = frozenset({"ViewAs"})


class Unplanned(Exception):
    """The operation holds something that is left to graphql-core."""


class Plans:
    """The plans of one operation."""

    def __init__(self, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._is_planned = operation.operation is OperationType.QUERY
        self._switches = _switches(document)
        self._kept: dict[tuple[Any, ...], Selection] = {}

    def plan_for(self, executor: PlanExecutor) -> Selection | None:
        """How to answer ``executor``'s operation; None where that is left to graphql-core."""
        if not self._is_planned:
            return None
        switched = tuple(executor.variable_values.coerced.get(name) for name in self._switches)
        plan = self._kept.get(switched)
        if plan is None:
            try:
                plan = _Planner(executor).root()
            except Unplanned:
                self._is_planned = False
                return None
            if len(self._kept) < MAX_KEPT:
                self._kept[switched] = plan
        return plan


def _switches(document: DocumentNode) -> Sequence[str]:
    """The variables that @skip and @include go by."""
    found: dict[str, None] = {}

    class Directives(Visitor):
        def enter_directive(self, node: DirectiveNode, *_args: object) -> None:
            found.update((value.name.value, None) for value in _values(node) if isinstance(value, VariableNode))

    visit(document, Directives())
    return list(found)


def _values(node: DirectiveNode) -> list[object]:
    return [argument.value for argument in node.arguments or ()]


class Place(NamedTuple):
    """A field where it is selected."""

    kind: GraphQLObjectType
    name: str
    """In the answer."""
    details: FieldDetailsList
    field: GraphQLField

    def arguments(self, run: Run) -> Mapping[str, Any]:
        """By the variables of this run."""
        variables, node = run.executor.variable_values, self.details[0].node
        return get_argument_values(self.field, node, variables, None, run.executor.hide_suggestions)

    def info(self, run: Run) -> GraphQLResolveInfo[Any]:
        """What graphql-core tells resolvers, less the way to a field below the root."""
        nodes = [detail.node for detail in self.details]
        path = Path(None, self.name, self.kind.name)
        executor: Any = run.executor
        info: GraphQLResolveInfo[Any] = executor.build_resolve_info(self.field, nodes, self.kind, path)
        return info


class _Planner:
    """Plans one operation with what its executor finds in the text; keeps nothing of the executor."""

    def __init__(self, executor: PlanExecutor) -> None:
        self._executor = executor
        self._fields = 0

    def root(self) -> Selection:
        executor = self._executor
        kind = cast("GraphQLObjectType", executor.schema.query_type)
        collected = collect_fields(
            executor.schema, executor.fragments, executor.variable_values, kind, executor.operation, True
        )
        return self._selection(kind, collected.grouped_field_set)

    def _selection(self, kind: GraphQLObjectType, selected: GroupedFieldSet) -> Selection:
        self._fields += len(selected)
        if kind.name in ANSWERED_ELSEWHERE or self._fields > MAX_FIELDS:
            raise Unplanned
        return Selection(kind, [self._field(kind, name, details) for name, details in selected.items()])

    def _field(self, kind: GraphQLObjectType, name: str, details: FieldDetailsList) -> Field:
        field_name = details[0].node.name.value
        if field_name == "__typename":
            return Field(name, lambda _run, parents: [kind.name] * len(parents), lambda _run, values: values)
        field = kind.fields.get(field_name)
        filling = filling_of(field) if field else None
        if field is None or filling is None:
            raise Unplanned
        place = Place(kind, name, details, field)
        complete = self._complete(place, field.type)
        if filling.batch or filling.root:
            return Field(name, _asking(place) if filling.root else _loading(place, filling), complete, is_loaded=True)
        return Field(name, _reading(place, filling), complete)

    def _complete(self, place: Place, output: GraphQLOutputType) -> Complete:
        if isinstance(output, GraphQLNonNull):
            return required(self._complete(place, output.of_type))
        if isinstance(output, GraphQLList):
            return listed(self._complete(place, output.of_type))
        if is_leaf_type(output):
            return leaf(output)
        if is_abstract_type(output):
            kinds = self._executor.schema.get_possible_types(output)
            return any_of({kind.name: self._below(place, kind) for kind in kinds}, _types_of(place, output))
        return objects(self._below(place, cast("GraphQLObjectType", output)))

    def _below(self, place: Place, kind: GraphQLObjectType) -> Selection:
        return self._selection(kind, self._executor.collect_subfields(kind, place.details).grouped_field_set)


def _reading(place: Place, filling: Filling) -> Callable[[Run, Column], Column]:
    compute = filling.computation
    if compute is None:
        attribute = attrgetter(filling.attribute or "")
        return lambda _run, parents: list(map(attribute, parents))
    if not place.field.args:
        return lambda run, parents: [compute(run.context, parent) for parent in parents]

    def read(run: Run, parents: Column) -> Column:
        arguments = place.arguments(run)
        return [compute(run.context, parent, **arguments) for parent in parents]

    return read


def _loading(place: Place, filling: Filling) -> Callable[[Run, Column], Awaitable[Column]]:
    batch = cast("Any", filling.batch)
    if filling.is_paged:
        return lambda run, parents: run.context.load_all(batch, parents, page=page_asked(**place.arguments(run)))
    return lambda run, parents: run.context.load_all(batch, parents)


def _asking(place: Place) -> Callable[[Run, Column], Awaitable[Column]]:
    resolve = cast("Callable[..., Any]", place.field.resolve)

    async def ask(run: Run, roots: Column) -> Column:
        [root] = roots
        answer = resolve(root, place.info(run), **place.arguments(run))
        return [await answer if run.executor.is_awaitable(answer) else answer]

    return ask


def _types_of(place: Place, kind: GraphQLAbstractType) -> Callable[[Run, Column], Sequence[str]]:
    def types_of(run: Run, values: Column) -> Sequence[str]:
        info = place.info(run)
        resolve_type: Any = kind.resolve_type or run.executor.type_resolver
        return [resolve_type(value, info, kind) for value in values]

    return types_of
