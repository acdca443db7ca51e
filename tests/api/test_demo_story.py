"""What the demo shows to the street, to the member and to the moderator: the same rules as for real members."""

from collections import Counter

import pytest

from demo.actions import Edited, Removed
from demo.data.lost_and_found import UMBRELLA, WALLET
from demo.data.people import LAOCHEN, MEMBER, MODERATOR
from demo.data.repair_corner import BUYING, CLICK
from demo.data.tea_house import NOODLES, PHISHING
from demo.seed_once import Seeding
from demo.startup_banner import MEMBER_QUERY
from domain.clock_and_random import SystemClock
from domain.reactions import ReactionKind
from domain.rich_text import LinkRisk
from tests.actors import Actor
from tests.telling import signs_in, told


@pytest.fixture
def clock():
    """The machine's own: the database forgets keys by its own clock, and the demo has to finish before that."""
    return SystemClock()


@pytest.fixture
async def demo(app_services):
    assert await told(app_services) is Seeding.THERE


@pytest.fixture
async def street(demo, client):
    return Actor(client)


@pytest.fixture
async def linxi(demo, client):
    return await signs_in(client, MEMBER)


@pytest.fixture
async def yanzhou(demo, client):
    return await signs_in(client, MODERATOR)


async def titles(actor):
    return [post["title"] for post in (await actor.asks("{ feed(first: 100) { nodes { title } } }"))["feed"]["nodes"]]


# ---------------------------------------------------------------- the feed and profiles

STREET = [
    "这条“银行”短信，我差点点了",
    "How to mend a cable you love",
    "片尾放链接的，看一眼 @ 前面",
    "电子管醒来的那十一秒",
    "A prize on my windscreen",
    "长年收老收音机，电子管优先",
    "四百张里，只有一张没有我的呼吸",
    "A bicycle that clicks only on Tuesdays",
    "米粉先干拌还是先加汤",
    "Wind is not the enemy, your sleeve is",
    "先找个凳子坐 · Pull up a stool",
]
FOR_MEMBERS = {"Twelve frames of a closing door", "座钟走快了，先别急着拆"}


async def test_each_sees_the_feed_of_what_is_meant_for_them_and_stands(street, linxi, yanzhou):
    of_her_own = {"周六搬家，缺两双手", "记给自己：那台收音机"}
    by_whom_she_has_blocked = {"长年收老收音机，电子管优先"}

    assert await titles(street) == STREET
    assert set(await titles(yanzhou)) == {*STREET} | FOR_MEMBERS
    assert set(await titles(linxi)) == ({*STREET} | FOR_MEMBERS | of_her_own) - by_whom_she_has_blocked


async def test_each_field_shows_to_those_whom_its_owner_chose(demo, client):
    query = """{ member(handle: "laochen") { profile {
      location gender phone email birthday { year month day } bio { text } } } }"""
    friend, member = await signs_in(client, MEMBER), await signs_in(client, MODERATOR)

    seen = [(await who.asks(query))["member"]["profile"] for who in (Actor(client), member, friend)]

    street = {"location": "成都", "gender": "MALE", "birthday": {"year": 1958, "month": None, "day": None}}
    bio = {"text": "修了四十年钟表，退休三年，表还是比人准。"}
    assert seen == [
        {**street, "phone": None, "email": None, "bio": None},
        {**street, "phone": None, "email": None, "bio": bio},
        {**street, "phone": LAOCHEN.phone, "email": None, "bio": bio},
    ]


async def test_a_removed_post_is_explained_to_its_author_alone(demo, client):
    query = """{ member(handle: "linxi") { posts(first: 100) { nodes {
      title state body { text } decision { reason explanation decidedBy { handle } } } } } }"""
    linxi, visitor = await signs_in(client, MEMBER), Actor(client)

    own = (await linxi.asks(query))["member"]["posts"]["nodes"]
    others = (await visitor.asks(query))["member"]["posts"]["nodes"]

    [removal] = WALLET.actions
    assert isinstance(removal, Removed)
    removed = next(post for post in own if post["state"] == "REMOVED")
    decision = {"reason": "PRIVACY", "explanation": removal.explanation, "decidedBy": None}
    assert removed == {"title": WALLET.title, "state": "REMOVED", "body": {"text": WALLET.body}, "decision": decision}
    assert WALLET.title not in [post["title"] for post in others]


