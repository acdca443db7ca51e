"""What moderators are told for their office: cases with all that belongs to them, and what they may begin with."""

from typing import Any

from tests.visibility.model_appeals import appeals
from tests.visibility.model_content import byline, pending, reactions, reviews, seen_post, told
from tests.visibility.model_reach import ANY_MEMBER, Sight, profile, state_of
from tests.visibility.moderation import STANDINGS, Case, Edit, Report
from tests.visibility.world import NOW, Comment, Post


def order_side(sight: Sight) -> dict[str, Any]:
    """``cases`` by key: those about what is the viewer's to moderate, never about themselves."""
    there = (case for case in sight.world.cases.values() if sight.works_on(case.target))
    world, viewer = sight.world, sight.viewer
    return {
        "moderates": sorted(slug for who, slug in world.appointed if who == viewer),
        "standing": where(sight, viewer) if viewer else None,
        "host_reputations": standings(sight) if sight.is_staff else None,
        "cases": {case.key: seen_case(sight, case) for case in there},
        "appeals": appeals(sight),
        "edits": {key: seen_edit(sight, edit) for key, edit in world.edits.items() if is_known(sight, edit)},
        "templates": dict(sight.world.templates) if sight.is_staff else None,
    }


def is_known(sight: Sight, edit: Edit) -> bool:
    """To who wrote it and who reviews it, who may also ask what became of it."""
    return sight.world.subject_of(edit.target) == sight.viewer or reviews(sight, edit)


def seen_edit(sight: Sight, edit: Edit) -> dict[str, Any]:
    is_listed = not edit.rejected and reviews(sight, edit) and still_stands(sight, edit)
    return {
        "minute": edit.minute,
        "is_rejected": edit.rejected is not None,
        "words": pending(sight, edit.target) if is_listed or edit.rejected else None,
        "is_listed": is_listed,
    }


def still_stands(sight: Sight, edit: Edit) -> bool:
    """Where it would change what shows now, and for moderators where its post and board are for many still."""
    said, post = sight.world.content(edit.target), sight.world.post_of(edit.target)
    if said is None or state_of(sight.world, said, post.host) not in {"PUBLISHED", "HELD"}:
        return False
    if sight.world.reviewer_of(edit.target) is not None:
        return True
    is_for_many = post.host is None or sight.world.people[post.host].board.audience in ANY_MEMBER
    return is_for_many and (said is post or post.audience in ANY_MEMBER)


def where(sight: Sight, handle: str) -> list[Any]:
    """Where a member stands, until when, and what brought them there."""
    sanction = sight.world.sanction_of(handle)
    return [sight.world.account_status_of(handle), told(sight, sanction) if sanction else None]


def standings(sight: Sight) -> dict[str, Any]:
    """Of all others, as moderators find them by deciding about them, which no block keeps them from."""
    others = (handle for handle in sight.world.people if handle != sight.viewer)
    return {handle: [*where(sight, handle), *latest_about(sight, handle)] for handle in others}


def latest_about(sight: Sight, target: str) -> list[Any]:
    """What whoever decides too late is told."""
    return [told(sight, made) for made in sight.decisions.get(target, [])[:1]]


def seen_case(sight: Sight, case: Case) -> dict[str, Any]:
    """Past blocks and audiences, but for who stands behind a block: those have no name here either."""
    closed_by = next((made for made in sight.world.decisions if made.key == case.decision), None)
    return {
        "subject": sight.world.subject_of(case.target),
        "target": on_case(sight, case.target),
        "opened": case.minute,
        "hours_ahead": case.hours_ahead,
        "version": case.version,
        "claimed": claim(sight, case),
        "closed": closed_by.minute if closed_by else None,
        "reports": [reported(sight, report) for report in sight.world.reports if report.case == case.key],
        "notes": [[named(sight, note.by), note.text, note.minute] for note in case.notes],
        "decisions": [told(sight, made) for made in sight.decisions.get(case.target, [])],
    }


def claim(sight: Sight, case: Case) -> list[Any] | None:
    """Whose it is, and until when, as whoever asks for it is told; one that has ended is none."""
    if case.claimed is None or case.decision or case.claimed[1] <= NOW:
        return None
    return [named(sight, case.claimed[0]), case.claimed[1]]


def reported(sight: Sight, report: Report) -> dict[str, Any]:
    return {
        "by": named(sight, report.by),
        # Cursors name a report by a keyed digest: that it is another's shows, and not whose.
        "digest": report.by,
        "reason": report.reason,
        "note": report.note,
        "minute": report.minute,
        "outcome": outcome(sight, report),
    }


def named(sight: Sight, handle: str) -> str | None:
    return None if handle in sight.parted else handle


def on_case(sight: Sight, target: str) -> dict[str, Any]:
    """What was reported, as it can be read on its case: of what is deleted its place."""
    said = sight.world.content(target)
    if said is None:
        person = sight.world.people[target]
        return {"name": person.name, "role": person.role, "profile": profile(sight, target)}
    if said.state == "DELETED":
        return {"state": "UNAVAILABLE", "minute": said.minute}
    post = sight.world.post_of(target)
    return {
        **words(said),
        "state": state_of(sight.world, said, post.host),
        "pending": pending(sight, target),
        "byline": byline(sight, said) if said.author not in sight.parted else [],
        # Where it stands for the viewer anyway, if only as a tombstone above what others say.
        "reactions": reactions(sight, target) if seen_post(sight, post) else [],
    }


def words(said: Post | Comment) -> dict[str, Any]:
    own = {"title": said.title, "audience": said.audience} if isinstance(said, Post) else {}
    return {**own, "body": said.body, "minute": said.minute, "edited": said.edited}


def outcome(sight: Sight, report: Report) -> str:
    """By the latest decision about the target that settles anything; that somebody was freed does not.

    What let it stand before it was reported settles nothing.
    """
    settling = (made for made in sight.decisions.get(report.target, ()) if made.action != "LIFT")
    latest = next(settling, None)
    if latest is None:
        return "PENDING"
    if latest.action == "REMOVE":
        return "ACTION_TAKEN"
    if latest.minute <= report.minute:
        return "PENDING"
    return "ACTION_TAKEN" if latest.action in STANDINGS else "NO_ACTION"
