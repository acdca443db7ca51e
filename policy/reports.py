"""What members may report, and what a decision means to those who reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.content import ContentState
from domain.ids import AppealId, DecisionId, MemberId
from domain.moderation import ModerationAction, ReportOutcome
from domain.rich_text import HostVerdict
from domain.viewer import Viewer
from policy.permissions import is_board_owner

#: What is held or removed is before a moderator already.
MAY_BE_REPORTED = frozenset({ContentState.PUBLISHED})

#: Hosts hand over to moderators what waits on their message boards, too.
BOARD_OWNER_MAY_REPORT = MAY_BE_REPORTED | {ContentState.HELD}

#: What a decision about the target says to its reporters; an action that is not listed settles no report.
SETTLES: Mapping[ModerationAction, ReportOutcome] = {
    ModerationAction.APPROVE: ReportOutcome.NO_ACTION,
    ModerationAction.DISMISS: ReportOutcome.NO_ACTION,
    ModerationAction.LOCK: ReportOutcome.ACTION_TAKEN,
    ModerationAction.WARN: ReportOutcome.ACTION_TAKEN,
    ModerationAction.MUTE: ReportOutcome.ACTION_TAKEN,
    ModerationAction.SUSPEND: ReportOutcome.ACTION_TAKEN,
    ModerationAction.BAN: ReportOutcome.ACTION_TAKEN,
    ModerationAction.REQUIRE_VERIFICATION: ReportOutcome.ACTION_TAKEN,
    ModerationAction.REMOVE: ReportOutcome.ACTION_TAKEN,
    # The removal was taken back: what was reported stands, so in the end nothing was done about it. "Pending" would
    # promise one more look that nobody owes.
    ModerationAction.RESTORE: ReportOutcome.NO_ACTION,
}

#: What a verdict about a host says to those who reported links to it; None: no verdict, or one taken back.
SETTLED_BY_VERDICT: Mapping[HostVerdict | None, ReportOutcome] = {
    HostVerdict.BLOCKED: ReportOutcome.ACTION_TAKEN,
    HostVerdict.SHORTENER: ReportOutcome.ACTION_TAKEN,
    HostVerdict.TRUSTED: ReportOutcome.NO_ACTION,
    None: ReportOutcome.NO_ACTION,
}

#: They take the target away, so a report can't come after them: where clocks or transactions cross, it came before.
ENDS_REPORTING = frozenset({ModerationAction.REMOVE})


def may_report(
    viewer: Viewer, author: MemberId | None, state: ContentState, board_owner: MemberId | None = None
) -> bool:
    """Members report what others published; a tombstone says nothing that could be reported."""
    states = BOARD_OWNER_MAY_REPORT if is_board_owner(viewer, author, board_owner) else MAY_BE_REPORTED
    return state in states and may_report_member(viewer, author)


def may_report_member(viewer: Viewer, member: MemberId | None) -> bool:
    return viewer.is_signed_in and member is not None and member != viewer.member_id


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision about the target tells its reporters."""

    id: DecisionId
    action: ModerationAction
    decided_at: datetime
    reverses: DecisionId | None = None
    on_appeal: AppealId | None = None


def came_of(reported_at: datetime, latest_first: Sequence[Said]) -> ReportOutcome:
    """What came of a report, by the decisions about its target that settle reports or take such a one back.

    Where none stands that is about it, what was undone has settled nothing, and what was overturned on appeal has found
    that nothing was to be done.
    """
    taken_back = {each.reverses for each in latest_first}
    in_force = [each for each in latest_first if each.reverses is None and each.id not in taken_back]
    outcome = outcome_of(reported_at, in_force[0].action, in_force[0].decided_at) if in_force else ReportOutcome.PENDING
    overturned = next((each for each in latest_first if each.on_appeal), None)
    if outcome is ReportOutcome.PENDING and overturned and overturned.decided_at > reported_at:
        return ReportOutcome.NO_ACTION
    return outcome


def outcome_of(reported_at: datetime, action: ModerationAction | None, decided_at: datetime | None) -> ReportOutcome:
    """What came of a report, by the latest decision about its target that settles reports (None: there is none)."""
    if action is None or decided_at is None:
        return ReportOutcome.PENDING
    is_about_it = action in ENDS_REPORTING or decided_at > reported_at
    return SETTLES[action] if is_about_it else ReportOutcome.PENDING