async def test_a_removed_comment_leaves_a_tombstone_over_its_reply(demo, client):
    query = """{ feed(first: 20) { nodes { title commentCount comments(first: 9) { nodes {
      state author { handle } body { text } replies(first: 2) { nodes { author { handle } state } } } } } } }"""

    posts = (await Actor(client).asks(query))["feed"]["nodes"]

    noodles = next(post for post in posts if post["title"] == NOODLES.title)
    assert noodles["comments"]["nodes"][1] == {
        "state": "UNAVAILABLE",
        "author": None,
        "body": None,
        "replies": {"nodes": [{"author": {"handle": "阿桂"}, "state": "PUBLISHED"}]},
    }
    assert noodles["commentCount"] == 3


async def test_every_risk_of_a_link_occurs_in_the_street(demo, client):
    posts = (await Actor(client).asks("{ feed(first: 100) { nodes { body { links { host risk } } } } }"))["feed"]
    links = [link for post in posts["nodes"] for link in post["body"]["links"]]

    hosts = Counter((link["risk"], link["host"]) for link in links)

    assert {risk for risk, _ in hosts} == {risk.value for risk in LinkRisk}
    assert [host for risk, host in hosts if risk == "BLOCKED"] == ["free-prizes.example"]
    assert {host for risk, host in hosts if risk == "SUSPICIOUS"} == {"203.0.113.9", "198.51.100.7"}


async def test_those_who_are_named_can_sign_in_and_hold_their_roles(demo, client):
    query = "{ viewer { phone member { handle role } } }"

    for person in (MEMBER, MODERATOR):
        viewer = (await (await signs_in(client, person)).asks(query))["viewer"]
        assert viewer == {"phone": person.phone, "member": {"handle": person.handle, "role": person.role.value}}


# ---------------------------------------------------------------- message boards

BOARD = """query ($slug: String!) { board(slug: $slug) {
  title audience reviewFirst postCount description { text }
  posts(first: 10) { nodes { title audience author { handle } } } } }"""
ENTRY = """query ($id: ID!) { node(id: $id) { ... on Post {
  title state comments(first: 3) { nodes { author { handle } body { text } replies(first: 2) { nodes {
    author { handle } replies(first: 2) { nodes { author { handle } body { text } } } } } } } } } }"""
COUNTER = "老陈的柜台 · The clock counter"
OPEN_ENTRIES = [
    ("夜里那声“当”", "PUBLIC", "yanzhou"),
    ("The western foot", "PUBLIC", "tomas"),
    ("谢谢您教的那碗水", "PUBLIC", "linxi"),
]


async def entries(actor, slug):
    """Of a board that the actor sees: its title, its audience, how many entries are counted, and which they are."""
    board = (await actor.asks(BOARD, slug=slug))["board"]
    listed = [(post["title"], post["audience"], post["author"]["handle"]) for post in board["posts"]["nodes"]]
    return board["title"], board["audience"], board["postCount"], listed


async def id_of(stores, title):
    return (await stores.database["posts"].find_one({"title": title}))["_id"]


async def test_the_street_reads_on_the_clock_counter_what_is_meant_for_all(street, yanzhou):
    seen = (COUNTER, "PUBLIC", 3, OPEN_ENTRIES)

    assert await entries(street, "@laochen") == seen
    assert await entries(yanzhou, "@laochen") == seen


async def test_the_member_also_finds_what_a_friend_left_there_for_friends(linxi):
    for_friends = ("Three days in May", "FRIENDS", "mara")

    assert await entries(linxi, "@laochen") == (COUNTER, "PUBLIC", 4, [for_friends, *OPEN_ENTRIES])


async def test_the_owner_of_the_counter_answers_under_an_entry(street, stores):
    [said] = (await street.asks(ENTRY, id=await id_of(stores, "谢谢您教的那碗水")))["node"]["comments"]["nodes"]

    assert (said["author"], said["body"]) == (
        {"handle": "laochen"},
        {"text": "人走得快不是毛病，别走丢就行。那碗水别倒，浇桂树。"},
    )
    [back] = said["replies"]["nodes"]
    assert back["author"] == {"handle": "linxi"}
    assert back["replies"]["nodes"] == [{"author": {"handle": "laochen"}, "body": {"text": "它也在等站平。"}}]


async def test_what_the_owner_hid_only_its_author_still_reads_and_the_moderator(street, linxi, yanzhou, stores):
    hidden = await id_of(stores, "嘘，周日的事")

    seen = [(await who.asks(ENTRY, id=hidden))["node"] for who in (street, linxi, yanzhou)]

    held = {"title": "嘘，周日的事", "state": "HELD", "comments": {"nodes": []}}
    assert seen == [None, held, held]


