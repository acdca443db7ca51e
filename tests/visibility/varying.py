"""Generated operations with what the generator leaves out: aliases, switched directives, type conditions."""

from random import Random
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    get_named_type,
    visit,
)

#: Beneath the limits of policy/query_limits.py.
MOST_ALIASES, MOST_DIRECTIVES = 10, 20
SWITCHES = ("first_switch", "second_switch")


def varied(document: DocumentNode, schema: GraphQLSchema, random: Random) -> DocumentNode:
    """``document``, in which ``SWITCHES`` may be variables of type Boolean!."""
    types, variation = TypeInfo(schema), _Variation(random)
    variation.types = types
    return visit(document, TypeInfoVisitor(types, variation))


class _Variation(Visitor):
    types: TypeInfo

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random
        self._aliases = self._directives = 0
        self._used: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> VisitorAction:
        # The generator asks for it in most operations, and all of those are left to graphql-core.
        return REMOVE if node.name.value == "viewAs" else None

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:
        alias, selections = node.alias, node.selection_set
        if self._random.random() < 0.15 and self._aliases < MOST_ALIASES:
            self._aliases += 1
            alias = NameNode(value=f"alias{self._aliases}")
        kind = get_named_type(self.types.get_type())
        if selections and kind and self._random.random() < 0.2:
            selections = self._narrowed(selections, kind.name)
        directives = (*(node.directives or ()), *self._switched())
        return FieldNode(
            name=node.name, alias=alias, arguments=node.arguments, directives=directives, selection_set=selections
        )

    def leave_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> OperationDefinitionNode:
        boolean = NonNullTypeNode(type=NamedTypeNode(name=NameNode(value="Boolean")))
        variables = [
            VariableDefinitionNode(variable=VariableNode(name=NameNode(value=name)), type=boolean)
            for name in sorted(self._used)
        ]
        return OperationDefinitionNode(
            operation=node.operation,
            variable_definitions=(*(node.variable_definitions or ()), *variables),
            selection_set=node.selection_set,
        )

    def _narrowed(self, selections: SelectionSetNode, kind: str) -> SelectionSetNode:
        """The same by a type condition, with another field beside it, so that there is always one."""
        inside = InlineFragmentNode(
            type_condition=NamedTypeNode(name=NameNode(value=kind)),
            directives=tuple(self._switched()),
            selection_set=selections,
        )
        return SelectionSetNode(selections=(inside, FieldNode(name=NameNode(value="__typename"))))

    def _switched(self) -> list[DirectiveNode]:
        if self._random.random() > 0.15 or self._directives >= MOST_DIRECTIVES:
            return []
        self._directives += 1
        switch = self._random.choice(SWITCHES)
        self._used.add(switch)
        condition = ArgumentNode(name=NameNode(value="if"), value=VariableNode(name=NameNode(value=switch)))
        return [DirectiveNode(name=NameNode(value=self._random.choice(["skip", "include"])), arguments=(condition,))]
