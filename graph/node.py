"""Relay's Node: anything that can be asked for again by its id."""

import strawberry

from graph.fields import attribute


@strawberry.interface(description="Anything that can be asked for again by its id.")
class Node:
    """Each type that implements it says by ``is_type_of`` which view is its own."""

    id: strawberry.ID = attribute(
        "Random: it tells neither when something was made nor how much there is. A comment's id contains its post's, "
        "and a message board's its owner's."
    )