async def test_the_members_own_board_is_closed_to_the_street_and_shows_what_she_approved(street, linxi, yanzhou):
    seen = ("桂树下的信箱 · Under the osmanthus", "MEMBERS", 1, [("袜子够不够", "MEMBERS", "laochen")])

    assert (await street.asks(BOARD, slug="@linxi"))["board"] is None
    assert await entries(linxi, "@linxi") == seen
    assert await entries(yanzhou, "@linxi") == seen


async def test_two_entries_wait_for_the_member_until_she_approves_them(linxi, yanzhou):
    waiting = (await linxi.asks(MEMBER_QUERY))["viewer"]["boardEntriesToReview"]["nodes"]

    assert [(post["title"], post["author"]["displayName"]) for post in waiting] == [
        ("想借外婆一句话", "阿桂"),
        ("May I borrow your hum?", "Priya"),
    ]
    for post in waiting:
        await linxi.manages("approveContent", targetId=post["id"])
    assert (await linxi.asks(MEMBER_QUERY))["viewer"]["boardEntriesToReview"]["nodes"] == []
    assert (await entries(yanzhou, "@linxi"))[2] == 3


async def test_the_moderator_finds_what_was_handed_over_though_it_was_meant_for_one(street, linxi, yanzhou, stores):
    query = """{ viewer { boardEntriesToReview(first: 5) { nodes {
      title audience state author { handle } board { slug } } } } }"""

    waiting = (await yanzhou.asks(query))["viewer"]["boardEntriesToReview"]["nodes"]

    address = {"title": "问个地址", "audience": "ONLY_ME", "state": "PUBLISHED"}
    assert waiting == [{**address, "author": {"handle": "dapeng"}, "board": {"slug": "@laochen"}}]
    handed_over = await id_of(stores, "问个地址")
    assert [(await who.asks(ENTRY, id=handed_over))["node"] for who in (street, linxi)] == [None, None]


async def test_an_edit_waits_for_the_moderator_until_he_approves_it(street, linxi, yanzhou):
    query = "{ viewer { editsToReview(first: 5) { nodes { title writtenAt post { id title } } } } }"
    [edited] = CLICK.actions
    assert isinstance(edited, Edited)

    [edit] = (await yanzhou.asks(query))["viewer"]["editsToReview"]["nodes"]

    assert (edit["title"], edit["post"]["title"]) == (edited.title, CLICK.title)
    assert (await linxi.asks(query))["viewer"]["editsToReview"]["nodes"] == []
    assert CLICK.title in await titles(street)
    await yanzhou.manages("approveContent", targetId=edit["post"]["id"], writtenAt=edit["writtenAt"])
    assert (await yanzhou.asks(query))["viewer"]["editsToReview"]["nodes"] == []
    assert edited.title in await titles(street)


# ---------------------------------------------------------------- threads, tombstones, edits

VALVES = """{ member(handle: "linxi") { posts(first: 1) { nodes {
  title editedAt commentCount reactions { kind count viewerReacted }
  revisions(first: 5) { nodes { title body { text } } }
  comments(first: 5) { nodes { state author { handle } replies(first: 5) { nodes {
    author { handle } body { text } } } } } } } } }"""


async def valves(actor):
    return (await actor.asks(VALVES))["member"]["posts"]["nodes"][0]


async def test_a_talk_goes_five_deep(street):
    deep = "author { handle } depth"
    for _ in range(4):
        deep = f"author {{ handle }} depth replies(first: 1) {{ nodes {{ {deep} }} }}"
    query = """{ member(handle: "linxi") { posts(first: 1) { nodes { comments(first: 1) { nodes { DEEP } } } } } }"""

    [comment] = (await street.asks(query.replace("DEEP", deep)))["member"]["posts"]["nodes"][0]["comments"]["nodes"]

    talk = [(comment["author"]["handle"], comment["depth"])]
    while comment.get("replies"):
        [comment] = comment["replies"]["nodes"]
        talk.append((comment["author"]["handle"], comment["depth"]))
    assert talk == [("mara", 0), ("linxi", 1), ("priya", 2), ("mara", 3), ("linxi", 4)]


async def test_a_deleted_comment_leaves_its_answer_standing(street):
    deleted = (await valves(street))["comments"]["nodes"][2]

    answer = {"author": {"handle": "linxi"}, "body": {"text": "掐着表数了，你对，十一秒。已经改了。"}}
    assert deleted == {"state": "UNAVAILABLE", "author": None, "replies": {"nodes": [answer]}}


