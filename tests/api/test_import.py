"""A Stack Exchange dump comes in whole, once, and shows nothing that its members did not choose to show here."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from content.site_placeholder import SITE_MARK
from domain.audience import Audience
from domain.errors import Refused
from domain.members import ProfileField, Role
from importer import stackexchange
from importer.rows import Fault
from importer.stackexchange import NAMED, Choices, ImportRefused, Summary, Watch, import_dump
from tests.actors import Actor, Community
from tests.conftest import SITE

CONLANG_META = Path(__file__).parents[2].parent / "shared" / "data" / "conlang-meta"
with_conlang_meta = pytest.mark.skipif(
    not CONLANG_META.is_dir(), reason=f"the real dump is not here: {CONLANG_META} is missing"
)
AT = "2018-02-06T20:19:50.957"

USERS = (
    {"Id": "1", "DisplayName": "李雷", "Location": "杭州", "WebsiteUrl": "https://lilei.example/博客"}
    | {"AboutMe": "<p>我画画。<script>alert(1)</script><a href='http://art.example/'>art</a></p>"},
    {"Id": "2", "DisplayName": "Paypal", "WebsiteUrl": "javascript:alert(1)", "Location": "x" * 101},
    {"Id": "3", "DisplayName": "раура1"},  # Cyrillic: to the eye the same as the one before but for its last sign
    {"Id": "4", "DisplayName": "paypaI"},
    {"Id": "5", "DisplayName": "Ann Lee", "ProfileImageUrl": "https://pictures.example/ann.png"},
    '<row Id="6" DisplayName="Broken"',
    {"DisplayName": "Nobody"},
)
POSTS = (
    {"Id": "12", "PostTypeId": "2", "ParentId": "10", "OwnerUserId": "2", "Body": "<p>早到的回答</p>"},
    {"Id": "10", "PostTypeId": "1", "OwnerUserId": "1", "Title": "怎样造词？", "LastEditDate": "2018-03-01T00:00:00"}
    | {"Body": "<p>See <a href='https://conlang.example/'>this</a><img src='https://pictures.example/a.png'></p>"},
    {"Id": "11", "PostTypeId": "1", "OwnerDisplayName": "user23", "Title": "Phonemes", "Body": "<p>Which?</p>"},
    {"Id": "13", "PostTypeId": "2", "ParentId": "99", "OwnerUserId": "1", "Body": "<p>Lost</p>"},
    {"Id": "14", "PostTypeId": "5", "OwnerUserId": "1", "Body": "<p>A tag wiki</p>"},
    {"Id": "15", "PostTypeId": "1", "OwnerUserId": "1", "Title": "Long", "Body": "长" * 30_001},
    {"Id": "16", "PostTypeId": "1", "OwnerUserId": "77", "Title": "Whose?", "Body": "<p>?</p>"},
    {"Id": "17", "PostTypeId": "1", "OwnerUserId": "1", "Title": "Nothing", "Body": "<script>alert(1)</script>"},
    {"Id": "18", "PostTypeId": "2", "ParentId": "12", "OwnerUserId": "1", "Body": "<p>An answer to an answer</p>"},
)
COMMENTS = (
    {"Id": "23", "PostId": "12", "UserId": "1", "Text": "谢谢，`很好`！"},
    {"Id": "20", "PostId": "10", "UserId": "5", "Text": "See [here](http://evil.example/) <b>now</b>"},
    {"Id": "21", "PostId": "12", "UserDisplayName": "user23", "Text": "Yes."},
    {"Id": "22", "PostId": "15", "UserId": "1", "Text": "Under what was left out"},
    {"Id": "24", "PostId": "10", "UserId": "5", "Text": "When?", "CreationDate": "sometime"},
    {"Id": "25", "PostId": "10", "Text": "Whose?"},
)
LEFT_OUT = {
    ("Users.xml", 4, "WebsiteUrl"),
    ("Users.xml", 4, "Location"),
    ("Users.xml", 8, None),
    ("Users.xml", 9, None),
    ("Posts.xml", 6, None),
    ("Posts.xml", 7, None),
    ("Posts.xml", 8, None),
    ("Posts.xml", 9, None),
    ("Posts.xml", 10, None),
    ("Posts.xml", 11, None),
    ("Comments.xml", 6, None),
    ("Comments.xml", 7, None),
    ("Comments.xml", 8, None),
}
MADE = {"members": 5, "questions": 2, "answers": 1, "comments": 3, NAMED: 1}


@dataclass
class KeptFaults:
    """Keeps what was left out; may pull the plug after so many lines."""

    patience: int = 10**9
    faults: list[Fault] = field(default_factory=list)
    size: int = 0

    @property
    def watch(self) -> Watch:
        return Watch(self.advance, self.faults.append)

    def advance(self, size: int) -> None:
        self.size += size
        self.patience -= 1
        if self.patience < 0:
            raise InterruptedError

    @property
    def places(self) -> set[tuple[str, int, str | None]]:
        return {(fault.place.file, fault.place.line, fault.part) for fault in self.faults}


def write_dump(folder: Path, *, users=USERS, posts=POSTS, comments=COMMENTS) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in (("Users", users), ("Posts", posts), ("Comments", comments)):
        lines = [row if isinstance(row, str) else _line({"CreationDate": AT} | row) for row in rows]
        frame = name.lower()
        text = "\n".join(['﻿<?xml version="1.0" encoding="utf-8"?>', f"<{frame}>", *lines, f"</{frame}>\n"])
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    return folder


def _line(values: dict[str, str]) -> str:
    return "  <row " + " ".join(f'{name}="{escape(value)}"' for name, value in values.items()) + " />"


async def brought_in(app_services, dump: Path, kept: KeptFaults | None = None, **choices: Any) -> Summary:
    chosen = Choices(**{"slug": "conlang", "title": "Conlang"} | choices)
    return await import_dump(app_services.content, dump, chosen, (kept or KeptFaults()).watch)


async def holder(app_services, row: str) -> str:
    """The id of what was made of a row: ``user:1``."""
    return (await app_services.core.stores.database["claims"].find_one({"_id": f"import:conlang:{row}"}))["holder"]


async def everything(app_services) -> dict[str, list[Any]]:
    """All that is stored, in the words of the dump instead of random ids."""
    database = app_services.core.stores.database
    claims = await database["claims"].find({"_id": {"$regex": "^import:"}}).to_list()
    names = {claim["holder"]: claim["_id"] for claim in claims}
    names |= {board["_id"]: board["slug"] async for board in database["boards"].find()}
    found = {}
    for name in ("members", "posts", "comments", "claims"):
        rows = [_renamed(row, names) async for row in database[name].find()]
        found[name] = sorted(rows, key=lambda row: row["_id"])
    return found


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    # A part of a name may be an id: of a shelf its author.
    return ":".join(names.get(part, part) for part in value.split(":")) if isinstance(value, str) else value


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write_dump(tmp_path / "dump")


THREADS = """{ board(slug: "conlang") { title postCount posts(first: 5) { nodes {
    title createdAt editedAt audience author { displayName } commentCount body { html text links { url leaveUrl } }
    comments(first: 5) { nodes { author { displayName } body { text } replyCount replies(first: 5) { nodes {
      author { displayName } body { html text source } depth } } } } } } } }"""


async def test_a_dump_comes_in_with_its_threads_texts_times_and_authors(app_services, dump, community):
    kept = KeptFaults()

    summary = await brought_in(app_services, dump, kept)

    assert dict(summary.made) == MADE
    assert summary.there_already.total() == 0
    assert kept.places == LEFT_OUT
    assert kept.size == stackexchange.bytes_to_read(dump)
    board = (await community.visitor().asks(THREADS))["board"]
    phonemes, words = sorted(board["posts"]["nodes"], key=lambda post: post["title"])
    assert (board["title"], board["postCount"]) == ("Conlang", 2)
    assert (phonemes["title"], phonemes["author"], phonemes["commentCount"]) == (
        "Phonemes",
        {"displayName": "user23"},
        0,
    )
    assert (words["title"], words["author"]["displayName"], words["audience"]) == ("怎样造词？", "李雷", "PUBLIC")
    assert words["createdAt"].startswith(AT)
    assert words["editedAt"].startswith("2018-03-01T00:00:00")
    assert [link["url"] for link in words["body"]["links"]] == [
        "https://conlang.example/",
        "https://pictures.example/a.png",
    ]
    assert all(link["leaveUrl"].startswith(f"{SITE}/leave?to=") for link in words["body"]["links"])
    assert "<img" not in words["body"]["html"]
    assert words["commentCount"] == 4
    said = {comment["body"]["text"]: comment for comment in words["comments"]["nodes"]}
    assert set(said) == {"早到的回答", "See here <b>now</b>"}
    answer = said["早到的回答"]
    assert (answer["author"]["displayName"], answer["replyCount"]) == ("Paypal", 2)
    replies = {reply["author"]["displayName"]: reply for reply in answer["replies"]["nodes"]}
    assert set(replies) == {"李雷", "user23"}
    assert replies["李雷"]["body"] == {
        "html": "<p>谢谢，<code>很好</code>！</p>\n",
        "text": "谢谢，很好！",
        "source": None,
    }
    assert {reply["depth"] for reply in replies.values()} == {1}


@pytest.mark.parametrize(
    ("origin", "leads_to"), [("https://conlang.example", "https://conlang.example/q/10"), (None, None)]
)
async def test_links_within_the_dumps_own_site_lead_there_or_nowhere(
    app_services, tmp_path, community, origin, leads_to
):
    """Never to a page of ours that happens to have the same path."""
    question = POSTS[1] | {"Body": "<p>See <a href='/q/10'>that</a></p>"}
    said = {"Id": "20", "PostId": "10", "UserId": "5", "Text": "See [that](/q/10)"}
    dump = write_dump(tmp_path / "dump", posts=[question], comments=[said])

    await brought_in(app_services, dump, origin=origin)

    post = (await community.visitor().asks(THREADS))["board"]["posts"]["nodes"][0]
    links = '{ board(slug: "conlang") { posts { nodes { comments { nodes { body { text links { url } } } } } } } }'
    below = (await community.visitor().asks(links))["board"]["posts"]["nodes"][0]["comments"]["nodes"][0]
    assert (post["body"]["text"], below["body"]["text"]) == ("See that", "See that")
    assert [link["url"] for link in post["body"]["links"] + below["body"]["links"]] == [leads_to] * 2 * bool(leads_to)


async def test_no_two_imported_members_look_alike(app_services, dump, community):
    """Nor does one look like somebody who was here before."""
    await community.joins("ann_lee")

    await brought_in(app_services, dump)

    members = app_services.core.stores.database["members"]
    handles = {row["displayName"]: row["handle"] async for row in members.find({"acceptedStatement": None})}
    assert handles == {
        "李雷": "李雷",
        "Paypal": "paypal",
        "раура1": "раура1_2",
        "paypaI": "paypai",
        "Ann Lee": "ann_lee_2",
        "user23": "user23",
    }


async def test_more_namesakes_than_small_numbers_get_handles_too(app_services, tmp_path):
    users = [{"Id": str(number), "DisplayName": "Rob"} for number in range(1, 9)]
    dump = write_dump(tmp_path / "dump", users=users, posts=(), comments=())

    await brought_in(app_services, dump)

    handles = {row["handle"] async for row in app_services.core.stores.database["members"].find()}
    assert {"rob", "rob_2", "rob_3", "rob_4", "rob_5"} < handles
    assert sum(len(handle) == len("rob_12345678") for handle in handles) == 3


async def test_importing_twice_changes_nothing(app_services, dump):
    """Nor does it undo what members did in between."""
    await brought_in(app_services, dump)
    before, kept = await everything(app_services), KeptFaults()

    summary = await brought_in(app_services, dump, kept)

    assert summary.made.total() == 0
    assert dict(summary.there_already) == {"members": 5, "questions": 2, "answers": 1, "comments": 3}
    assert {place for place in kept.places if place[2] is None} == {place for place in LEFT_OUT if place[2] is None}
    assert await everything(app_services) == before


async def test_a_row_that_occurs_twice_is_imported_once(app_services, tmp_path):
    dump = write_dump(tmp_path / "dump", users=[*USERS, USERS[0]], posts=[*POSTS, POSTS[1]])

    summary = await brought_in(app_services, dump)

    assert dict(summary.made) == MADE
    assert (summary.there_already["members"], summary.there_already["questions"]) == (1, 1)


@pytest.mark.parametrize("lines", range(1, 42, 3))
async def test_an_import_that_is_cut_off_anywhere_goes_on_to_the_same_end(
    app_services, tmp_path, dump, monkeypatch, lines
):
    """Two rows a batch, so that there are many places to be cut off at."""
    monkeypatch.setattr(stackexchange, "BATCH_SIZE", 2)
    await brought_in(app_services, dump)
    whole = await everything(app_services)
    for name in await app_services.core.stores.database.list_collection_names():
        await app_services.core.stores.database[name].delete_many({})
    with pytest.raises(InterruptedError):
        await brought_in(app_services, dump, KeptFaults(patience=lines))

    await brought_in(app_services, dump)

    assert await everything(app_services) == whole


async def test_a_batch_that_is_cut_off_leaves_nothing_half_done(app_services, dump, monkeypatch):
    """The very last write of the answers' batch fails."""
    posts = type(app_services.core.stores.posts)
    count_comments = posts.count_comments

    async def failing(self, changes, transaction) -> None:
        await count_comments(self, changes, transaction)
        if changes:
            raise InterruptedError

    monkeypatch.setattr(posts, "count_comments", failing)
    with pytest.raises(InterruptedError):
        await brought_in(app_services, dump)

    found = await everything(app_services)
    monkeypatch.undo()
    summary = await brought_in(app_services, dump)

    assert found["comments"] == []
    assert not [claim for claim in found["claims"] if claim["_id"] == "import:conlang:post:12"]
    assert [post["comments"] for post in found["posts"]] == [{}, {}]
    assert (summary.made["answers"], summary.made["comments"], summary.made["questions"]) == (1, 3, 0)


