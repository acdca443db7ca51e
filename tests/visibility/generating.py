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
        name, drawing = node.name.value, self._drawing
        if name in {"first", "last"}:
            # Both at once are refused, and so is what costs too much.
            size = drawing.random.choice((None, None, 1, 2, 5)) if name == "first" else None
            value = NullValueNode() if size is None else IntValueNode(value=str(size))
            return ArgumentNode(name=node.name, value=value)
        if name in {"after", "before"}:
            return ArgumentNode(name=node.name, value=NullValueNode())
        if name == "ids":
            ids = tuple(StringValueNode(value=drawing.node(self._kinds)) for _ in range(4))
            return ArgumentNode(name=node.name, value=ListValueNode(values=ids))
        if name == "id":
            return ArgumentNode(name=node.name, value=StringValueNode(value=drawing.node(self._kinds)))
        if name in {"handle", "slug"}:
            drawn = drawing.handle() if name == "handle" else drawing.slug()
            return ArgumentNode(name=node.name, value=StringValueNode(value=drawn))
        if isinstance(node.value, StringValueNode):
            return ArgumentNode(name=node.name, value=StringValueNode(value=drawing.literal()))
        return None
