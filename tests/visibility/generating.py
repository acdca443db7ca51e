"""Fills the literals of generated operations with what may be hidden."""

from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    StringValueNode,
    ValueNode,
    Visitor,
    print_ast,
    visit,
)

from tests.visibility.drawing import Drawing


def filled(document: DocumentNode, drawing: Drawing) -> str:
    """The operation, with ids, names and words of both worlds in the place of its literals, and pages of a few."""
    return print_ast(visit(document, _Filled(drawing)))


class _Filled(Visitor):
    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self._kinds: tuple[str, ...] = ()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Ids are of what is selected of the node, or nothing of it would be answered."""
        if node.name.value in {"node", "nodes"} and node.selection_set:
            parts = node.selection_set.selections
            conditions = [part.type_condition for part in parts if isinstance(part, InlineFragmentNode)]
            self._kinds = tuple(dict.fromkeys(kind.name.value for kind in conditions if kind))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | None:
        value = self._value(node.name.value, node.value)
        return None if value is None else ArgumentNode(name=node.name, value=value)

    def _value(self, name: str, value: ValueNode) -> ValueNode | None:
        """What stands for the value of an argument; None where it stays."""
        drawing = self._drawing
        if name == "first":
            size = drawing.random.choice((None, None, 1, 2, 5))
            return NullValueNode() if size is None else IntValueNode(value=str(size))
        if name in {"last", "after", "before"}:
            # Both ends at once are refused.
            return NullValueNode()
        if name == "ids":
            return ListValueNode(values=tuple(StringValueNode(value=drawing.node(self._kinds)) for _ in range(4)))
        drawn = {"id": lambda: drawing.node(self._kinds), "handle": drawing.handle, "slug": drawing.slug}
        if name in drawn or isinstance(value, StringValueNode):
            return StringValueNode(value=drawn.get(name, drawing.literal)())
        return None
