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


@strawberry.type(description="A profile field, and who may see it.")
class FieldAudience:
    """FieldAudienceView."""

    field: ProfileField = attribute()
    audience: Audience = attribute()


@strawberry.type(description="The signed-in member's own side: settings, sessions, rights.")
class Viewer:
    """ViewerView."""

    member: Member = attribute()
    phone: PhoneNumber = computed(_phone)
    field_audiences: list[FieldAudience] = computed(_field_audiences, "Every profile field, chosen or by default.")
    birthday_precision: BirthdayPrecision = computed(_birthday_precision)
    decisions: Connection[Decision] = paged(
        decisions.about_viewer, "Moderators' decisions about what the viewer wrote, the latest first."
    )
    notifications: Connection[Notification] = paged(
        notifications.of_viewers, "What the viewer was told of what was decided, newest first."
    )
    posting_status: PostingStatus = loaded(posting_status.of_viewers, "Whether the viewer may publish; if not, why.")
    blocks: Connection[BlockedMember] = paged(relationships.blocks, "Those the viewer has blocked, the latest first.")
    following: Connection[Follow] = paged(relationships.following, "Those the viewer follows, the latest first.")
    followers: Connection[Follow] = paged(relationships.followers, "Those who follow the viewer, the latest first.")
    board_entries_to_review: Connection[Post] = paged(
        content.entries_to_review,
        "What is held on the viewer's message board, newest first; to moderators also what other owners handed over "
        "by reporting it.",
    )
    edits_to_review: Connection[PendingEdit] = paged(
        edits.to_review,
        "Edits of posts and comments that wait for the viewer, newest first: those on the viewer's message board where "
        "it asks for review or their author's standing does; to moderators those on other boards, as far as many would "
        "read them. An edit opens no case: nobody has complained. It waits until approveContent, rejectEdit or its "
        "author ends that, also where the board asks for no review any more.",
    )
    moderated_boards: list[Board] = loaded(
        content.boards_moderated,
        "Discussion boards that are the viewer's to moderate, the oldest first, at most 50; none where their role has "
        "them moderate all.",
    )
    followed_boards: Connection[FollowedBoard] = paged(
        following_feed.followed_boards, "The boards the viewer follows, the latest first."
    )
    feed: Connection[Post] = paged(
        following_feed.feeds,
        "Posts by the members and on the boards that the viewer follows, newest first, each once; of the discussion "
        "boards, and as far as the viewer may see them.",
    )
    reports: Connection[Report] = paged(reports.reports_of_viewers, "What the viewer has reported, newest first.")
    disclosures: Connection[Disclosure] = paged(
        disclosures.about_viewer,
        "Every time staff read something of the viewer's that they had not made visible, newest first.",
    )
    default_byline: list[ProfileField] = computed(_default_byline, "What goes along with posts that do not say.")
    contact_policy: Audience = computed(_contact_policy, "Who may write to the viewer by contactMember.")
    accepted_statement: str | None = computed(_accepted_statement, "The version of the privacy statement accepted.")


async def viewer_view(context: Context) -> ViewerView | None:
    """The signed-in member's own side, or None where nobody is signed in."""
    member_id: MemberId | None = context.viewer.member_id
    if member_id is None:
        return None
    member = (await context.members([member_id]))[0]
    return ViewerView(member, await context.stores.members.own_settings(member_id)) if member else None
