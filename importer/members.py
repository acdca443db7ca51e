"""Users of a dump become members whose profiles show to themselves alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from content.complexity import TooComplex
from content.html_sanitizer import without_forbidden
from content.links import Site, classify
from content.rendering import render_html
from domain.audience import Audience
from domain.ids import MemberId, new_member_id
from domain.members import BirthdayPrecision, MemberRecord, Profile, ProfileField, Role
from domain.rich_text import Link, RichText
from importer.batches import NAME, USER, Batch, Destination, unseen
from importer.dump import Author, UserRow
from importer.names import handles_for, rare_handle
from importer.rows import Place, Unfit
from policy.confusables import skeleton
from policy.limits import MAX_MENTIONS_IN_A_TEXT
from stores.unique_keys import TakenKey, UniqueKey

Part = TypeVar("Part")

#: Stack Exchange's own bounds: what its members could write there is kept whole, also where ours are narrower.
LONGEST_ABOUT: Final = 3_000
LONGEST_LOCATION: Final = 100

#: Chosen for them, for nobody chose to publish anything here; they may open what they like.
AUDIENCES: Final[Mapping[ProfileField, Audience]] = dict.fromkeys(ProfileField, Audience.ONLY_ME)


async def users(destination: Destination, rows: Sequence[UserRow]) -> Batch:
    """A member for each user that has none yet."""
    batch = Batch()
    fresh = await unseen(destination, USER, rows, batch)
    handles = await _free_handles(destination, [row.name for row in fresh], batch)
    for row, handle in zip(fresh, handles, strict=True):
        profile = _profile(row, destination.site, batch)
        member = _member(destination, handle, row.name, row.created_at, profile)
        claimed = TakenKey(member.id, fingerprint=row.created_at.isoformat())
        _add(batch, member, destination.key(USER, row.number), claimed)
    return batch


async def members_of(
    destination: Destination, written: Sequence[tuple[Author, datetime, Place]], batch: Batch
) -> Mapping[Author, MemberId]:
    """The member who each author is. A name without a user becomes a member, once, as old as its first row here."""
    by_number = await destination.made_of(USER, {author.number for author, _, _ in written if author.number})
    named = {author.name for author, _, _ in written if author.name and author.number not in by_number}
    by_name = dict(await destination.made_of(NAME, named))
    first_seen = {
        author.name: at for author, at, _ in reversed(written) if author.name in named and author.name not in by_name
    }
    by_name |= await _named(destination, {name: at for name, at in first_seen.items() if name}, batch)
    found: dict[Author, MemberId] = {}
    for author, _, place in written:
        holder = by_number.get(author.number or "") or by_name.get(author.name or "")
        if holder:
            found[author] = MemberId(holder)
        else:
            batch.leave_out(place, f"its author, user {author.number}, is not among the users")
    return found


async def _named(destination: Destination, first_seen: Mapping[str, datetime], batch: Batch) -> Mapping[str, str]:
    """A member for each name."""
    handles = await _free_handles(destination, list(first_seen), batch)
    made = {}
    for (name, at), handle in zip(first_seen.items(), handles, strict=True):
        member = _member(destination, handle, name, at, Profile())
        _add(batch, member, destination.key(NAME, name), TakenKey(member.id))
        made[name] = str(member.id)
    return made


async def _free_handles(destination: Destination, names: Sequence[str | None], batch: Batch) -> list[str]:
    """A handle for each name that looks like no other's, be it old or new."""
    looks = {skeleton(handle) for name in names for handle in handles_for(name)}
    taken = set(await destination.services.core.stores.unique_keys.find_many(UniqueKey.HANDLE, looks)) | set(
        batch.handles
    )
    chosen = []
    for name in names:
        free = (handle for handle in handles_for(name) if skeleton(handle) not in taken)
        handle = next(free, None) or rare_handle(name, destination.services.core.random)
        taken.add(skeleton(handle))
        chosen.append(handle)
    return chosen


def _member(
    destination: Destination, handle: str, name: str | None, created_at: datetime, profile: Profile
) -> MemberRecord:
    return MemberRecord(
        id=new_member_id(destination.services.core.random),
        handle=handle,
        display_name=name or handle,
        role=Role.MEMBER,
        profile=profile,
        audiences=AUDIENCES,
        birthday_precision=BirthdayPrecision.FULL_DATE,
        default_byline=(),
        created_at=created_at,
        accepted_statement=None,
    )


def _add(batch: Batch, member: MemberRecord, key: str, claimed: TakenKey) -> None:
    batch.members.append(member)
    batch.imports[key] = claimed
    batch.handles[skeleton(member.handle)] = TakenKey(member.id)


def _profile(row: UserRow, site: Site, batch: Batch) -> Profile:
    """What of the profile can be kept; the rest is left out and told."""

    def kept(attribute: str, written: str, read: Callable[[str, Site], Part | None]) -> Part | None:
        try:
            return read(written, site) if written.strip() else None
        except Unfit as unfit:
            batch.leave_out(row.place, f"{attribute} {unfit}", part=attribute)
            return None

    return Profile(
        bio=kept("AboutMe", row.about, _bio),
        location=kept("Location", row.location, _location),
        website=kept("WebsiteUrl", row.website, _website),
    )


def _bio(written: str, site: Site) -> RichText | None:
    try:
        bio = render_html(written, site)
    except TooComplex as too:
        raise Unfit(f"can't be rendered: {too}") from too
    if len(bio.text) > LONGEST_ABOUT:
        raise Unfit(f"has {len(bio.text)} characters, more than {LONGEST_ABOUT}")
    bio = replace(bio, mentions=bio.mentions[:MAX_MENTIONS_IN_A_TEXT])
    return bio if bio.text or bio.links else None


def _location(written: str, site: Site) -> str | None:
    location = " ".join(without_forbidden(written, site).split())
    if len(location) > LONGEST_LOCATION:
        raise Unfit(f"has {len(location)} characters, more than {LONGEST_LOCATION}")
    return location or None


def _website(written: str, site: Site) -> Link:
    typed = written.strip()
    link = classify(typed, site) if typed.casefold().startswith(("http://", "https://")) else None
    if link is None:
        raise Unfit("is no address that starts with http:// or https://")
    return link
