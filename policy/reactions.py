"""What takes reactions and shows them."""

from domain.content import ContentState
from policy.visibility import SHOWN_TO_ALL

#: What its whole audience finds. Held and removed texts still show to their authors and to moderators: whoever counted
#: there would see who looked on, and a tombstone with counts would tell what people thought of the words it hides.
TAKES_REACTIONS = frozenset(SHOWN_TO_ALL)


def takes_reactions(state: ContentState) -> bool:
    """Whether what stands in ``state`` can be reacted to, and shows the reactions it has."""
    return state in TAKES_REACTIONS
