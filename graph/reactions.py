"""How many reacted, and how."""

import strawberry

from graph.enums import ReactionKind
from graph.fields import attribute


@strawberry.type(description="The number of reactions of one kind to a post or comment.")
class ReactionCount:
    """domain.reactions.ReactionCount."""

    kind: ReactionKind = attribute("The kind of the reactions.")
    count: int = attribute("The number of members who reacted, 1 at least, without those hidden from the viewer.")
    viewer_reacted: bool = attribute("Whether the viewer reacted in this way.")
