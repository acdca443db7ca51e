"""The enums of the API: those of the domain, described."""

import strawberry

from accounts.codes import CodePurpose
from domain.appeals import AppealState, AppealVerdict, AppealVoice
from domain.audience import Audience
from domain.cases import CaseState
from domain.content import BoardKind, ContentState
from domain.disclosures import DisclosureGround
from domain.errors import ErrorCode
from domain.hosts import HostScope
from domain.members import BirthdayPrecision, Gender, ProfileField, Relationship, Role
from domain.moderation import ModerationAction, ReportOutcome, ReportReason
from domain.notifications import NotificationKind
from domain.publishing_notices import PublishingNoticeKind
from domain.reactions import ReactionKind
from domain.rich_text import HostVerdict, LinkRisk, LinkRiskReason
from domain.sanctions import AccountStatus

__all__ = [
    "AccountStatus",
    "AppealState",
    "AppealVerdict",
    "AppealVoice",
    "Audience",
    "BirthdayPrecision",
    "BoardKind",
    "CaseState",
    "CodePurpose",
    "ContentState",
    "DisclosureGround",
    "ErrorCode",
    "Gender",
    "HostScope",
    "HostVerdict",
    "LinkRisk",
    "LinkRiskReason",
    "ModerationAction",
    "NotificationKind",
    "ProfileField",
    "PublishingNoticeKind",
    "ReactionKind",
    "Relationship",
    "ReportOutcome",
    "ReportReason",
    "Role",
]

_DESCRIPTIONS = {
    AppealState: "What came of an appeal.",
    AppealVerdict: "What becomes of a decision that its subject appealed against.",
    AppealVoice: "Who speaks in an appeal: the member, or a moderator.",
    Audience: "Who may see a thing, from the narrowest to the widest.",
    BirthdayPrecision: "How much of the birthday others see where they see any.",
    BoardKind: "A discussion area, or a member's message board.",
    AccountStatus: "Where a member stands with the house.",
    CaseState: "Whether a case waits for a decision.",
    CodePurpose: "What a one-time code is good for.",
    ContentState: "Where a post or comment stands. UNAVAILABLE is what others see of a removed, deleted or blocked "
    "entry that still holds replies: one tombstone, all alike.",
    DisclosureGround: "On which ground something of a member's was disclosed.",
    ErrorCode: "Stable codes of what a person can mend.",
    Gender: "What members may state about themselves.",
    HostScope: "How much of a name a verdict is about: this host alone, or a registered domain with every host in it.",
    HostVerdict: "What moderators have decided about a host.",
    LinkRisk: "How much care a link asks for.",
    LinkRiskReason: "Why a link asks for care.",
    ModerationAction: "What a moderator can do. REOPEN comes of undoDecision alone: APPROVE or DISMISS was taken back.",
    NotificationKind: "What a member is told of: a decision about them or their words, the answer to their appeal, "
    "what came of their report, the end of a sanction, what came of an edit that was read first.",
    ProfileField: "A part of a profile with an audience of its own.",
    PublishingNoticeKind: "What a text would show to its readers.",
    ReactionKind: "What a member can say without a word.",
    Relationship: "How a member stands to the viewer; friends follow each other.",
    ReportOutcome: "What came of a report: pending until a decision about its target.",
    ReportReason: "Why something does not belong here.",
    Role: "What a member is trusted with.",
}

for _enum, _description in _DESCRIPTIONS.items():
    strawberry.enum(_enum, description=_description)
