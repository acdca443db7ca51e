"""Relay connections over slices: edges, nodes and page info; no total count, which would be counted for each viewer."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry

from domain.paging import Slice
from graph.cursors import Keyed, cursor_of
from graph.fields import attribute, computed
from resolvers.context import Context

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A node and its cursor."""

    cursor: str
    node: Keyed


@dataclass(frozen=True, slots=True)
class PageInfoView:
    """Where a page begins and ends, and whether the list goes on."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def _edges(_context: Context, part: Slice[Any]) -> list[EdgeView]:
    return [EdgeView(cursor_of(node), node) for node in part.nodes]


def _page_info(_context: Context, part: Slice[Any]) -> PageInfoView:
    ends = [cursor_of(node) for node in (part.nodes[0], part.nodes[-1])] if part.nodes else [None, None]
    return PageInfoView(part.has_next, part.has_previous, *ends)


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    """See PageInfoView."""

    has_next_page: bool = attribute("Whether the list goes on after this page.")
    has_previous_page: bool = attribute("Whether the list has items before this page.")
    start_cursor: str | None = attribute("The cursor of the first item. Null if the page is empty.")
    end_cursor: str | None = attribute("The cursor of the last item. Null if the page is empty.")


@strawberry.type(description="An item of a page, with its cursor.")
class Edge(Generic[Node]):
    """See EdgeView."""

    cursor: str = attribute("The position of the item in the list, for `after` and `before`. Opaque.")
    node: Node = attribute("The item itself.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Node]):
    """A domain.paging.Slice."""

    edges: list[Edge[Node]] = computed(_edges, "The items of the page, each with its cursor.")
    nodes: list[Node] = attribute("The items of the page, without cursors.")
    page_info: PageInfo = computed(_page_info, "The position of the page, and whether there is more on either side.")
