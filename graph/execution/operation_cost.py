"""What an operation costs: the fields it may ask for, where a page counts once for each of its items.

A cost that depends on variables is kept as a sum, which takes microseconds to work out for each request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    IntValueNode,
    ListValueNode,
    ValueNode,
    VariableNode,
    get_nullable_type,
    is_list_type,
)

from policy import query_limits as limits
from policy.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE

PAGE_ARGUMENTS = ("first", "last")
IDS_ARGUMENT = "ids"


class Length(NamedTuple):
    """How many items a field gives, where variables tell."""

    variables: frozenset[str]
    literal: int | None
    """The largest that is written out beside them."""

    def at(self, values: Mapping[str, object]) -> int:
        """The largest of the lengths asked for; a page of the usual size where none is."""
        asked = [self.literal, *(length_of(values.get(name)) for name in self.variables)]
        return max((length for length in asked if length is not None), default=DEFAULT_PAGE_SIZE)


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """A number of fields, and costs that variables multiply. Compared by identity, so that equal fragments merge."""

    fixed: int = 0
    terms: Mapping[tuple[Length | None, "Cost"], int] = field(default_factory=dict)

    def __add__(self, other: "Cost") -> "Cost":
        terms = dict(self.terms)
        for term, times in other.terms.items():
            terms[term] = terms.get(term, 0) + times
        return Cost(self.fixed + other.fixed, terms)

    def times(self, length: int | Length) -> "Cost":
        """This cost once for each item."""
        if isinstance(length, int):
            return Cost(self.fixed * length, {term: times * length for term, times in self.terms.items()})
        return Cost(0, {(length, self): 1})

    def as_one_term(self) -> "Cost":
        """The same, to be added many times without copying its terms."""
        return Cost(0, {(None, self): 1}) if self.terms else self

    def at(self, values: Mapping[str, object], known: dict["Cost", int]) -> int:
        """The number of fields for these variables; ``known`` keeps what shared parts came to."""
        if self not in known:
            known[self] = self.fixed + sum(
                times * cost.at(values, known) * (1 if length is None else length.at(values))
                for (length, cost), times in self.terms.items()
            )
        return known[self]


def own_cost(name: str, parent: GraphQLNamedType | None) -> int:
    """What a field costs without what is below it; inside introspection nothing, for its root is weighed whole."""
    if parent is None:
        return 1
    if parent.name.startswith("__"):
        return 0
    return limits.FIELD_WEIGHTS.get(f"{parent.name}.{name}", 1)


def items_of(node: FieldNode, parent: GraphQLNamedType | None, definition: GraphQLField | None) -> int | Length:
    """How many times a field's selection is read."""
    if definition is None:
        return 1
    if any(name in definition.args for name in PAGE_ARGUMENTS):
        return _longest(_argument(node, name) for name in PAGE_ARGUMENTS)
    if IDS_ARGUMENT in definition.args:
        return _longest([ids_of(node)])
    # The lists inside a connection are its page, which its own arguments have counted.
    is_page = parent is not None and parent.name.endswith("Connection")
    if is_page or not is_list_type(get_nullable_type(definition.type)):
        return 1
    return limits.LIST_LENGTHS.get(f"{parent.name}.{node.name.value}" if parent else "", limits.ASSUMED_LIST_LENGTH)


def ids_of(node: FieldNode) -> ValueNode | None:
    """The list of ids that a field is asked for."""
    return _argument(node, IDS_ARGUMENT)


def length_of(value: object) -> int | None:
    """How many items ``value`` asks for, as a variable or in the text; None where it says nothing."""
    if isinstance(value, (list, ListValueNode)):
        return len(value if isinstance(value, list) else value.values)
    if isinstance(value, IntValueNode):
        # Python refuses to read very long numbers, and resolvers refuse anything above a page.
        return length_of(int(value.value)) if len(value.value) <= 3 else MAX_PAGE_SIZE
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(min(max(value, 0), MAX_PAGE_SIZE))
    return None


def _longest(values: Iterable[ValueNode | None]) -> int | Length:
    given = list(values)
    variables = frozenset(value.name.value for value in given if isinstance(value, VariableNode))
    written = [length for value in given if (length := length_of(value)) is not None]
    asked = Length(variables, max(written, default=None))
    return asked if variables else asked.at({})


def _argument(node: FieldNode, name: str) -> ValueNode | None:
    return next((argument.value for argument in node.arguments or () if argument.name.value == name), None)
