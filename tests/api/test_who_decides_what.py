"""Who decides what: every action about everything in every state, by everyone; what is refused changes nothing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from accounts.services import AccountServices
from content.links import Site
from content.services import ContentServices
from domain.moderation import ModerationAction
from resolvers.context import AppServices
from settings import Settings
from stores.services import Services
from tests.actors import Community
from tests.clock_and_random import KeptSms, SeededRandom, SteppingClock
from tests.dumps import Changes, Dump, changes, dump, put_back
from tests.moderation_tables import content, members
from tests.moderation_tables.legend import ACTIONS, AS_IT_WAS, BY_OWNER, DONE, REFUSED, ROLES, Cell, cells
from tests.moderation_tables.stage import COMMENTS, POSTS, Stage, case_about, set_the_stage
from web.application import build_application

SITE = "https://veranda.example"
STANDINGS = ("ACTIVE", "WARNED", "MUTED", "VERIFICATION_REQUIRED", "SUSPENDED", "BANNED")
CONTENTS = [("post", state) for state in POSTS] + [("comment", state) for state in COMMENTS]
RECORD = ("decisions", "audit", "outbox")
#: Where an owner who approves waits for a block in the same moment; it says nothing of what came of it.
TURNS = "ties"


@pytest.fixture(scope="module")
async def stage(opened_stores, passwords, tmp_path_factory) -> AsyncIterator[Stage]:
    """Set once for all cells, each of which leaves it as it was."""
    services, sms = Services(opened_stores, SteppingClock(), SeededRandom()), KeptSms()
    app_services = AppServices(
        services, AccountServices(services, passwords, sms), ContentServices(services, Site.at(SITE))
    )
    settings = Settings(data_dir=tmp_path_factory.mktemp("stage"), public_url=SITE)
    async with TestClient(TestServer(build_application(settings, app_services))) as client:
        yield await set_the_stage(Community(client, app_services, sms), opened_stores)
    for name in await opened_stores.database.list_collection_names():
        await opened_stores.database[name].delete_many({})
    await opened_stores.redis.flushdb()


async def test_the_tables_leave_no_action_and_no_state_out():
    """REOPEN is nobody's to decide: it is how taking back is recorded."""
    assert set(ACTIONS) == {action.value for action in ModerationAction} - {"REOPEN"}
    for table, states in (
        (content.POST_ON_A_CASE, POSTS),
        (content.COMMENT_ON_A_CASE, COMMENTS),
        (members.ON_A_CASE, STANDINGS),
        (members.DIRECTLY, STANDINGS),
    ):
        assert len(cells(table)) == len(ACTIONS) * len(states) * len(ROLES)


@pytest.mark.parametrize(("kind", "state"), CONTENTS)
async def test_on_a_case_about_content_comes_what_the_table_says(stage, kind, state):
    table = {"post": content.POST_ON_A_CASE, "comment": content.COMMENT_ON_A_CASE}[kind]

    async def act(cell):
        return await stage.on_a_case(cell.role, target_of(stage, kind, cell), cell.action)

    def expected(cell, before, after):
        target, subject = target_of(stage, kind, cell), stage.actors[ROLES[cell.role].subject]
        return {
            **becomes(stage, kind, cell, before),
            **brought_to(before, after, subject.id, cell.action),
            **(gone_on(target) if cell.action in members.LEAVES_CASE_OPEN else closed(after, target)),
        }

    await check(stage, of_state(table, state), act, expected)


@pytest.mark.parametrize(("kind", "state"), CONTENTS)
async def test_without_a_case_comes_about_content_what_the_table_says(stage, kind, state):
    table = {"post": content.POST_DIRECTLY, "comment": content.COMMENT_DIRECTLY}[kind]

    async def act(cell):
        mutation = f"{cell.action.lower()}Content"
        return await stage.directly(cell.role, target_of(stage, kind, cell), mutation)

    def expected(cell, before, after):
        is_by_owner = cell.role == "board owner"
        case = {} if is_by_owner else closed(after, target_of(stage, kind, cell))
        return {**becomes(stage, kind, cell, before), **case}

    await check(stage, of_state(table, state), act, expected)


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("way", ["on a case", "directly"])
async def test_about_members_comes_what_the_table_says(stage, way, standing):
    table = {"on a case": members.ON_A_CASE, "directly": members.DIRECTLY}[way]
    letters, whole = of_state(table, standing), await dump(stage.stores)

    async def act(cell):
        acts = {"on a case": stage.on_a_case, "directly": stage.sanctions}[way]
        return await acts(cell.role, stage.actors[ROLES[cell.role].subject].id, cell.action)

    def expected(cell, before, after):
        subject = stage.actors[ROLES[cell.role].subject].id
        if cell.action not in members.LEAVES_CASE_OPEN:
            case = closed(after, subject)
        else:
            case = gone_on(subject) if way == "on a case" else {}
        return {**brought_to(before, after, subject, cell.action), **case}

    # One at a time: whoever acts about others stands in no sanction themselves.
    for subject in sorted({role.subject for role in ROLES.values()}):
        await stage.stands(stage.actors[subject], standing)
        about = {cell: letter for cell, letter in letters.items() if ROLES[cell.role].subject == subject}
        await check(stage, about, act, expected)
        await put_back(stage.stores, whole, await dump(stage.stores))


