"""Cases, as moderators work on them: their targets are read past blocks and audiences, all else as everywhere."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases import Case, CaseNote, CaseState, ReportedHost
from domain.content import CommentView, PostView
from domain.ids import CaseId, CommentId, Kind, MemberId, PostId, kind_of
from domain.members import MemberView
from domain.moderation import Decision, ModerationAction, Report
from domain.paging import Page, Slice
from moderation.decision_request import moderator_of
from moderation.effects import EFFECTS, Aim
from policy.host_names import readable
from policy.permissions import NEEDED_FOR, Privilege, has
from resolvers.context import Context

Target = PostView | CommentView | MemberView | ReportedHost


async def by_id(context: Context, ids: Sequence[CaseId]) -> Sequence[Case | None]:
    found = await context.stores.cases.seen_by(context.viewer, ids)
    return [found.get(case_id) for case_id in ids]


async def listed(context: Context, state: CaseState | None, page: Page) -> Slice[Case]:
    """Refused before anything is read, so that the answer tells others nothing."""
    with context.refusals_as_faults():
        moderator_of(context.viewer, Privilege.WORK_ON_CASES)
    return await context.stores.queue.listed(context.viewer, state, context.services.core.now(), page)


async def targets(context: Context, cases: Sequence[Case]) -> Sequence[Target]:
    """What each case is about: as the moderator sees it anyway, or else as it can be read on its case alone."""
    wanted = [case.target_id for case in cases]
    views: tuple[PostView | CommentView | MemberView, ...] = (
        *await _posts(context, [PostId(each) for each in wanted if kind_of(each) is Kind.POST]),
        *await _comments(context, [CommentId(each) for each in wanted if kind_of(each) is Kind.COMMENT]),
        *await _members(context, [MemberId(each) for each in wanted if kind_of(each) is Kind.MEMBER]),
    )
    found: dict[str, Target] = {**{view.id: view for view in views}, **await _hosts(context, cases)}
    return [found[target] for target in wanted]


async def reports(context: Context, cases: Sequence[Case], page: Page) -> Sequence[Slice[Report]]:
    return await context.stores.reports.on_cases(context.viewer, cases, page)


async def decisions(context: Context, cases: Sequence[Case]) -> Sequence[Sequence[Decision]]:
    found = await context.stores.decisions.on_cases(context.viewer, [case.target_id for case in cases])
    return [found[case.target_id] for case in cases]


async def notes(context: Context, cases: Sequence[Case], page: Page) -> Sequence[Slice[CaseNote]]:
    return await context.stores.case_notes.on_cases(context.viewer, cases, page)


async def note_authors(context: Context, notes: Sequence[CaseNote]) -> Sequence[MemberView | None]:
    return await context.members([note.author_id for note in notes])


async def claimants(context: Context, cases: Sequence[Case]) -> Sequence[MemberView | None]:
    """Whose each case is now."""
    now = context.services.core.now()
    by = [case.claim.by if case.claim and now < case.claim.until else None for case in cases]
    found = await context.members([member for member in by if member])
    remaining = iter(found)
    return [next(remaining) if member else None for member in by]


def state(context: Context, case: Case) -> CaseState:
    return case.state_at(context.services.core.now())


def priority(context: Context, case: Case) -> float:
    return case.priority_at(context.services.core.now())


def actions_available(context: Context, case: Case) -> Sequence[ModerationAction]:
    """What a decision about the case may be; whether it still stands where that is possible shows when it is made."""
    if case.is_decided:
        return []
    if case.ascii_host:
        return [ModerationAction.DISMISS]
    kind = kind_of(case.target_id)
    aims = {Aim.CASE, Aim.MEMBER} | ({Aim.CONTENT} if kind is not Kind.MEMBER else set())
    aims |= {Aim.POST} if kind is Kind.POST else set()
    return [
        action
        for action, effect in EFFECTS.items()
        if effect.aim in aims
        and action is not ModerationAction.APPROVE
        and has(context.viewer, NEEDED_FOR[action], case.board_id)
    ]


async def _posts(context: Context, ids: Sequence[PostId]) -> Sequence[PostView]:
    shown = {post.id: post for post in await context.posts(ids) if post}
    hidden = [post_id for post_id in ids if post_id not in shown or shown[post_id].author_id is None]
    on_cases = await context.stores.posts.on_cases(context.viewer, hidden) if hidden else {}
    # Below a tombstone there stays what shows there everywhere.
    below = {
        post_id: replace(post, is_open=True, comments_in_reach=shown[post_id].comments_in_reach)
        for post_id, post in on_cases.items()
        if post_id in shown
    }
    return list({**shown, **on_cases, **below}.values())


async def _comments(context: Context, ids: Sequence[CommentId]) -> Sequence[CommentView]:
    shown = {comment.id: comment for comment in await context.comments(ids) if comment}
    hidden = [comment_id for comment_id in ids if comment_id not in shown or shown[comment_id].author_id is None]
    on_cases = await context.stores.comments.on_cases(context.viewer, hidden) if hidden else {}
    below = {
        comment_id: replace(comment, is_open=True, replies_in_reach=shown[comment_id].replies_in_reach)
        for comment_id, comment in on_cases.items()
        if comment_id in shown
    }
    return list({**shown, **on_cases, **below}.values())


async def _hosts(context: Context, cases: Sequence[Case]) -> dict[str, Target]:
    """Hosts by what their cases are filed under."""
    named = {case.target_id: case.ascii_host for case in cases if case.ascii_host}
    known = (
        dict(zip(named.values(), await context.host_reputations(list(named.values())), strict=True)) if named else {}
    )
    verdicts = {host: reputation.verdict for host, reputation in known.items() if reputation}
    return {target: ReportedHost(readable(host), host, verdicts.get(host)) for target, host in named.items()}


async def _members(context: Context, ids: Sequence[MemberId]) -> Sequence[MemberView]:
    """With what they show to any member like the moderator; what they hide stays hidden here too."""
    found = await context.stores.members.seen_by(context.viewer.ignoring_blocks(), ids) if ids else {}
    return list(found.values())
