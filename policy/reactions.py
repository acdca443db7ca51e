"""What takes reactions and shows them."""

from domain.content import CommentView, PostView
from policy.visibility import SHOWN_TO_ALL

#: What its whole audience finds. What is held or removed shows none, not even to those who still read it: it stands
#: before nobody who could react.
TAKES_REACTIONS = frozenset(SHOWN_TO_ALL)


def takes_reactions(content: PostView | CommentView) -> bool:
    """Whether ``content`` takes reactions and shows those it has; on a closed board or a case it does neither."""
    return content.state in TAKES_REACTIONS and content.is_open
