"""The demo community: told once, whole even if interrupted, and held to the same rules as real members."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from demo.data.people import MEMBER, MODERATOR
from demo.data.tea_house import PHISHING
from demo.model import STORY_HOURS
from demo.seed_once import FINISHED, RESUMABLE_FOR, Seeding, seed
from demo.startup_banner import EXPOSED, FIRST_QUERY, MEMBER_QUERY, REFUSED, first_curl, seed_and_announce
from domain.clock_and_random import SystemClock, SystemRandom
from settings import Settings
from stores.transactions import Transactions
from tests.actors import Actor
from tests.telling import signs_in, told

LOCAL = Settings(port=8021)


@pytest.fixture
def clock():
    """The machine's own: the database forgets keys by its own clock, and the demo has to finish before that."""
    return SystemClock()


@pytest.fixture
async def demo(app_services):
    assert await told(app_services) is Seeding.THERE


# ---------------------------------------------------------------- once and whole

REACTIONS = "reactions { kind count viewerReacted }"
ALL_OF_IT = (
    """{
  boards(first: 10) { nodes { slug title postCount } }
  feed(first: 30) { nodes {
    title audience state commentCount
    author { handle displayName role profile { location gender email website { url } bio { text } } }
    byline { location bio { text } website { url } }
    body { html links { url risk } }
    comments(first: 5) { nodes { state replyCount author { handle } body { text } replies(first: 2) { nodes {
      state author { handle } body { text } } } } }
  } }
}""",
    f"{{ feed(first: 30) {{ nodes {{ {REACTIONS} comments(first: 5) {{ nodes {{ {REACTIONS} }} }} }} }} }}",
    f"""{{ member(handle: "laochen") {{ messageBoard {{
  title description {{ text }} postCount posts(first: 9) {{ nodes {{
    title audience state {REACTIONS} comments(first: 5) {{ nodes {{ body {{ text }} {REACTIONS} }} }}
  }} }} }} }} }}""",
    """{ viewer {
  blocks(first: 5) { nodes { handle } }
  reports(first: 5) { nodes { reason note outcome } }
  decisions(first: 5) { nodes { action reason explanation } }
  boardEntriesToReview(first: 5) { nodes { title state audience } }
  member { posts(first: 20) { nodes { title state editedAt revisions(first: 5) { nodes { title body { text } } } } } }
} }""",
)


async def everything(client):
    people = [await signs_in(client, MEMBER), await signs_in(client, MODERATOR), Actor(client)]
    return [await person.asks(query) for person in people for query in ALL_OF_IT]


async def counted(stores):
    # Which members share a document of numbers their ids decide.
    names = sorted({*await stores.database.list_collection_names()} - {"reaction_numbers"})
    return {name: await stores.database[name].count_documents({}) for name in names}


def desks_of(app_services, moment):
    """Desks in a house in which it is always ``moment``."""
    services = replace(app_services.core, clock=Stopped(moment))
    return replace(app_services, core=services, accounts=replace(app_services.accounts, core=services))


