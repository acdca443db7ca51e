"""No text hurts its readers: hostile ones are posted and brought in, and a real browser is shown what is served.

``python -m pytest -rP tests/markup`` prints the figures.
"""

import json
import re
from asyncio import gather
from collections.abc import Sequence
from pathlib import Path

import pytest

from content.links import Site
from content.rendering import render_html
from content.site_placeholder import served_html
from domain.members import Role
from tests.actors import Actor, Community
from tests.browser import needs_browser
from tests.conftest import SITE
from tests.markup.hostile import hostile_cases
from tests.markup.stage import Stage, open_stage

PAYLOADS = Path(__file__).parents[2].parent / "shared" / "corpora" / "dompurify-expect.json"
needs_payloads = pytest.mark.skipif(not PAYLOADS.exists(), reason=f"no DOMPurify payloads at {PAYLOADS}")
#: Of DOMPurify's fixtures, those that are to run something; the others are about what it keeps.
RUNS = re.compile(r"alert|script|on\w+\s*=|data:text|expression\(", re.IGNORECASE)

#: As many as an operation may cost.
POSTS = """mutation ($a: CreatePostInput!, $b: CreatePostInput!, $c: CreatePostInput!) {
  a: createPost(input: $a) { ...Served } b: createPost(input: $b) { ...Served } c: createPost(input: $c) { ...Served }
} fragment Served on CreatePostPayload { post { body { html } } errors { code message } }"""
POSTS_A_MEMBER = 195

#: Thousands of frames: half a minute where nothing else runs, and much more where others share the processors.
pytestmark = [needs_browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def cases():
    return hostile_cases()


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    return [case["payload"] for case in json.loads(PAYLOADS.read_text(encoding="utf-8"))] if PAYLOADS.exists() else []


@pytest.fixture
async def board(community):
    return await community.board(await community.joins("mod", Role.MODERATOR))


@pytest.fixture
async def stage():
    async with open_stage() as opened:
        yield opened


async def test_shown_as_they_are_most_of_them_run(stage, cases, payloads):
    """The control: without it silence would prove nothing."""
    own = [case.obeyed for case in cases]
    others = [payload for payload in payloads if RUNS.search(payload)]

    seen = [bool(one.ran) for one in await stage.shows([*own, *others])]

    ran = sum(seen[: len(own)]), sum(seen[len(own) :])
    share = sum(ran) / len(seen)
    print(f"control: {ran[0]} of {len(own)} own, {ran[1]} of {len(others)} of DOMPurify's ran: {share:.1%}")  # noqa: T201 - for -rP
    assert len(own) > 1_000
    assert share >= 0.6


async def test_posted_as_markdown_nothing_runs(stage, cases, community, board):
    served = await posted(community, board, [case.source for case in cases])

    await assert_silent(stage, served, "own, posted as Markdown")


async def test_brought_in_as_html_nothing_runs(stage, cases):
    """Markdown too: whoever writes a dump puts in it what they like."""
    given = [case.source for case in cases] + [case.obeyed for case in cases if case.obeyed != case.source]

    await assert_silent(stage, brought_in(given), "own, and own Markdown by another renderer, brought in as HTML")


@needs_payloads
async def test_of_dompurifys_fixtures_nothing_runs(stage, payloads, community, board):
    written = [payload for payload in payloads if payload.strip()]

    await assert_silent(stage, await posted(community, board, written), "DOMPurify's, posted as Markdown")
    await assert_silent(stage, brought_in(payloads), "DOMPurify's, brought in as HTML")


DEEP = re.compile("(<[a-z][^>]*>){20}")


def test_what_is_served_comes_in_again_as_it_is(cases):
    """Nothing in it is for another reading to obey. What was nested so deep that it was flattened is left out: the
    reading that flattens counts what it leaves anew."""
    run_idempotent = [text for text in brought_in([case.source for case in cases]) if not DEEP.search(text)]

    assert brought_in(run_idempotent) == run_idempotent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<img src=x onerror=alert(1)>", "ran"),
        ("<a href=javascript:alert(1)>看</a>", "ran"),
        ("<iframe srcdoc='<script>alert(1)</script>'></iframe>", "ran"),
        ("<iframe src='data:text/html,<script>alert(1)</script>'></iframe>", "schemes"),
        ("<script>alert(1)</script>", "ran"),
        ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "ran"),
        ("<b onnothing=alert(1)>看</b>", "handlers"),
        ("<q cite=vbscript:alert(1)>看</q>", "schemes"),
        ("<template><q cite=data:,看>看</q></template>", "schemes"),
        ("<a href=//a.cn>看</a>", "leading"),
        ("<img src=https://a.cn/x>", "refused"),
        ("<b style=color:red>看</b>", "refused"),
        ("<script>1</script>", "refused"),
    ],
)
async def test_stage_notices_each_kind_among_harmless_texts(stage, text, kind):
    found = await stage.finds(["<p>你好</p>", text, "<p>世界</p>"])

    assert list(found) == [text]
    assert getattr(found[text], kind)


async def test_stage_notices_requests(stage):
    await stage.finds(["<img src=https://a.cn/x>"])

    assert set(stage.asked) == {"https://a.cn/x"}


# ---------------------------------------------------------------- how texts come in, and what is asked of them


async def posted(community: Community, board: str, sources: Sequence[str]) -> list[str]:
    """The HTML that is served of each, published by as many members as its number takes."""
    authors = await community.crowd(-(-len(sources) // POSTS_A_MEMBER))
    shares = [sources[start : start + POSTS_A_MEMBER] for start in range(0, len(sources), POSTS_A_MEMBER)]
    served = await gather(*(_posted_by(author, board, share) for author, share in zip(authors, shares, strict=True)))
    return [html for share in served for html in share]


async def _posted_by(author: Actor, board: str, sources: Sequence[str]) -> list[str]:
    served: list[str] = []
    for start in range(0, len(sources), 3):
        three = [*sources[start : start + 3], "看", "看"][:3]
        inputs = [{"boardId": board, "body": body, "audience": "PUBLIC"} for body in three]
        payloads = await author.asks(POSTS, **dict(zip("abc", inputs, strict=True)))
        assert not any(payload["errors"] for payload in payloads.values()), payloads
        served += [payload["post"]["body"]["html"] for payload in payloads.values()]
    return served[: len(sources)]


def brought_in(sources: Sequence[str]) -> list[str]:
    """As the importer reads a body, and the API serves it."""
    return [served_html(render_html(source, Site.at(SITE)).html, SITE) for source in sources]


async def assert_silent(stage: Stage, served: Sequence[str], name: str) -> None:
    different = list(dict.fromkeys(served))

    found = await stage.finds(different)

    print(f"{name}: {len(served)} cases, {len(different)} different texts served, {len(found)} did anything")  # noqa: T201 - for -rP
    assert found == {}
    assert stage.asked == []
    assert await stage.strays() == []
