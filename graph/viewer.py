"""The signed-in member's own side."""

from dataclasses import dataclass

import strawberry

from domain import audience, members
from domain.ids import MemberId
from domain.members import OwnSettings
from graph.boards import Board, FollowedBoard
from graph.connections import Connection
from graph.content import Post
from graph.decisions import Decision
from graph.disclosures import Disclosure
from graph.edits import PendingEdit
from graph.enums import Audience, BirthdayPrecision, ProfileField
from graph.fields import attribute, computed, loaded, paged
from graph.members import Member
from graph.notifications import Notification
from graph.posting_status import PostingStatus
from graph.relationships import BlockedMember, Follow
from graph.reports import Report
from graph.scalars import PhoneNumber
from policy.limits import MAX_MODERATED_BOARDS
from resolvers import (
    content,
    decisions,
    disclosures,
    edits,
    following_feed,
    notifications,
    posting_status,
    relationships,
    reports,
)
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class ViewerView:
    """Who is signed in, and what they set."""

    member: members.MemberView
    settings: OwnSettings


@dataclass(frozen=True, slots=True)
class FieldAudienceView:
    """A field and who sees it."""

    field: members.ProfileField
    audience: audience.Audience


def _phone(_context: Context, viewer: ViewerView) -> str | None:
    # Who can sign in has a phone: registering takes one, and nothing takes it away.
    return viewer.settings.phone


def _field_audiences(_context: Context, viewer: ViewerView) -> list[FieldAudienceView]:
    return [FieldAudienceView(field, audience) for field, audience in viewer.settings.audiences.items()]


def _birthday_precision(_context: Context, viewer: ViewerView) -> members.BirthdayPrecision:
    return viewer.settings.birthday_precision


def _default_byline(_context: Context, viewer: ViewerView) -> tuple[members.ProfileField, ...]:
    return viewer.settings.default_byline


def _accepted_statement(_context: Context, viewer: ViewerView) -> str | None:
    return viewer.settings.accepted_statement


def _contact_policy(_context: Context, viewer: ViewerView) -> audience.Audience:
    return viewer.settings.contact_policy


@strawberry.type(description="A profile field of the viewer, with its audience.")
class FieldAudience:
    """FieldAudienceView."""

    field: ProfileField = attribute("The profile field.")
    audience: Audience = attribute("The people who can see the field.")


@strawberry.type(description="The signed-in member, with their settings, lists and rights.")
class Viewer:
    """ViewerView."""

    member: Member = attribute("The viewer as a member, as others find them.")
    phone: PhoneNumber = computed(_phone, "The phone number with which the viewer registered.")
    field_audiences: list[FieldAudience] = computed(
        _field_audiences, "The audience of every profile field, chosen or by default."
    )
    birthday_precision: BirthdayPrecision = computed(
        _birthday_precision, "The parts of the viewer's birthday that others see."
    )
    decisions: Connection[Decision] = paged(
        decisions.about_viewer, "The decisions of moderators about the viewer and the viewer's content, latest first."
    )
    notifications: Connection[Notification] = paged(
        notifications.of_viewers, "The notifications to the viewer, newest first."
    )
    posting_status: PostingStatus = loaded(
        posting_status.of_viewers, "Whether the viewer can publish; if not, why and until when."
    )
    blocks: Connection[BlockedMember] = paged(
        relationships.blocks, "The members whom the viewer has blocked, latest first."
    )
    following: Connection[Follow] = paged(relationships.following, "The members whom the viewer follows, latest first.")
    followers: Connection[Follow] = paged(relationships.followers, "The members who follow the viewer, latest first.")
    board_entries_to_review: Connection[Post] = paged(
        content.entries_to_review,
        "The content that is held on the viewer's message board, newest first. To moderators, also content that other "
        "board owners reported.",
    )
    edits_to_review: Connection[PendingEdit] = paged(
        edits.to_review,
        "The edits that wait for the viewer's approval, newest first: on the viewer's message board, and to moderators "
        "those on the boards they moderate that MEMBERS or PUBLIC would see. An edit waits until `approveContent`, "
        "`rejectEdit` or its author ends that, even if the board asks for no review any more.",
    )
    moderated_boards: list[Board] = loaded(
        content.boards_moderated,
        f"The discussion boards that the viewer moderates as a board moderator, oldest first, at most "
        f"{MAX_MODERATED_BOARDS}. Empty if the viewer's role lets them moderate all boards.",
    )
    followed_boards: Connection[FollowedBoard] = paged(
        following_feed.followed_boards, "The boards that the viewer follows, latest first."
    )
    feed: Connection[Post] = paged(
        following_feed.feeds,
        "The posts on discussion boards by members whom the viewer follows, or on boards that the viewer follows, "
        "newest "
        "first, each once.",
    )
    reports: Connection[Report] = paged(
        reports.reports_of_viewers, "The reports that the viewer has made, newest first."
    )
    disclosures: Connection[Disclosure] = paged(
        disclosures.about_viewer,
        "The records of staff who read a field that the viewer had not made visible to them, newest first.",
    )
    default_byline: list[ProfileField] = computed(
        _default_byline, "The profile fields attached to posts and comments that name none."
    )
    contact_policy: Audience = computed(_contact_policy, "The people who can write to the viewer with `contactMember`.")
    accepted_statement: str | None = computed(
        _accepted_statement,
        "The version of the privacy statement that the viewer accepted. Null if they accepted none.",
    )


async def viewer_view(context: Context) -> ViewerView | None:
    """The signed-in member's own side, or None where nobody is signed in."""
    member_id: MemberId | None = context.viewer.member_id
    if member_id is None:
        return None
    member = (await context.members([member_id]))[0]
    return ViewerView(member, await context.stores.members.own_settings(member_id)) if member else None
