"""How large an operation is, measured before it runs: one rule for depth, aliases, directives, root fields and cost.

Each fragment is measured once, so measuring chained fragments takes what reading their text takes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from graphql import (
    BREAK,
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    ValidationContext,
    VariableNode,
    VisitorAction,
    get_named_type,
    value_from_ast_untyped,
    visit,
)
from graphql.validation import ValidationRule
from graphql.validation.rules import max_introspection_depth_rule, overlapping_fields_can_be_merged

from graph.execution.operation_cost import Cost, ids_of, items_of, length_of, own_cost
from policy import query_limits as limits
from policy.limits import MAX_NODES

OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE"

# Both rules read these module variables each time; graphql-core offers no other way to set them.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = limits.MAX_FIELD_COMPARISONS
max_introspection_depth_rule.MAX_LIST_DEPTH = limits.MAX_INTROSPECTION_LISTS + 1

# Selection sets inside each other, fragments counted: more than depth alone, for `... { ... { a } }` adds none.
MAX_NESTING = 4 * limits.MAX_DEPTH


class NestedTooDeeply(Exception):
    """Measuring stopped, for the selections go deeper than any permitted operation."""


def too_large(limit: str, maximum: int, node: OperationDefinitionNode | None = None) -> GraphQLError:
    """The refusal of an operation; ``limit`` names what it passed."""
    return GraphQLError(
        f"The operation is too large: {limit} may be at most {maximum}.",
        node,
        extensions={"code": OPERATION_TOO_LARGE, "limit": limit, "maximum": maximum},
    )


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection amounts to, fragments expanded."""

    depth: int = 0
    fields: int = 0
    """Those at its own level."""
    aliases: int = 0
    directives: int = 0
    introspection_aliases: int = 0
    ids: int = 0
    """The longest list of ids written out."""
    id_variables: frozenset[str] = frozenset()
    cost: Cost = field(default_factory=Cost)

    def beside(self, other: "Size") -> "Size":
        """Both selections at one level."""
        return Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.introspection_aliases + other.introspection_aliases,
            max(self.ids, other.ids),
            self.id_variables | other.id_variables,
            self.cost + other.cost,
        )


NOTHING = Size()


@dataclass(frozen=True, slots=True)
class OperationSize:
    """The size of one operation, asked once a request for what its variables decide."""

    operation: OperationDefinitionNode
    size: Size
    defaults: Mapping[str, object]

    def excess(self) -> GraphQLError | None:
        """What the text alone shows to be too large."""
        checks = (
            ("depth", self.size.depth, limits.MAX_DEPTH),
            ("rootFields", self.size.fields, limits.MAX_ROOT_FIELDS),
            ("aliases", self.size.aliases, limits.MAX_ALIASES),
            # Without aliases fields of one name merge, so introspection cannot outgrow the schema.
            ("introspectionAliases", self.size.introspection_aliases, 0),
            ("directives", self.size.directives, limits.MAX_DIRECTIVES),
            ("ids", self.size.ids, MAX_NODES),
            ("cost", self.size.cost.fixed, limits.MAX_COST),
        )
        return next((too_large(name, most, self.operation) for name, found, most in checks if found > most), None)

    def excess_with(self, variables: Mapping[str, object]) -> GraphQLError | None:
        """What these variables (as they came, before coercion) make too large."""
        if not (self.size.cost.terms or self.size.id_variables):
            return None
        values = {**self.defaults, **variables}
        if any(_list_length(values.get(name)) > MAX_NODES for name in self.size.id_variables):
            return too_large("ids", MAX_NODES, self.operation)
        if self.size.cost.at(values, {}) > limits.MAX_COST:
            return too_large("cost", limits.MAX_COST, self.operation)
        return None


#: By the operation's name; None for the one without.
Sizes = dict[str | None, OperationSize]


