"""Faults that a review found, each tried here so that it stays mended."""

import asyncio
import time

import pytest
from aiohttp.test_utils import make_mocked_request

from accounts.privacy_statement import CURRENT_VERSION
from domain.members import Role
from domain.rich_text import HostVerdict
from tests import factories
from tests.actors import PASSWORD
from web.contexts import COOKIE, _token, address_of

NODE = "query ($id: ID!) { node(id: $id) { __typename ... on Post { audience body { text } } } }"


async def test_narrowing_a_post_and_editing_it_at_once_both_count(board, ann):
    """An edit writes what it was given and nothing that it read."""
    for n in range(5):
        post = await ann.publishes("Hello", on=board)

        await asyncio.gather(
            ann.manages("updatePost", postId=post, audience="ONLY_ME"),
            ann.manages("updatePost", postId=post, body=f"Edited {n}"),
        )

        assert (await ann.asks(NODE, id=post))["node"] == {
            "__typename": "Post",
            "audience": "ONLY_ME",
            "body": {"text": f"Edited {n}"},
        }


async def test_what_hidden_members_wrote_does_not_decide_whether_a_page_is_answered(
    board, ann, community, stores, clock
):
    """Eighteen hidden texts of a megabyte each would outgrow a row of MongoDB's."""
    eve = await community.joins("eve")
    post = await ann.publishes("Hello", on=board)
    for _ in range(18):
        comment = await eve.comments("x", under=post)
        await ann.comments("An answer", under=post, answering=comment)
        await stores.database["comments"].update_one({"_id": comment}, {"$set": {"body.html": "x" * 1_000_000}})
    await factories.tie(stores, ann.id, eve.id, "BLOCKED")

    query = (
        "query ($id: ID!) { node(id: $id) { ... on Post { comments(first: 20) { nodes { state body { html } } } } } }"
    )

    seen = (await ann.asks(query, id=post))["node"]["comments"]["nodes"]
    assert seen == [{"state": "UNAVAILABLE", "body": None}] * 18
    assert len((await community.visitor().asks(query, id=post))["node"]["comments"]["nodes"]) == 18


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("a.co " * 4000, "TEXT_TOO_COMPLEX"),
        ("[" * 20000, "TEXT_TOO_COMPLEX"),
        (" ".join(f"https://example.org/{n}" for n in range(101)), "VALIDATION"),
    ],
)
async def test_a_text_that_would_take_long_is_refused(board, ann, body, code):
    assert await ann.is_refused("createPost", boardId=board, audience="PUBLIC", body=body) == code


async def test_many_texts_in_one_operation_are_refused(board, ann):
    aliases = " ".join(f"a{n}: createPost(input: $i) {{ errors {{ code }} }}" for n in range(5))
    given = {"boardId": board, "audience": "PUBLIC", "body": "x"}

    answer = await ann.gets(f"mutation ($i: CreatePostInput!) {{ {aliases} }}", i=given)

    assert answer["errors"][0]["extensions"]["code"] == "OPERATION_TOO_LARGE"


async def test_a_long_run_of_combining_marks_is_refused_at_once(community):
    started = time.process_time()

    code = await community.visitor().is_refused(
        "register",
        phone="13800138000",
        code="1",
        handle="a" + "\u0301\u0316" * 20000,
        password=PASSWORD,
        acceptedStatement=CURRENT_VERSION,
    )

    assert code == "VALIDATION"
    assert time.process_time() - started < 1


async def test_guesses_are_counted_for_one_account_however_its_phone_is_written(community):
    ann = await community.joins("ann")
    digits = ann.phone.removeprefix("+86")
    spellings = [digits, ann.phone, f"0086{digits}", f"{digits[:3]} {digits[3:]}", f"{digits[:3]}-{digits[3:]}"]
    visitor = community.visitor()

    codes = [
        await visitor.is_refused("signIn", login=spelling, password="wrong password") for spelling in spellings * 3
    ]

    assert codes == ["SIGN_IN_FAILED"] * 10 + ["RATE_LIMITED"] * 5
    assert await visitor.is_refused("signIn", login=f"{digits} ext 5", password=PASSWORD) == "SIGN_IN_FAILED"


async def test_a_taken_handle_is_told_before_the_password_is_hashed_and_only_so_often(
    community, sms, passwords, monkeypatch
):
    await community.joins("ann")
    visitor, phone = community.visitor(), "+8613800138000"
    await visitor.manages("requestCode", phone=phone, purpose="REGISTER")
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "hash", hashed.append)
    given = {"phone": phone, "code": sms.last_code(phone), "handle": "ann", "password": PASSWORD}
    version = (await visitor.asks("{ privacyStatement { version } }"))["privacyStatement"]["version"]

    codes = [await visitor.is_refused("register", **given, acceptedStatement=version) for _ in range(11)]

    assert codes == ["HANDLE_TAKEN"] * 10 + ["RATE_LIMITED"]
    assert hashed == []


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "made up", "made up"),
    ],
)
def test_the_address_that_is_counted_is_the_one_our_own_proxies_added(proxies, forwarded, counted):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("POST", "/graphql", headers=headers).clone(remote="127.0.0.1")

    assert address_of(request, proxies) == counted