async def test_two_imports_at_once_come_to_the_same_as_one(app_services, dump, monkeypatch):
    monkeypatch.setattr(stackexchange, "BATCH_SIZE", 2)

    summaries = await asyncio.gather(brought_in(app_services, dump), brought_in(app_services, dump))

    assert dict(sum((summary.made for summary in summaries), Counter())) == MADE
    run_idempotent = await everything(app_services)
    assert (await brought_in(app_services, dump)).made.total() == 0
    assert await everything(app_services) == run_idempotent
    assert sorted(post["comments"].get("PUBLIC", 0) for post in run_idempotent["posts"]) == [0, 4]


async def test_comments_keep_the_audience_of_their_post(app_services, dump, community):
    ann = await community.joins("ann")

    await brought_in(app_services, dump, audience=Audience.MEMBERS)

    count = '{ board(slug: "conlang") { postCount posts { nodes { commentCount } } } }'
    assert (await community.visitor().asks(count))["board"] == {"postCount": 0, "posts": {"nodes": []}}
    seen = (await ann.asks(count))["board"]
    assert (seen["postCount"], sorted(post["commentCount"] for post in seen["posts"]["nodes"])) == (2, [0, 4])
    comments = app_services.core.stores.database["comments"]
    assert set(await comments.distinct("audience")) == {"MEMBERS"}


