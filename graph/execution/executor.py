"""graphql-core's executor with what strawberry's resolvers expect, and introspection that stays cheap.

The whole schema of some 120 types takes graphql-core's own steps 180 ms. Its answers need none of them: no awaiting, no
errors, no paths. So a selection on ``__Type`` and its like is planned once and then read straight from the schema.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple

from graphql import (
    Executor,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.view_as import ViewedAs


class Step(NamedTuple):
    """How one selected field of an introspection type is answered."""

    name: str
    read: Callable[..., Any]
    arguments: dict[str, Any]
    is_list: bool
    leaf: GraphQLLeafType | None
    kind: GraphQLObjectType | None
    below: FieldDetailsList


class PlanExecutor(Executor[Any]):
    """Runs one operation; without incremental delivery, which the schema does not offer."""

    build_resolve_info = StrawberryGraphQLCoreExecutionContext.build_resolve_info

    def __init__(self, *args: Any, operation_extensions: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.operation_extensions = operation_extensions
        self._plans: dict[tuple[str, int], list[Step]] = {}

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """As graphql-core does it, but for the types that describe the schema, and what is seen as by others."""
        if return_type.name.startswith("__"):
            return self._described(return_type, field_details_list, result, info)
        if isinstance(result, ViewedAs):
            answering: PlanExecutor = copy(self)
            answering.context_value = result.context
            return super(PlanExecutor, answering).complete_object_value(
                return_type, field_details_list, info, path, result, position_context
            )
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)

    def _described(
        self, kind: GraphQLObjectType, selected: FieldDetailsList, source: Any, info: GraphQLResolveInfo[Any]
    ) -> dict[str, Any]:
        plan = self._plans.get((kind.name, id(selected)))
        if plan is None:
            plan = self._plans[kind.name, id(selected)] = self._planned(kind, selected)
        described: dict[str, Any] = {}
        for step in plan:
            value = step.read(source, info, **step.arguments)
            if value is None:
                described[step.name] = None
            elif step.is_list:
                described[step.name] = [self._value(step, item, info) for item in value]
            else:
                described[step.name] = self._value(step, value, info)
        return described

    def _value(self, step: Step, value: Any, info: GraphQLResolveInfo[Any]) -> Any:
        if step.kind is not None:
            return self._described(step.kind, step.below, value, info)
        return step.leaf.coerce_output_value(value) if step.leaf else value

    def _planned(self, kind: GraphQLObjectType, selected: FieldDetailsList) -> list[Step]:
        fields = self.collect_subfields(kind, selected).grouped_field_set
        return [self._step(kind, name, details) for name, details in fields.items()]

    def _step(self, kind: GraphQLObjectType, name: str, details: FieldDetailsList) -> Step:
        node = details[0].node
        if node.name.value == "__typename":
            return Step(name, lambda _source, _info: kind.name, {}, False, None, None, details)
        definition = self.schema.get_field(kind, node.name.value)
        if definition is None or definition.resolve is None:
            raise TypeError(f"{kind.name}.{node.name.value} has no resolver")
        arguments = get_argument_values(definition, node, self.variable_values, None, self.hide_suggestions)
        leaf, below = _shape(definition.type)
        is_list = is_list_type(get_nullable_type(definition.type))
        return Step(name, definition.resolve, arguments, is_list, leaf, below, details)


def _shape(output: GraphQLOutputType) -> tuple[GraphQLLeafType | None, GraphQLObjectType | None]:
    named = get_named_type(output)
    if is_leaf_type(named):
        return named, None
    if isinstance(named, GraphQLObjectType):
        return None, named
    raise TypeError(f"introspection has no {named}")
