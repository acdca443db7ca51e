"""The demo community: told once, whole even if interrupted, and held to the same rules as real members."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content.demo.people import LAOCHEN, MEMBER, MODERATOR
from content.demo.posts import POSTS
from content.demo.seeding import RESUMABLE_FOR, Seeding, seed
from content.demo.story import STORY_HOURS
from content.demo.tea_house import NOODLES, PHISHING, WALLET
from domain.audience import Audience
from domain.sources import SystemClock, SystemRandom
from domain.text import LinkRisk
from settings import Settings
from tests.actors import Actor
from web.demo import EXPOSED, FIRST_QUERY, REFUSED, first_curl, seed_and_tell

LOCAL = Settings(port=8021)


@pytest.fixture
def clock():
    """The machine's own: the database forgets keys by its own clock, and the demo has to finish before that."""
    return SystemClock()


@pytest.fixture
async def demo(desks):
    assert await told(desks) is Seeding.THERE


async def told(desks):
    return await seed(desks.accounts, desks.content.site)


async def signs_in(client, person):
    actor = Actor(client, handle=person.handle)
    given = {"login": person.handle, "password": person.password, "issueToken": True}
    actor.token = (await actor.manages("signIn", "token", **given))["token"]
    client.session.cookie_jar.clear()
    return actor


async def titles(actor):
    return [post["title"] for post in (await actor.asks("{ feed(first: 100) { nodes { title } } }"))["feed"]["nodes"]]


# ---------------------------------------------------------------- once and whole

ALL_OF_IT = """{
  boards(first: 10) { nodes { slug title postCount } }
  feed(first: 30) { nodes {
    title audience state commentCount
    author { handle displayName role profile { location gender email website { url } bio { text } } }
    byline { location bio { text } website { url } }
    body { html links { url risk } }
    comments(first: 5) { nodes { state replyCount author { handle } body { text } replies(first: 2) { nodes {
      state author { handle } body { text } } } } }
  } }
}"""


async def everything(client):
    people = [await signs_in(client, MEMBER), await signs_in(client, MODERATOR), Actor(client)]
    return [await person.asks(ALL_OF_IT) for person in people]


async def counted(stores):
    names = sorted(await stores.database.list_collection_names())
    return {name: await stores.database[name].count_documents({}) for name in names}


class TornCable(Exception):
    """Stands in for the end of the process: nothing after it is done."""


class ShortRandom(SystemRandom):
    """Gives a few ids and then no more."""

    def __init__(self, left):
        self.left = left

    def token(self, byte_count):
        if not self.left:
            raise TornCable
        self.left -= 1
        return super().token(byte_count)


async def told_with_few_ids(desks):
    """The outcome of an attempt that is cut off after four new things, or None where it was."""
    house = replace(desks.house, random=ShortRandom(4))
    try:
        return await seed(replace(desks.accounts, house=house), desks.content.site)
    except TornCable:
        return None


async def test_telling_it_twice_is_telling_it_once(demo, desks, stores):
    before = await counted(stores)

    assert await told(desks) is Seeding.THERE

    assert await counted(stores) == before
    assert (before["members"], before["credentials"], before["sessions"], before["codes"]) == (8, 2, 0, 0)
    assert (before["boards"], before["posts"], before["decisions"], before["hosts"]) == (3 + 8, 15, 2, 3)


async def test_however_often_it_is_cut_off_it_ends_as_if_it_never_was(client, desks, stores):
    await told(desks)
    expected, how_many = await everything(client), await counted(stores)
    for name in how_many:
        await stores.database[name].delete_many({})

    outcomes = [await told_with_few_ids(desks) for _ in range(20)]

    assert outcomes[-1] is Seeding.THERE
    assert outcomes.count(None) > 10
    assert await everything(client) == expected
    assert await counted(stores) == how_many


async def test_what_was_cut_off_too_long_ago_is_left_alone(desks, stores):
    house = replace(desks.house, random=ShortRandom(20))
    with pytest.raises(TornCable):
        await seed(replace(desks.accounts, house=house), desks.content.site)
    before = await counted(stores)
    later = SystemClock().now() + RESUMABLE_FOR + timedelta(seconds=1)

    class Later:
        def now(self):
            return later

    house = replace(desks.house, clock=Later())
    outcome = await seed(replace(desks.accounts, house=house), desks.content.site)

    assert outcome is Seeding.LEFT_HALF
    assert await counted(stores) == before


async def test_where_others_live_nothing_is_added(community, desks, stores):
    await community.joins("ann")
    before = await counted(stores)

    assert await told(desks) is Seeding.NOT_EMPTY

    assert await counted(stores) == before