async def test_an_imported_profile_shows_to_its_owner_alone(app_services, dump, community):
    bob = await community.joins("bob")
    await brought_in(app_services, dump)
    member = await holder(app_services, "user:1")
    owner = await signed_in(app_services, community, member)
    query = "query ($id: ID!) { node(id: $id) { ... on Member { profile {" + FIELDS + "} } } }"

    shown = {
        who: (await actor.asks(query, id=member))["node"]["profile"]
        for who, actor in {"visitor": community.visitor(), "bob": bob, "owner": owner}.items()
    }

    nothing = {"bio": None, "location": None, "website": None, "avatarUrl": None}
    assert shown["visitor"] == shown["bob"] == nothing
    assert shown["owner"] == {
        "bio": {"text": "我画画。art"},
        "location": "杭州",
        "website": {"url": "https://lilei.example/%E5%8D%9A%E5%AE%A2"},
        "avatarUrl": None,
    }
    settings = await app_services.core.stores.members.own_settings(member)
    assert dict(settings.audiences) == dict.fromkeys(ProfileField, Audience.ONLY_ME)
    assert (settings.phone, settings.accepted_statement, settings.default_byline) == (None, None, ())


async def test_another_sites_dump_is_refused_on_the_same_board(app_services, dump, tmp_path):
    """Its user 1 would pass for this one's."""
    await brought_in(app_services, dump)
    before = await everything(app_services)
    users = [{"Id": "1", "DisplayName": "Another", "CreationDate": "2011-01-01T00:00:00"}]
    other = write_dump(tmp_path / "other", users=users, posts=(), comments=())

    with pytest.raises(ImportRefused, match="another site's dump"):
        await brought_in(app_services, other)

    assert await everything(app_services) == before
    assert (await brought_in(app_services, other, slug="other")).made["members"] == 1