async def test_a_tombstone_does_not_talk_to_a_blocked_moderator(board, ann, moderator, community, stores):
    other = await community.joins("mod_two", Role.MODERATOR)
    post = await other.publishes("Hello", on=board)
    comment = await ann.comments("Rude", under=post)
    await other.comments("Please", under=post, answering=comment)
    decided = await other.manages(
        "removeContent", "decision { id }", targetId=comment, reason="SPAM", explanation="because"
    )
    await factories.tie(stores, moderator.id, ann.id, "BLOCKED")
    query = """query ($id: ID!, $decision: ID!) { node(id: $id) { ... on Comment { state decision { id } } }
      decision: node(id: $decision) { id } }"""

    seen = await moderator.asks(query, id=comment, decision=decided["decision"]["id"])

    assert seen == {"node": {"state": "UNAVAILABLE", "decision": None}, "decision": None}


async def test_nothing_is_said_under_a_post_that_goes_at_that_moment(board, ann, community, stores):
    bob = await community.joins("bob")
    for n in range(5):
        post = await ann.publishes(f"Hello {n}", on=board)

        _, payload = await asyncio.gather(
            ann.manages("deletePost", postId=post),
            bob.does("createComment", "comment { id }", postId=post, body="Hi"),
        )

        assert (payload["comment"] is None) == bool(payload["errors"])
        stored = await stores.database["comments"].count_documents({"post": post})
        counted = (await stores.database["posts"].find_one({"_id": post}))["comments"]
        assert stored == counted.get("PUBLIC", 0)


async def test_a_retried_removal_answers_its_own_decision_also_after_a_restore(board, ann, moderator):
    post = await ann.publishes("Hello", on=board)
    given = {"targetId": post, "reason": "SPAM", "explanation": "Spam", "idempotencyKey": "k"}
    first = await moderator.manages("removeContent", "decision { id action }", **given)
    await moderator.manages("restoreContent", targetId=post, explanation="Sorry")

    again = await moderator.manages("removeContent", "decision { id action }", **given)

    assert again["decision"] == first["decision"]
    assert await moderator.is_refused("removeContent", **given | {"reason": "ABUSE"}) == "CONFLICT"


async def test_authors_can_take_back_their_words_where_they_are_no_longer_let_in(board, ann, community):
    bob = await community.joins("bob")
    await ann.befriends(bob)
    post = await ann.publishes("For friends", on=board, audience="FRIENDS")
    comment = await bob.comments("Between us", under=post)
    await ann.manages("unfollow", memberId=bob.id)

    await bob.manages("deleteComment", commentId=comment)

    thread = "query ($id: ID!) { node(id: $id) { ... on Post { commentCount comments { nodes { id } } } } }"
    assert (await ann.asks(thread, id=post))["node"] == {"commentCount": 0, "comments": {"nodes": []}}


async def test_unseen_signs_are_taken_out_of_lines_and_emoji_stay_whole(board, ann):
    family = "👨\u200d👩\u200d👧"
    post = await ann.publishes("x", on=board, title=f"\u202eHi\u200b \u0007\ufdd0there {family} ")

    query = "query ($id: ID!) { node(id: $id) { ... on Post { title } } }"
    assert (await ann.asks(query, id=post))["node"]["title"] == f"Hi there {family}"


async def test_a_birthday_in_month_zero_is_refused(ann):
    assert await ann.is_refused("updateProfile", birthday={"year": 1990, "month": 0}) == "VALIDATION"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_scheme_of_a_token_is_read_in_any_case(client, ann, scheme):
    headers = {"Authorization": f"{scheme} {ann.token}"}
    async with client.post("/graphql", json={"query": "{ viewer { phone } }"}, headers=headers) as response:
        assert (await response.json())["data"]["viewer"] == {"phone": ann.phone}


async def test_a_trusted_host_on_an_odd_port_still_warns(client, stores):
    await factories.judge(stores, "trusted.example", HostVerdict.TRUSTED)
    for url, status in [("https://trusted.example/", 303), ("https://trusted.example:8443/", 200)]:
        async with client.get("/leave", params={"to": url}, allow_redirects=False) as response:
            assert response.status == status


async def test_a_post_narrowed_while_a_list_is_read_never_shows_its_new_words(board, ann, community):
    """Key and text are read in one moment."""
    bob = await community.joins("bob")
    post = await ann.publishes("open", on=board, title="open")
    narrowing = {"postId": post, "title": "secret", "audience": "ONLY_ME"}

    async def changes() -> None:
        for _ in range(20):
            await ann.manages("updatePost", **narrowing)
            await ann.manages("updatePost", postId=post, title="open", audience="PUBLIC")

    async def reads() -> list[str]:
        seen = []
        while not changing.done():
            nodes = (await bob.asks("{ feed { nodes { title } } }"))["feed"]["nodes"]
            seen += [node["title"] for node in nodes]
        return seen

    changing = asyncio.create_task(changes())
    titles = await reads()
    await changing

    assert set(titles) <= {"open"}


