"""Tells the demo's story: sets the stage, lets everyone speak, and closes what is closed by the end of it.

Each step finds out by itself whether it was done before: boards by their slug, members by the claim on their phone (see
settling.py), texts and actions as speaking.py says. Settings, verdicts and blocks are as good twice as once.
"""

from dataclasses import replace
from datetime import datetime

from accounts.blocks import block
from accounts.capability_check import require_signed_in
from accounts.services import AccountServices
from content.boards import BoardChanges, NewBoard, create_board, update_board
from content.host_lists import HostName, HostVerdictDecision, host_reputations, judge
from content.links import Site
from content.services import ContentServices
from demo.data.people import BLOCKS, MODERATOR
from demo.data.places import BOARDS, MESSAGE_BOARDS, VERDICTS
from demo.data.posts import POSTS
from demo.members import settle
from demo.model import STORY_HOURS, MessageBoard, Verdict
from demo.publish import Stage, StoryClock
from domain.hosts import HostScope
from domain.ids import BoardId, message_board_of
from domain.viewer import ANONYMOUS


async def tell(accounts: AccountServices, site: Site, begun: datetime) -> None:
    """The whole story, which ends at ``begun``; what its people do carries the story's times."""
    clock = StoryClock(begun, begun)
    clock.turn(hours_ago=STORY_HOURS + 1)
    services = replace(accounts.core, clock=clock)
    content = ContentServices(services, site)
    stage = Stage(clock, content, await settle(replace(accounts, core=services), content))
    await _open_boards(stage)
    for post in POSTS:
        await stage.publish(post, f"demo/{post.title}")
    await _judge_and_block(stage)


async def _open_boards(stage: Stage) -> None:
    for number, board in enumerate(BOARDS):
        stage.clock.turn(hours_ago=STORY_HOURS + 1, minutes_later=number)
        stage.boards[board.slug] = await _board(stage, board)
    for own in MESSAGE_BOARDS:
        stage.boards[own.slug] = await _set_up(stage, own)


async def _judge_and_block(stage: Stage) -> None:
    """Last, for nothing is written to a blocked host or between people one of whom has blocked the other."""
    services = stage.content.core
    for judged in VERDICTS:
        stage.clock.turn(hours_ago=judged.hours_ago)
        await _judge(stage, judged)
    for parted in BLOCKS:
        stage.clock.turn(hours_ago=parted.hours_ago)
        await block(services, stage.people[parted.by], require_signed_in(stage.people[parted.other]))


async def _judge(stage: Stage, judged: Verdict) -> None:
    """Once, for each time goes on the record."""
    if (await host_reputations(stage.content, [judged.host]))[judged.host].verdict is not judged.verdict:
        moderator = require_signed_in(stage.people[MODERATOR.handle])
        name = HostName(judged.host, HostScope.HOST)
        await judge(stage.content, moderator, HostVerdictDecision(name, judged.verdict, judged.reason))


async def _board(stage: Stage, board: NewBoard) -> BoardId:
    there = await stage.content.core.stores.boards.seen_by_slug(ANONYMOUS, board.slug)
    return there.id if there else await create_board(stage.content, stage.people[MODERATOR.handle], board)


async def _set_up(stage: Stage, own: MessageBoard) -> BoardId:
    owner = stage.people[own.of]
    board = message_board_of(require_signed_in(owner))
    changes = BoardChanges(own.title, own.description, own.audience, review_first=own.review_first)
    await update_board(stage.content, owner, board, changes)
    return board
