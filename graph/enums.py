"""The enums of the API: those of the domain, described."""

from enum import Enum

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

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
from graph.enum_values import VALUES

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

_DESCRIPTIONS: dict[type[Enum], str] = {
    AppealState: "The state of an appeal.",
    AppealVerdict: "The answer to an appeal.",
    AppealVoice: "The side that wrote a message of an appeal.",
    Audience: "The people who can see something, from the narrowest to the widest: each value contains the ones "
    "before it.",
    BirthdayPrecision: "The parts of a birthday that others see, if they see any.",
    BoardKind: "The kind of a board.",
    AccountStatus: "The sanction in force on an account, if any.",
    CaseState: "The state of a case.",
    CodePurpose: "The purpose of a one-time code, which is valid for nothing else.",
    ContentState: "The state of a post or comment.",
    DisclosureGround: "The ground on which a field of a member was disclosed.",
    ErrorCode: "The stable code of an error the user can fix.",
    Gender: "A gender that a member states in their profile.",
    HostScope: "The part of a host name that a verdict is about.",
    HostVerdict: "A decision of moderators about links to a host.",
    LinkRisk: "The care that a link needs, from none to the most.",
    LinkRiskReason: "A reason to be careful with a link.",
    ModerationAction: "An action that a decision takes.",
    NotificationKind: "The event that a notification tells of.",
    ProfileField: "A part of a profile with an audience of its own.",
    PublishingNoticeKind: "Something that a text shows its readers about its author.",
    ReactionKind: "A reaction of a member to a post or comment, in the order in which clients show them.",
    Relationship: "The relationship of a member to the viewer.",
    ReportOutcome: "The outcome of a report.",
    ReportReason: "A reason why something does not belong here.",
    Role: "The rights of a member across all boards.",
}


def _definition(enum: type[Enum], description: str) -> StrawberryEnumDefinition:
    definition: StrawberryEnumDefinition = strawberry.enum(enum, description=description).__strawberry_definition__  # type: ignore[attr-defined]
    return definition


for _enum, _description in _DESCRIPTIONS.items():
    # The enums are the domain's, which knows nothing of strawberry: the values are described from outside.
    for _value in _definition(_enum, _description).values:
        _value.description = VALUES[_enum[_value.name]]
