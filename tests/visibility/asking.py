"""Operations that are written out, each with the fragments that it needs."""

from functools import cache
from pathlib import Path
from typing import Any

from graphql import FragmentDefinitionNode, FragmentSpreadNode, Node, Visitor, parse, print_ast, visit

OPERATIONS = Path(__file__).parent / "operations"


@cache
def operation(name: str) -> str:
    """An operation by the name of its file, with the fragments that it needs."""
    return with_fragments((OPERATIONS / f"{name}.graphql").read_text())


@cache
def _fragments() -> dict[str, FragmentDefinitionNode]:
    parts = parse((OPERATIONS / "fragments.graphql").read_text()).definitions
    return {part.name.value: part for part in parts if isinstance(part, FragmentDefinitionNode)}


def with_fragments(written: str) -> str:
    document = parse(written)
    needed: dict[str, FragmentDefinitionNode] = {}
    waiting = _spreads(document)
    while waiting:
        name = min(waiting)
        waiting.discard(name)
        if name not in needed:
            needed[name] = _fragments()[name]
            waiting |= _spreads(needed[name])
    return "\n".join([print_ast(document), *(print_ast(part) for part in needed.values())])


def _spreads(part: Node) -> set[str]:
    found: set[str] = set()

    class Finder(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
            found.add(node.name.value)

    visit(part, Finder())
    return found