async def test_it_happened_over_the_last_days_and_all_of_it_before_now(demo, client):
    linxi = await signs_in(client, MEMBER)
    query = "{ feed(first: 100) { nodes { createdAt comments(first: 9) { nodes { createdAt } } } } }"

    posts = (await linxi.asks(query))["feed"]["nodes"]

    now = SystemClock().now()
    written = [datetime.fromisoformat(post["createdAt"]) for post in posts]
    said = [datetime.fromisoformat(comment["createdAt"]) for post in posts for comment in post["comments"]["nodes"]]
    assert written == sorted(written, reverse=True)
    assert min(written) > now - timedelta(hours=STORY_HOURS + 1)
    assert max(written + said) < now


# ---------------------------------------------------------------- who sees what


async def test_the_street_sees_what_is_public_and_stands(demo, client):
    public = [post.title for post in POSTS if post.audience is Audience.PUBLIC and not post.removal]

    assert await titles(Actor(client)) == list(reversed(public))
    assert len(public) == 9


async def test_the_member_sees_what_members_friends_and_she_herself_wrote(demo, client):
    linxi = await signs_in(client, MEMBER)

    hidden = {post.title for post in POSTS} - set(await titles(linxi))

    assert hidden == {"雨夜的机位，先给你看", "捡到一个蓝色钱包"}


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

    assert WALLET.removal is not None
    removed = next(post for post in own if post["state"] == "REMOVED")
    decision = {"reason": "PRIVACY", "explanation": WALLET.removal.explanation, "decidedBy": None}
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


# ---------------------------------------------------------------- what is told at start


async def test_the_printed_query_shows_the_product_in_one_answer(demo, client):
    async with client.get("/graphql", params={"query": FIRST_QUERY}) as response:
        answer = await response.json()

    text = (
        "昨晚手机一响：“您的账户异常，请立即核实”，后面跟着 bank.example.com。\n"
        "修了一辈子钟，我知道越是催你快的，越要先打开看看。门牌写着银行，门后是一串数字，大家别点。"
        "这叫钓鱼，记得说给家里老人听。"
    )
    suspicious = {
        "text": "bank.example.com",
        "host": "198.51.100.7",
        "risk": "SUSPICIOUS",
        "reasons": ["EXTERNAL", "NOT_HTTPS", "TEXT_HOST_MISMATCH", "IP_ADDRESS"],
        "warning": {"title": "前往之前，请先看清这个网址"},
    }
    trusted = {"text": "钓鱼", "host": "zh.wikipedia.org", "risk": "TRUSTED", "reasons": ["EXTERNAL"], "warning": None}
    post = {
        "title": PHISHING.title,
        "author": {"handle": "laochen", "displayName": "老陈"},
        "byline": {"location": "成都", "bio": None},
        "body": {"text": text, "links": [suspicious, trusted]},
    }
    assert answer == {"data": {"feed": {"nodes": [post]}}}


async def test_the_start_tells_where_to_go_and_whom_to_sign_in_as(desks, capsys):
    await seed_and_tell(LOCAL, desks, with_demo=True)
    first = capsys.readouterr().out
    await seed_and_tell(LOCAL, desks, with_demo=True)

    assert capsys.readouterr().out == first
    for part in (first_curl("http://127.0.0.1:8021"), "http://127.0.0.1:8021/graphiql", "Ctrl-C"):
        assert part in first
    for person in (MEMBER, MODERATOR):
        assert f"{person.handle:<8}  {person.password}\n" in first


async def test_without_the_demo_the_start_tells_addresses_alone(desks, stores, capsys):
    await seed_and_tell(LOCAL, desks, with_demo=False)

    out = capsys.readouterr().out
    assert "http://127.0.0.1:8021/graphql\n" in out
    assert "password" not in out
    assert set((await counted(stores)).values()) <= {0}


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"host": "0.0.0.0"},  # noqa: S104 - what is tested
        {"host": "192.0.2.1"},
        {"public_url": "https://veranda.example"},
        {
            "env": "production",
            "mongodb_uri": "mongodb://database.example",
            "redis_url": "redis://cache.example",
            "secret_key": "s" * 40,
            "sms_webhook": "https://sms.example",
            "public_url": "https://localhost",
        },
    ],
)
async def test_known_passwords_are_not_put_where_others_can_reach_them(desks, stores, capsys, elsewhere):
    await seed_and_tell(Settings(**elsewhere), desks, with_demo=True)

    out = capsys.readouterr().out
    assert REFUSED in out
    assert EXPOSED not in out
    assert MODERATOR.password not in out
    assert set((await counted(stores)).values()) <= {0}


@pytest.mark.parametrize("with_demo", [True, False])
async def test_serving_an_earlier_demo_to_others_is_warned_of(demo, desks, capsys, with_demo):
    await seed_and_tell(Settings(host="0.0.0.0"), desks, with_demo=with_demo)  # noqa: S104 - what is tested

    out = capsys.readouterr().out
    assert EXPOSED in out
    assert MODERATOR.password not in out
