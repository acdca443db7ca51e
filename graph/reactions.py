"""How many reacted, and how."""

import strawberry

from graph.enums import ReactionKind
from graph.fields import attribute


@strawberry.type(description="How many members reacted to a post or comment in one way.")
class ReactionCount:
    """domain.reactions.ReactionCount."""

    kind: ReactionKind = attribute()
    count: int = attribute("More than 0; less the members hidden from the viewer.")
    viewer_reacted: bool = attribute("Whether the viewer is among them.")