async def check(stage, letters, act, expected) -> None:
    """Try each cell and compare what comes of it; in the end everything is as it was."""
    before = await dump(stage.stores)
    refused = {cell: letter for cell, letter in letters.items() if letter not in {DONE, BY_OWNER}}
    codes = {cell: await act(cell) for cell in refused}
    assert codes == {cell: [] if letter == AS_IT_WAS else [REFUSED[letter]] for cell, letter in refused.items()}
    assert await dump(stage.stores) == before, "what was refused changed something"
    for cell in letters.keys() - refused.keys():
        codes[cell] = await act(cell)
        after = await dump(stage.stores)
        assert (cell, codes[cell], changed(before, after)) == (cell, [], expected(cell, before, after))
        assert recorded(before, after) == record_of(stage, cell, letters[cell])
        await put_back(stage.stores, before, after)


def of_state(table, state) -> dict[Cell, str]:
    return {cell: letter for cell, letter in cells(table).items() if cell.state == state}


def target_of(stage, kind, cell) -> str:
    return stage.contents[kind, cell.state, ROLES[cell.role].subject]


def becomes(stage, kind, cell, before: Dump) -> Changes:
    """What the action makes of the post or comment, and of how many comments its post has."""
    table = content.BECOMES_BY_OWNER if cell.role == "board owner" else content.BECOMES
    made = table.get((cell.action, cell.state), {})
    whole: Changes = {(f"{kind}s", target_of(stage, kind, cell)): made} if made else {}
    counted = content.COUNTED.get((cell.action, cell.state), 0) if kind == "comment" else 0
    if counted:
        thread = ("posts", stage.thread.id)
        whole[thread] = {"comments": {"PUBLIC": before[thread]["comments"]["PUBLIC"] + counted}}
    return whole


def brought_to(before: Dump, after: Dump, subject: str, action: str) -> Changes:
    """What the action makes of where its subject stands."""
    if action not in members.BRINGS_TO:
        return {}
    standing = members.BRINGS_TO[action]
    if standing is None:
        return {("members", subject): {"sanction": None}}
    decision = made_in(after)
    sanction = {"standing": standing, "decision": decision["_id"], "until": decision["expiresAt"]}
    held = before["members", subject].get("sanction")
    # None of those that held before has an end: they hold again after what does.
    over = {"over": held} if held and sanction["until"] else {}
    return {("members", subject): {"sanction": sanction | over}}


def closed(after: Dump, target: str) -> Changes:
    """The case about ``target`` as the decision leaves it."""
    decision = made_in(after)
    fields = {"state": "DECIDED", "decidedAt": decision["decidedAt"], "decision": decision["_id"], "version": 2}
    return {("cases", case_about(target)): fields}


def gone_on(target: str) -> Changes:
    """The case about ``target``, which still waits: whoever has read it has to read it again."""
    return {("cases", case_about(target)): {"version": 2}}


def made_in(after: Dump) -> dict[str, Any]:
    """The only decision."""
    [decision] = [row for (name, _), row in after.items() if name == "decisions"]
    return decision


def changed(before: Dump, after: Dump) -> Changes:
    """What differs of all but the record."""
    return {each: fields for each, fields in changes(before, after).items() if each[0] not in {*RECORD, TURNS}}


def recorded(before: Dump, after: Dump) -> dict[str, Any]:
    """Of each part of the record what is new: what was done, to whom, by whom."""
    new = [(name, after[name, key]) for name, key in sorted(after.keys() - before.keys(), key=str)]
    named = {"decisions": ("action", "subject", "decidedBy"), "audit": ("kind", "subject", "actor")}
    return {
        part: [[row[field] for field in named.get(part, ("kind", "subject"))] for name, row in new if name == part]
        for part in RECORD
    }


def record_of(stage, cell, letter) -> dict[str, Any]:
    """What goes on record: of what owners do on their own boards nothing."""
    if letter == BY_OWNER:
        return {part: [] for part in RECORD}
    actor, subject = (stage.actors[name].id for name in ROLES[cell.role])
    kind = f"content.{cell.action}"
    return {
        "decisions": [[cell.action, subject, actor]],
        "audit": [[kind, subject, actor]],
        "outbox": [[kind, subject]],
    }