async def test_a_token_that_cannot_be_one_is_read_as_none(client):
    for headers in ({"Authorization": "Bearer é"}, {"Cookie": f"{COOKIE}=é"}):
        request = make_mocked_request("POST", "/graphql", headers=headers)

        assert _token(request, COOKIE) is None


async def test_an_empty_parent_is_no_parent_at_all(board, ann):
    post = await ann.publishes("Hello", on=board)

    assert await ann.is_refused("createComment", postId=post, parentId="", body="Hi") == "NOT_FOUND"


async def test_following_twice_bumps_nobody_up_and_unfollowing_a_stranger_writes_nothing(ann, community, stores):
    bob, carl = await community.joins("bob"), await community.joins("carl")
    await bob.manages("follow", memberId=ann.id)
    await carl.manages("follow", memberId=ann.id)

    await bob.manages("follow", memberId=ann.id)

    query = "{ viewer { followers { nodes { member { handle } } } } }"
    found = (await ann.asks(query))["viewer"]["followers"]["nodes"]
    assert [one["member"]["handle"] for one in found] == ["carl", "bob"]
    await ann.manages("unfollow", memberId=carl.id)
    assert await stores.database["ties"].count_documents({}) == 4


async def test_an_edit_of_what_is_hidden_does_not_show_as_an_edit(board, ann, community):
    """A byline field that shows to nobody else, and an edit that gives nothing, change no byte for others."""
    bob = await community.joins("bob")
    post = await ann.publishes("Hello", on=board)
    query = "query ($id: ID!) { node(id: $id) { ... on Post { editedAt byline { email } body { text } } } }"
    before = (await bob.responds(query, {"id": post}))[2]

    await ann.manages("updatePost", postId=post, byline=["EMAIL"])
    await ann.manages("updatePost", postId=post)

    assert (await bob.responds(query, {"id": post}))[2] == before


async def test_blocking_the_moderators_protects_nobody_who_was_reported_from_them(board, ann, bob, moderator):
    post = await ann.publishes("Spam", on=board)
    await ann.manages("block", memberId=moderator.id)
    removal = {"reason": "SPAM", "explanation": "Spam"}
    hidden = await moderator.responds(REMOVE, {"input": {"targetId": post, **removal}})
    missing = await moderator.responds(REMOVE, {"input": {"targetId": "pst_0123456789abcdef", **removal}})
    await bob.manages("reportContent", targetId=post, reason="SPAM")

    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam")

    query = "query ($id: ID!) { node(id: $id) { ... on Post { state decision { action } } } }"
    assert (await ann.asks(query, id=post))["node"] == {"state": "REMOVED", "decision": {"action": "REMOVE"}}
    assert hidden[2] == missing[2], "before anyone complained, what is hidden is not there"


REMOVE = "mutation ($input: RemoveContentInput!) { removeContent(input: $input) { errors { code message path } } }"


async def test_what_was_reported_is_decided_about_whomever_it_was_meant_for(board, ann, bob, moderator):
    await ann.befriends(bob)
    post = await ann.publishes("Spam", on=board, audience="FRIENDS")
    await bob.manages("reportContent", targetId=post, reason="SPAM")

    await moderator.manages("removeContent", targetId=post, reason="SPAM", explanation="Spam")
    await moderator.manages("restoreContent", targetId=post, explanation="We were wrong.")

    assert (await bob.asks("query ($id: ID!) { node(id: $id) { id } }", id=post))["node"] == {"id": post}


async def test_a_deleted_comment_leaves_a_tombstone_that_tells_nobody_what_was_decided(board, ann, bob, moderator):
    post = await bob.publishes("Hello", on=board)
    comment = await ann.comments("Rude", under=post)
    await bob.comments("Please", under=post, answering=comment)
    await moderator.manages("removeContent", targetId=comment, reason="SPAM", explanation="because")
    await ann.manages("deleteComment", commentId=comment)
    query = "query ($id: ID!) { node(id: $id) { ... on Comment { state decision { action } } } }"

    for viewer in (moderator, ann, bob):
        assert (await viewer.asks(query, id=comment))["node"] == {"state": "UNAVAILABLE", "decision": None}


async def test_the_decision_that_came_last_counts_also_where_clocks_differ(board, ann, moderator, clock):
    """Another process's clock may be behind by more than lies between two decisions."""
    post = await ann.publishes("Hello", on=board)
    await moderator.manages("removeContent", targetId=post, reason="ABUSE", explanation="Hm.")
    clock.advance(seconds=-30)

    await moderator.manages("restoreContent", targetId=post, explanation="Sorry.")

    query = "query ($id: ID!) { node(id: $id) { ... on Post { state decision { action reason } } } }"
    assert (await ann.asks(query, id=post))["node"] == {
        "state": "PUBLISHED",
        "decision": {"action": "RESTORE", "reason": "ABUSE"},
    }