class OperationLimits(ValidationRule):
    """Refuses operations that are too large; ``sizes`` keeps what each operation, by name, came to."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.sizes: Sizes = {}
        self._fragments: dict[str, Size] = {}

    def enter_document(self, document: DocumentNode, *_args: object) -> VisitorAction:
        """Measures every operation, and visits nothing more."""
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                self._check(operation)
        return BREAK

    def _check(self, operation: OperationDefinitionNode) -> None:
        root = self.context.schema.get_root_type(operation.operation)
        try:
            size = self._selections(operation.selection_set, root, 1)
        except NestedTooDeeply:
            self.report_error(too_large("depth", limits.MAX_DEPTH, operation))
            return
        size = size.beside(Size(directives=len(operation.directives or ())))
        measured = OperationSize(operation, size, _defaults(operation))
        self.sizes[operation.name.value if operation.name else None] = measured
        if excess := measured.excess():
            self.report_error(excess)

    def _selections(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, nesting: int) -> Size:
        if nesting > MAX_NESTING:
            raise NestedTooDeeply
        return reduce(Size.beside, self._each(selections, parent, nesting), NOTHING)

    def _each(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, nesting: int) -> Iterator[Size]:
        for selection in selections.selections:
            if selection.directives:
                yield Size(directives=len(selection.directives))
            if isinstance(selection, FieldNode):
                yield self._field(selection, parent, nesting)
            elif isinstance(selection, InlineFragmentNode):
                yield self._selections(selection.selection_set, self._narrowed(selection, parent), nesting + 1)
            elif isinstance(selection, FragmentSpreadNode):
                yield self._fragment(selection.name.value, nesting)

    def _narrowed(self, fragment: InlineFragmentNode, parent: GraphQLNamedType | None) -> GraphQLNamedType | None:
        condition = fragment.type_condition
        return self.context.schema.get_type(condition.name.value) if condition else parent

    def _fragment(self, name: str, nesting: int) -> Size:
        if name in self._fragments:
            return self._fragments[name]
        fragment = self.context.get_fragment(name)
        if fragment is None:
            return NOTHING
        # What a fragment meets again inside itself counts nothing: graphql-core's own rule refuses cycles.
        self._fragments[name] = NOTHING
        parent = self.context.schema.get_type(fragment.type_condition.name.value)
        size = self._selections(fragment.selection_set, parent, nesting + 1)
        size = size.beside(Size(directives=len(fragment.directives or ())))
        self._fragments[name] = replace(size, cost=size.cost.as_one_term())
        return self._fragments[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, nesting: int) -> Size:
        name = node.name.value
        definition = _definition(self.context.schema, parent, name)
        below = NOTHING
        if node.selection_set:
            kind = get_named_type(definition.type) if definition else None
            below = self._selections(node.selection_set, kind, nesting + 1)
        cost = Cost(own_cost(name, parent)) + below.cost.times(items_of(node, parent, definition))
        return _on_its_own(node, parent).beside(replace(below, depth=below.depth + 1, fields=1, cost=cost))


def _on_its_own(node: FieldNode, parent: GraphQLNamedType | None) -> Size:
    ids = ids_of(node)
    has_alias = node.alias is not None
    return Size(
        aliases=int(has_alias),
        introspection_aliases=int(has_alias and parent is not None and parent.name.startswith("__")),
        ids=(length_of(ids) or 0) if isinstance(ids, ListValueNode) else 0,
        id_variables=frozenset([ids.name.value]) if isinstance(ids, VariableNode) else frozenset(),
    )


def _definition(schema: GraphQLSchema, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
        return schema.get_field(parent, name)
    return None


def _defaults(operation: OperationDefinitionNode) -> dict[str, object]:
    return {
        variable.variable.name.value: value_from_ast_untyped(variable.default_value)
        for variable in operation.variable_definitions or ()
        if variable.default_value
    }


def _list_length(value: object) -> int:
    return len(value) if isinstance(value, list) else 1


def measure(schema: GraphQLSchema, document: DocumentNode) -> tuple[Sizes, list[GraphQLError]]:
    """The size of each operation by name, and why any is refused; the document need not be valid."""
    errors: list[GraphQLError] = []
    rule = OperationLimits(ValidationContext(schema, document, TypeInfo(schema), errors.append))
    visit(document, rule)
    return rule.sizes, errors
