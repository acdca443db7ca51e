"""The two checks that come before everything else: who asks is signed in, and no sanction ends what they ask for."""

from domain.errors import ErrorCode, refusal
from domain.ids import MemberId
from domain.messages import Message
from domain.sanctions import AccountStatus
from domain.viewer import Viewer
from policy.permissions import Capability, may

#: The refusal for each account status that ends something.
REFUSALS = {
    AccountStatus.MUTED: Message.YOU_ARE_MUTED,
    AccountStatus.SUSPENDED: Message.YOU_ARE_SUSPENDED,
    AccountStatus.BANNED: Message.YOU_ARE_BANNED,
    AccountStatus.VERIFICATION_REQUIRED: Message.VERIFY_FIRST,
    AccountStatus.ERASED: Message.NOT_ALLOWED,
}


def require_signed_in(viewer: Viewer) -> MemberId:
    """Return the viewer's id. Raise `Refused` if the viewer is not signed in."""
    if viewer.member_id is None:
        raise refusal(ErrorCode.NOT_SIGNED_IN, Message.SIGN_IN_FIRST)
    return viewer.member_id


def require_capability(viewer: Viewer, capability: Capability) -> None:
    """Raise `Refused` for what the viewer's account status has ended.

    ``Viewer.postingStatus`` says until when, and how to appeal.
    """
    if not may(viewer, capability):
        raise refusal(ErrorCode.POSTING_SUSPENDED, REFUSALS[viewer.account_status])
