"""What takes reactions and shows them."""

from domain.content import ContentState
from policy.visibility import SHOWN_TO_ALL

#: What its whole audience finds. What is held or removed shows none, not even to those who still read it: it stands
#: before nobody who could react.
TAKES_REACTIONS = frozenset(SHOWN_TO_ALL)


def takes_reactions(state: ContentState) -> bool:
    """Whether what stands in ``state`` can be reacted to, and shows the reactions it has."""
    return state in TAKES_REACTIONS