async def test_a_deleted_post_stands_without_words_above_what_others_said(street, stores):
    deleted = await stores.database["posts"].find_one({"state": "DELETED"})

    post = (await street.asks(ENTRY, id=deleted["_id"]))["node"]

    assert (post["title"], post["state"]) == (None, "UNAVAILABLE")
    assert [(said["author"]["handle"], said["body"]["text"]) for said in post["comments"]["nodes"]] == [
        (said.by, said.body) for said in UMBRELLA.comments
    ]
    assert [reply["author"]["handle"] for reply in post["comments"]["nodes"][0]["replies"]["nodes"]] == ["linxi"]


async def test_what_was_said_before_the_edit_only_its_author_reads(street, linxi, yanzhou):
    before = "老收音机打开后的前三秒没有声音，要等灯丝慢慢亮起来。想整段放在片头，又怕太长。你们会剪吗？"

    seen = [await valves(who) for who in (linxi, street, yanzhou)]

    assert {post["title"] for post in seen} == {"电子管醒来的那十一秒"}
    assert all(post["editedAt"] for post in seen)
    assert [post["revisions"] for post in seen] == [
        {"nodes": [{"title": "电子管醒来的那三秒", "body": {"text": before}}]},
        None,
        None,
    ]


# ---------------------------------------------------------------- reactions, blocks, reports


async def test_reactions_of_all_kinds_are_counted_on_posts_and_comments(linxi):
    query = """{ feed(first: 30) { nodes { title reactions { kind count viewerReacted }
      comments(first: 3) { nodes { reactions { kind count viewerReacted } } } } } }"""

    posts = {post["title"]: post for post in (await linxi.asks(query))["feed"]["nodes"]}

    assert posts[PHISHING.title]["reactions"] == [
        {"kind": "LIKE", "count": 1, "viewerReacted": False},
        {"kind": "THANKS", "count": 3, "viewerReacted": True},
    ]
    assert posts[NOODLES.title]["comments"]["nodes"][0]["reactions"] == [
        {"kind": "LIKE", "count": 2, "viewerReacted": False},
        {"kind": "LAUGH", "count": 1, "viewerReacted": False},
    ]
    assert {reaction["kind"] for post in posts.values() for reaction in post["reactions"]} == {
        kind.value for kind in ReactionKind
    }


async def test_whom_the_member_has_blocked_is_absent_to_her_alone(street, linxi, yanzhou):
    query = """{ viewer { blocks(first: 5) { nodes { handle } } } member(handle: "dapeng") { handle } }"""

    seen = [await who.asks(query) for who in (street, linxi, yanzhou)]

    dapeng = {"handle": "dapeng"}
    assert seen == [
        {"viewer": None, "member": dapeng},
        {"viewer": {"blocks": {"nodes": [dapeng]}}, "member": None},
        {"viewer": {"blocks": {"nodes": []}}, "member": dapeng},
    ]


async def test_under_her_own_post_the_block_takes_off_his_words_his_count_and_his_reaction(street, linxi):
    answer = {"author": {"handle": "laochen"}, "body": {"text": "片子是给人看的，不是橱窗。"}}

    to_all, to_her = await valves(street), await valves(linxi)

    assert to_all["comments"]["nodes"][1] == {
        "state": "PUBLISHED",
        "author": {"handle": "dapeng"},
        "replies": {"nodes": [answer]},
    }
    assert to_her["comments"]["nodes"][1] == {"state": "UNAVAILABLE", "author": None, "replies": {"nodes": [answer]}}
    assert (to_all["commentCount"], to_her["commentCount"]) == (8, 7)
    assert [post["reactions"][0] for post in (to_all, to_her)] == [
        {"kind": "LIKE", "count": 2, "viewerReacted": False},
        {"kind": "LIKE", "count": 1, "viewerReacted": False},
    ]


async def test_his_own_post_stands_without_words_above_what_others_said_to_him(linxi, stores):
    post = (await linxi.asks(ENTRY, id=await id_of(stores, BUYING.title)))["node"]

    assert (post["title"], post["state"]) == (None, "UNAVAILABLE")
    assert [said["author"]["handle"] for said in post["comments"]["nodes"]] == ["laochen", "tomas"]


async def test_of_the_members_two_reports_one_has_an_outcome(linxi, yanzhou):
    query = "{ viewer { reports(first: 5) { nodes { reporter { handle } reason note outcome } } } }"

    made = (await linxi.asks(query))["viewer"]["reports"]["nodes"]

    by_her = {"reporter": {"handle": "linxi"}}
    assert made == [
        {**by_her, "reason": "SPAM", "note": "连着三天，一天一遍，都是同一段话。", "outcome": "PENDING"},
        {**by_her, "reason": "ABUSE", "note": "争米粉可以，不让人讲话不行。", "outcome": "ACTION_TAKEN"},
    ]
    assert (await yanzhou.asks(query))["viewer"]["reports"]["nodes"] == []
