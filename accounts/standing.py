"""What members whom a sanction holds may still do."""

from domain.messages import Message
from domain.problems import ErrorCode, refusal
from domain.standing import MemberStanding
from domain.viewer import Viewer
from policy.permissions import Deed, may

#: Why not, for each standing that ends something.
REFUSALS = {
    MemberStanding.MUTED: Message.YOU_ARE_MUTED,
    MemberStanding.SUSPENDED: Message.YOU_ARE_SUSPENDED,
    MemberStanding.BANNED: Message.YOU_ARE_BANNED,
    MemberStanding.VERIFICATION_REQUIRED: Message.VERIFY_FIRST,
    MemberStanding.ERASED: Message.NOT_ALLOWED,
}


def check_standing(viewer: Viewer, deed: Deed) -> None:
    """Refuses what the viewer's standing has ended; ``Viewer.postingStatus`` says until when, and how to answer."""
    if not may(viewer, deed):
        raise refusal(ErrorCode.POSTING_SUSPENDED, REFUSALS[viewer.standing])
