"""Who may object to which decisions, until when, and who decides about that."""

from datetime import datetime

from domain.appeals import Appeal
from domain.members import Role
from domain.moderation import Decision, ModerationAction
from domain.viewer import Viewer
from policy.limits import APPEAL_WINDOW
from policy.permissions import TOLD_TO_SUBJECT, Privilege, has

#: What takes something from its subject. What gives it back needs no appeal.
MAY_BE_APPEALED = TOLD_TO_SUBJECT & {
    ModerationAction.REMOVE,
    ModerationAction.LOCK,
    ModerationAction.WARN,
    ModerationAction.MUTE,
    ModerationAction.SUSPEND,
    ModerationAction.BAN,
    ModerationAction.REQUIRE_VERIFICATION,
}


def can_be_appealed(decision: Decision) -> bool:
    """Whether it is of a kind that takes something from its subject.

    One that only brings another back into force is none: the appeal is against that other one.
    """
    return decision.action in MAY_BE_APPEALED and decision.reverses is None


def is_in_time(decision: Decision, at: datetime) -> bool:
    return at < decision.decided_at + APPEAL_WINDOW


def is_subject(viewer: Viewer, appeal: Appeal) -> bool:
    return viewer.is_signed_in and appeal.subject_id == viewer.member_id


def decides_for_admins(viewer: Viewer) -> bool:
    """Whether appeals are for the viewer that are for admins alone."""
    return viewer.role is Role.ADMIN


def may_decide_appeal(viewer: Viewer, appeal: Appeal) -> bool:
    """Whether the appeal is for the viewer: neither about themselves nor against their own decision."""
    is_high_enough = decides_for_admins(viewer) or not appeal.is_for_admins
    is_staff = is_high_enough and has(viewer, Privilege.DECIDE_APPEALS, appeal.board_id)
    return is_staff and viewer.member_id not in {appeal.subject_id, appeal.decider_id}


def may_read_appeal(viewer: Viewer, appeal: Appeal) -> bool:
    """To all others it looks as if nobody had appealed."""
    return is_subject(viewer, appeal) or may_decide_appeal(viewer, appeal)
