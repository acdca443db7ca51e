"""What members whom a sanction holds may still do."""

from domain.errors import ErrorCode, refusal
from domain.messages import Message
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from policy.permissions import Capability, may

#: Why not, for each standing that ends something.
REFUSALS = {
    AccountStatus.MUTED: Message.YOU_ARE_MUTED,
    AccountStatus.SUSPENDED: Message.YOU_ARE_SUSPENDED,
    AccountStatus.BANNED: Message.YOU_ARE_BANNED,
    AccountStatus.VERIFICATION_REQUIRED: Message.VERIFY_FIRST,
    AccountStatus.ERASED: Message.NOT_ALLOWED,
}


def require_capability(viewer: Viewer, capability: Capability) -> None:
    """Refuses what the viewer's standing has ended; ``Viewer.postingStatus`` says until when, and how to answer."""
    if not may(viewer, capability):
        raise refusal(ErrorCode.POSTING_SUSPENDED, REFUSALS[viewer.account_status])