class Stopped:
    """A clock that stands."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment


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


class ShortTransactions(Transactions):
    """Runs some changes and then no more: of what comes after the last one, nothing is done."""

    def __init__(self, whole, left):
        self.whole = whole
        self.left = left

    async def run(self, change):
        if not self.left:
            raise TornCable
        self.left -= 1
        return await self.whole.run(change)


def with_few_ids(services, _attempt):
    return replace(services, random=ShortRandom(6))


def with_few_changes(services, attempt):
    """An attempt also makes again what is as good twice as once, so each needs more than the one before."""
    transactions = ShortTransactions(services.stores.transactions, 4 * attempt)
    return replace(services, stores=replace(services.stores, transactions=transactions))


async def told_in_a_torn(services, app_services):
    """The outcome of an attempt in a house that ends before it is done, or None where that was so."""
    try:
        return await seed(replace(app_services.accounts, core=services), app_services.content.site)
    except TornCable:
        return None


async def test_telling_it_twice_is_telling_it_once(demo, app_services, stores):
    before = await counted(stores)

    assert await told(app_services) is Seeding.THERE

    assert await counted(stores) == before
    assert (before["members"], before["credentials"], before["sessions"], before["codes"]) == (9, 2, 0, 0)
    assert (before["boards"], before["posts"], before["decisions"], before["hosts"]) == (3 + 9, 27, 2, 3)
    assert (before["comments"], before["reactions"], before["reports"], before["revisions"]) == (49, 47, 3, 1)


async def test_told_again_from_the_beginning_it_stays_as_it_is(demo, client, app_services, stores):
    """Each step finds out by itself that it was done."""
    expected, how_many = await everything(client), await counted(stores)
    await stores.database["claims"].delete_one({"_id": f"import:{FINISHED}"})

    assert await told(app_services) is Seeding.THERE

    assert await everything(client) == expected
    assert await counted(stores) == {**how_many, "sessions": how_many["sessions"] + 2}


@pytest.mark.parametrize("torn", [with_few_ids, with_few_changes])
async def test_however_often_it_is_cut_off_it_ends_as_if_it_never_was(client, app_services, stores, torn):
    # As of one moment, so that times of edits can be compared too.
    app_services = desks_of(app_services, SystemClock().now())
    await told(app_services)
    expected, how_many = await everything(client), await counted(stores)
    for name in await stores.database.list_collection_names():
        await stores.database[name].delete_many({})

    cut_off = 0
    while await told_in_a_torn(torn(app_services.core, cut_off + 1), app_services) is None:
        cut_off += 1

    assert cut_off > 15
    assert await everything(client) == expected
    assert await counted(stores) == how_many


async def test_what_was_cut_off_too_long_ago_is_left_alone(app_services, stores):
    services = replace(app_services.core, random=ShortRandom(20))
    with pytest.raises(TornCable):
        await seed(replace(app_services.accounts, core=services), app_services.content.site)
    before = await counted(stores)

    services = replace(app_services.core, clock=Stopped(SystemClock().now() + RESUMABLE_FOR + timedelta(seconds=1)))
    outcome = await seed(replace(app_services.accounts, core=services), app_services.content.site)

    assert outcome is Seeding.LEFT_HALF
    assert await counted(stores) == before


async def test_where_others_live_nothing_is_added(community, app_services, stores):
    await community.joins("ann")
    before = await counted(stores)

    assert await told(app_services) is Seeding.NOT_EMPTY

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


async def test_the_start_tells_where_to_go_and_whom_to_sign_in_as(app_services, capsys):
    await seed_and_announce(LOCAL, app_services, with_demo=True)
    first = capsys.readouterr().out
    await seed_and_announce(LOCAL, app_services, with_demo=True)

    assert capsys.readouterr().out == first
    for part in (first_curl("http://127.0.0.1:8021"), "http://127.0.0.1:8021/graphiql", MEMBER_QUERY, "Ctrl-C"):
        assert part in first
    for person in (MEMBER, MODERATOR):
        assert f"{person.handle:<8}  {person.password}\n" in first


async def test_without_the_demo_the_start_tells_addresses_alone(app_services, stores, capsys):
    await seed_and_announce(LOCAL, app_services, with_demo=False)

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
            "mail_webhook": "https://mail.example",
            "public_url": "https://localhost",
        },
    ],
)
async def test_known_passwords_are_not_put_where_others_can_reach_them(app_services, stores, capsys, elsewhere):
    await seed_and_announce(Settings(**elsewhere), app_services, with_demo=True)

    out = capsys.readouterr().out
    assert REFUSED in out
    assert EXPOSED not in out
    assert MODERATOR.password not in out
    assert set((await counted(stores)).values()) <= {0}


@pytest.mark.parametrize("with_demo", [True, False])
async def test_serving_an_earlier_demo_to_others_is_warned_of(demo, app_services, capsys, with_demo):
    await seed_and_announce(Settings(host="0.0.0.0"), app_services, with_demo=with_demo)  # noqa: S104 - what is tested

    out = capsys.readouterr().out
    assert EXPOSED in out
    assert MODERATOR.password not in out
