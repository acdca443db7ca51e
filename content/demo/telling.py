"""Tells the demo's story: sets the stage, lets everyone speak, and closes what is closed by the end of it.

Each step finds out by itself whether it was done before: boards by their slug, members by the claim on their phone (see
settling.py), texts and deeds as speaking.py says. Settings, verdicts and blocks are as good twice as once.
"""

from dataclasses import replace
from datetime import datetime

from accounts.blocking import block
from accounts.desk import Desk
from content.boards import BoardChanges, NewBoard, create_board, update_board
from content.demo.people import BLOCKS, MODERATOR
from content.demo.places import BOARDS, MESSAGE_BOARDS, VERDICTS
from content.demo.posts import POSTS
from content.demo.settling import settle
from content.demo.speaking import Stage, StoryClock
from content.demo.story import STORY_HOURS, MessageBoard, Verdict
from content.desk import ContentDesk, signed_in
from content.host_lists import HostJudgement, HostName, judge, standings
from content.links import Site
from domain.hosts import HostScope
from domain.ids import BoardId, message_board_of
from domain.viewer import ANONYMOUS


async def tell(accounts: Desk, site: Site, begun: datetime) -> None:
    """The whole story, which ends at ``begun``; what its people do carries the story's times."""
    clock = StoryClock(begun, begun)
    clock.turn(hours_ago=STORY_HOURS + 1)
    house = replace(accounts.house, clock=clock)
    content = ContentDesk(house, site)
    stage = Stage(clock, content, await settle(replace(accounts, house=house), content))
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
    house = stage.content.house
    for judged in VERDICTS:
        stage.clock.turn(hours_ago=judged.hours_ago)
        await _judge(stage, judged)
    for parted in BLOCKS:
        stage.clock.turn(hours_ago=parted.hours_ago)
        await block(house, stage.people[parted.by], signed_in(stage.people[parted.other]))


async def _judge(stage: Stage, judged: Verdict) -> None:
    """Once, for each time goes on the record."""
    if (await standings(stage.content, [judged.host]))[judged.host].verdict is not judged.verdict:
        moderator = signed_in(stage.people[MODERATOR.handle])
        name = HostName(judged.host, HostScope.HOST)
        await judge(stage.content, moderator, HostJudgement(name, judged.verdict, judged.reason))


async def _board(stage: Stage, board: NewBoard) -> BoardId:
    there = await stage.content.house.stores.boards.seen_by_slug(ANONYMOUS, board.slug)
    return there.id if there else await create_board(stage.content, stage.people[MODERATOR.handle], board)


async def _set_up(stage: Stage, own: MessageBoard) -> BoardId:
    owner = stage.people[own.of]
    board = message_board_of(signed_in(owner))
    changes = BoardChanges(own.title, own.description, own.audience, review_first=own.review_first)
    await update_board(stage.content, owner, board, changes)
    return board