async def test_a_dump_joins_a_board_that_is_there(app_services, dump, community):
    board = await community.board(await community.joins("mod", Role.MODERATOR), "conlang")

    await brought_in(app_services, dump, title="Not taken")

    boards = [row async for row in app_services.core.stores.database["boards"].find({"kind": "DISCUSSION"})]
    assert [(row["_id"], row["title"]) for row in boards] == [(board, "Conlang")]


async def test_nothing_is_written_where_the_import_cannot_begin(app_services, dump):
    with pytest.raises(Refused):
        await brought_in(app_services, dump, slug="No Slug!")
    (dump / "Comments.xml").unlink()
    with pytest.raises(ImportRefused, match=r"has no Comments\.xml"):
        await brought_in(app_services, dump)

    assert not any((await everything(app_services)).values())


# ---------------------------------------------------------------- the real dump

FIELDS = " bio { text } location website { url } avatarUrl "
PROFILES = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Member { id profile {" + FIELDS + "} } } }"

#: Said once more, apart from policy/visibility.py: whom each audience reaches.
REACHED = {
    "visitor": {"PUBLIC"},
    "member": {"PUBLIC", "MEMBERS"},
    "friend": {"PUBLIC", "MEMBERS", "FRIENDS"},
    "owner": {"PUBLIC", "MEMBERS", "FRIENDS", "ONLY_ME"},
}


