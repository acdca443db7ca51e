"""What a choice of audiences would newly show, to whom and where, for its maker to see first."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.capability_check import require_signed_in
from content.profiles import AudienceChoices, checked_audiences
from content.publishing_notices import FIELD_NAMES
from content.services import ContentServices
from domain.audience import Audience, narrower
from domain.members import OwnSettings, Profile, ProfileField
from domain.messages import Message
from domain.viewer import Viewer
from policy.audience_wording import layers, layers_in_words
from policy.limits import MAX_PREVIEWED_POSTS
from stores.byline_counts import Showing


@dataclass(frozen=True, slots=True)
class FieldExposure:
    """How one field would show, against how it shows now. ``values`` fill the message's braces."""

    field: ProfileField
    from_audience: Audience
    to_audience: Audience
    newly_shown_to: tuple[Audience, ...]
    withdrawn_from: tuple[Audience, ...]
    shows: Profile
    """The field as others would see it, and nothing else."""
    is_filled_in: bool
    post_count: int
    message: Message
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Change:
    """A field that would show to others, or otherwise."""

    field: ProfileField
    before: Audience
    after: Audience
    tells_more: bool = False
    """Whether also those who see it now would see more of it."""
    tells_less: bool = False

    @property
    def newly_shown_to(self) -> tuple[Audience, ...]:
        return layers(Audience.ONLY_ME if self.tells_more else self.before, self.after)

    @property
    def withdrawn_from(self) -> tuple[Audience, ...]:
        return layers(Audience.ONLY_ME if self.tells_less else self.after, self.before)

    @property
    def showing(self) -> Showing:
        """Those for whom anything changes: whose posts' readers are counted."""
        widest = self.after if self.after.is_wider_than(self.before) else self.before
        tells_otherwise = self.tells_more or self.tells_less
        return Showing(self.field, Audience.ONLY_ME if tells_otherwise else narrower(self.before, self.after), widest)


@dataclass(frozen=True, slots=True)
class _Profiles:
    """What others who see everything would see, before and after."""

    before: Profile
    after: Profile

    def is_filled_in(self, field: ProfileField) -> bool:
        return field in self.before.filled_in | self.after.filled_in


async def preview_field_audiences(
    services: ContentServices, viewer: Viewer, choices: AudienceChoices
) -> list[FieldExposure]:
    """What ``update_field_audiences`` would change for others, in the order of the fields; writes nothing.

    Refuses what that refuses.
    """
    member_id = require_signed_in(viewer)
    chosen = checked_audiences(choices)
    stores = services.core.stores
    settings = await stores.members.own_settings(member_id)
    own = (await stores.members.seen_by(viewer, [member_id]))[member_id].profile
    precision = choices.birthday_precision or settings.birthday_precision
    profiles = _Profiles(own.at(settings.birthday_precision), own.at(precision))
    changes = _changes(settings, chosen, profiles)
    showings = [change.showing for change in changes if profiles.is_filled_in(change.field)]
    counts = await stores.posts.counts_by_byline(viewer, showings)
    return [_exposure(change, profiles, counts.get(change.field, 0)) for change in changes]


def _changes(settings: OwnSettings, chosen: Mapping[ProfileField, Audience], profiles: _Profiles) -> list[_Change]:
    """The fields that would not show as they do now."""
    changes = []
    for field, before in settings.audiences.items():
        told = _told_otherwise(profiles) if field is ProfileField.BIRTHDAY else {}
        change = _Change(field, before, chosen.get(field, before), **told)
        if change.newly_shown_to or change.withdrawn_from:
            changes.append(change)
    return changes


def _told_otherwise(profiles: _Profiles) -> dict[str, bool]:
    """Whether another precision tells more of the birthday that is given, or less."""
    before, after = (
        {part for part in ("year", "month", "day") if getattr(profile.birthday, part, None) is not None}
        for profile in (profiles.before, profiles.after)
    )
    return {"tells_more": not after <= before, "tells_less": not before <= after}


def _exposure(change: _Change, profiles: _Profiles, posts: int) -> FieldExposure:
    shown = change.after is not Audience.ONLY_ME
    is_filled_in = profiles.is_filled_in(change.field)
    message, readers = _message(change, has_posts=posts > 0)
    return FieldExposure(
        field=change.field,
        from_audience=change.before,
        to_audience=change.after,
        newly_shown_to=change.newly_shown_to,
        withdrawn_from=change.withdrawn_from,
        shows=profiles.after.only([change.field] if shown else []),
        is_filled_in=is_filled_in,
        post_count=posts,
        message=message if is_filled_in else Message.FIELD_IS_EMPTY,
        values={
            "field": FIELD_NAMES[change.field],
            "readers": layers_in_words(readers),
            "posts": f"{posts}+" if posts == MAX_PREVIEWED_POSTS else posts,
        },
    )


def _message(change: _Change, *, has_posts: bool) -> tuple[Message, tuple[Audience, ...]]:
    """Return the sentence about a change, and the audiences that it names. Posts are mentioned only if some show it."""
    if not change.withdrawn_from:
        return _WIDENS[has_posts], change.newly_shown_to
    if not change.newly_shown_to:
        return _NARROWS[has_posts], change.withdrawn_from
    return _SHOWS_OTHERWISE[has_posts], layers(Audience.ONLY_ME, change.showing.to)


#: Each sentence without and with the posts that show the field.
_WIDENS = (Message.FIELD_WIDENS, Message.FIELD_WIDENS_WITH_POSTS)
_NARROWS = (Message.FIELD_NARROWS, Message.FIELD_NARROWS_WITH_POSTS)
_SHOWS_OTHERWISE = (Message.FIELD_SHOWS_OTHERWISE, Message.FIELD_SHOWS_OTHERWISE_WITH_POSTS)
