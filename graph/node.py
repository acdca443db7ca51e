"""Relay's Node: anything that can be asked for again by its id."""

import strawberry

from graph.fields import attribute


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    """Each type that implements it says by ``is_type_of`` which view is its own."""

    id: strawberry.ID = attribute(
        "The id of the object, unique across all types; `Query.node` finds the object by it. Random, but a comment's "
        "id contains its post's, and a message board's its owner's."
    )