async def signed_in(app_services, community: Community, member: str) -> Actor:
    """As someone whom customer service gave their account back; imported members have no password."""
    return Actor(community.client, token=await app_services.accounts.open_session(member), id=member)


async def befriend_all(app_services, actor: Actor, members: list[str]) -> None:
    ties, now = app_services.core.stores.relationships, app_services.core.now()
    for member in members:

        async def write(transaction, member=member) -> None:
            await ties.set_follow(actor.id, member, now, transaction)
            await ties.set_follow(member, actor.id, now, transaction)

        await app_services.core.stores.transactions.run(write)


async def profiles_seen(actor: Actor, members: list[str]) -> dict[str, dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for start in range(0, len(members), 100):
        nodes = (await actor.asks(PROFILES, ids=members[start : start + 100]))["nodes"]
        seen |= {node["id"]: node["profile"] for node in nodes}
    return seen


async def seen_by_all(
    app_services, community: Community, friend: Actor, member: Actor, ids: list[str]
) -> dict[str, Any]:
    """What each kind of viewer sees of every member."""
    own: dict[str, dict[str, Any]] = {}
    for one in ids:
        own |= await profiles_seen(await signed_in(app_services, community, one), [one])
    return {
        "visitor": await profiles_seen(community.visitor(), ids),
        "member": await profiles_seen(member, ids),
        "friend": await profiles_seen(friend, ids),
        "owner": own,
    }


def real_rows(name: str) -> list[dict[str, str]]:
    return [
        {str(key): str(value) for key, value in row.attrib.items()}
        for row in etree.parse(CONLANG_META / name).getroot()
    ]


@with_conlang_meta
async def test_the_real_dump_comes_in_whole(app_services, community):
    kept = KeptFaults()

    summary = await brought_in(app_services, CONLANG_META, kept)

    assert dict(summary.made) == {"members": 272, "questions": 54, "answers": 115, "comments": 230, NAMED: 6}
    assert Counter(fault.reason for fault in kept.faults) == {
        "PostTypeId '4' is neither a question (1) nor an answer (2)": 4,
        "PostTypeId '5' is neither a question (1) nor an answer (2)": 4,
    }
    stored = {row["displayName"] async for row in app_services.core.stores.database["members"].find()}
    assert {" ".join(row["DisplayName"].split()) for row in real_rows("Users.xml")} <= stored
    assert (await community.visitor().asks('{ board(slug: "conlang") { postCount } }'))["board"]["postCount"] == 54
    await counts_are_right(app_services)


async def counts_are_right(app_services) -> None:
    """Every stored count says how many comments there are."""
    database = app_services.core.stores.database
    comments = await database["comments"].find().to_list()
    under_posts = Counter(comment["post"] for comment in comments)
    under_comments = Counter(comment["parent"] for comment in comments)
    async for post in database["posts"].find():
        assert post["comments"] == ({"PUBLIC": under_posts[post["_id"]]} if under_posts[post["_id"]] else {})
    for comment in comments:
        replies = under_comments[comment["_id"]]
        assert comment["replies"] == ({"PUBLIC": replies} if replies else {})


@with_conlang_meta
async def test_every_link_of_the_real_dump_is_classed_and_leads_out_through_the_leaving_page(app_services):
    """353 times the file says ``href=``: 351 links, two of them spoken about as code; and one picture stands alone."""
    await brought_in(app_services, CONLANG_META, origin="https://conlang.meta.stackexchange.com")
    database = app_services.core.stores.database
    answers = {
        "_id": {
            "$in": [
                await holder(app_services, f"post:{row['Id']}")
                for row in real_rows("Posts.xml")
                if row["PostTypeId"] == "2"
            ]
        }
    }

    bodies = [row["body"] async for row in database["posts"].find()]
    bodies += [row["body"] async for row in database["comments"].find(answers)]

    links = [link for body in bodies for link in body["links"]]
    anchors = [anchor for body in bodies for anchor in etree.HTML(body["html"] or "<p/>").iter("a")]
    hrefs = [str(anchor.get("href")) for anchor in anchors]
    assert len(bodies) == 54 + 115
    assert len(hrefs) == len(links) == 352
    assert all(link["isExternal"] and link["reasons"] for link in links)
    assert all(href.startswith(f"{SITE_MARK}/leave?to=") for href in hrefs)
    assert all(link["url"].startswith(("http://", "https://", "mailto:")) for link in links)
    assert sum(link["url"].startswith("https://conlang.meta.stackexchange.com/") for link in links) >= 4


@with_conlang_meta
async def test_of_272_real_profiles_everyone_sees_what_was_chosen_and_nothing_else(app_services, community):
    await brought_in(app_services, CONLANG_META)
    users = real_rows("Users.xml")
    ids = [await holder(app_services, f"user:{row['Id']}") for row in users]
    member, friend = await community.joins("passer_by"), await community.joins("everyones_friend")
    await befriend_all(app_services, friend, ids)

    untouched = await seen_by_all(app_services, community, friend, member, ids)

    filled = Counter(name for profile in untouched["owner"].values() for name, value in profile.items() if value)
    assert filled == {"bio": 179, "location": 157, "website": 85}
    for who in ("visitor", "member", "friend"):
        assert len(untouched[who]) == 272
        assert not any(value for profile in untouched[who].values() for value in profile.values())

    choices = {one: choice_of(number) for number, one in enumerate(ids)}
    for one, chosen in choices.items():
        audiences = {ProfileField[name.upper()]: Audience[audience] for name, audience in chosen.items()}
        await app_services.core.stores.members.update_audiences(one, audiences, None)

    seen = await seen_by_all(app_services, community, friend, member, ids)

    for who, reached in REACHED.items():
        expected = {
            one: {
                name: value if choices[one].get(name, "ONLY_ME") in reached else None for name, value in profile.items()
            }
            for one, profile in untouched["owner"].items()
        }
        assert seen[who] == expected
    shown = {who: sum(bool(v) for profile in seen[who].values() for v in profile.values()) for who in REACHED}
    assert 0 < shown["visitor"] < shown["member"] < shown["friend"] < shown["owner"] == 179 + 157 + 85


def choice_of(number: int) -> dict[str, str]:
    """Every audience for every field, turning at different speeds; every fifth member chooses nothing."""
    names = [audience.value for audience in Audience]
    if number % 5 == 0:
        return {}
    return {"bio": names[number % 4], "location": names[number // 4 % 4], "website": names[number // 2 % 4]}
