"""GraphiQL is served from our own files, obeys its policy in a real browser, and never leads outside its folder."""

import gzip
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import strawberry
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser, Page, expect
from yarl import URL

from tests.browser import chromium, needs_browser
from web.graphiql import graphiql_routes

BUILT = Path(__file__).parents[2] / "client" / "dist"
TELL_OF_VIOLATIONS = """
    addEventListener("securitypolicyviolation", event =>
        console.error(`${event.effectiveDirective} refused ${event.blockedURI}`))
"""

needs_build = pytest.mark.skipif(not BUILT.is_dir(), reason="client/dist is not built: run `make client`")


@strawberry.type
class Query:
    @strawberry.field
    def greeting(self, name: str) -> str:
        return f"你好，{name}"


SCHEMA = strawberry.Schema(Query)


async def answer(request: web.Request) -> web.Response:
    asked = await request.json()
    result = await SCHEMA.execute(asked["query"], asked.get("variables"))
    return web.json_response(
        {"data": result.data} | ({"errors": [error.formatted for error in result.errors]} if result.errors else {})
    )


@asynccontextmanager
async def serving(dist: Path) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes([*graphiql_routes(dist), web.post("/graphql", answer)])
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A build in miniature, with a file beside it that nobody may fetch."""
    (tmp_path / "secret.txt").write_text("secret")
    built = tmp_path / "dist"
    (built / "assets" / "folder").mkdir(parents=True)
    (built / "graphiql.html").write_text("<!doctype html><title>GraphiQL</title>")
    (built / "assets" / "page-Ab_1-x.js").write_text("export {}")
    (built / "assets" / "page-Ab_1-x.js.gz").write_bytes(gzip.compress(b"export {}"))
    (built / "assets" / ".hidden").write_text("secret")
    return built


async def test_page_is_sent_under_a_policy_that_names_its_own_origin_alone(dist: Path) -> None:
    async with serving(dist) as client:
        response = await client.get("/graphiql")

    assert response.status == 200
    assert response.content_type == "text/html"
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-cache"


async def test_assets_are_kept_for_a_year_and_bring_the_policy_for_workers(dist: Path) -> None:
    async with serving(dist) as client:
        page = await client.get("/graphiql")
        response = await client.get("/graphiql/assets/page-Ab_1-x.js")
        script = await response.text()

    assert response.status == 200
    assert script == "export {}"
    assert response.content_type in {"text/javascript", "application/javascript"}
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


async def test_assets_travel_zipped_to_browsers_that_take_it(dist: Path) -> None:
    async with serving(dist) as client:
        zipped = await client.get("/graphiql/assets/page-Ab_1-x.js", headers={"Accept-Encoding": "gzip"})
        plain = await client.get("/graphiql/assets/page-Ab_1-x.js", headers={"Accept-Encoding": "identity"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


async def test_missing_build_says_how_to_make_it_and_works_once_it_is_there(tmp_path: Path) -> None:
    async with serving(tmp_path / "dist") as client:
        missing = await client.get("/graphiql")
        text = await missing.text()
        asset = await client.get("/graphiql/assets/page.js")
        (tmp_path / "dist").mkdir()
        (tmp_path / "dist" / "graphiql.html").write_text("built")
        built = await client.get("/graphiql")

    assert missing.status == 503
    assert missing.content_type == "text/plain"
    assert "make client" in text
    assert missing.headers["Cache-Control"] == "no-store"
    assert asset.status == 404
    assert built.status == 200


@pytest.mark.parametrize(
    "path",
    [
        "../graphiql.html",
        "../../secret.txt",
        "..%2fgraphiql.html",
        "%2e%2e%2f%2e%2e%2fsecret.txt",
        "..%5c..%5csecret.txt",
        "..%252f..%252fsecret.txt",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "..",
        ".",
        "",
        ".hidden",
        "folder",
        "page-Ab_1-x.js%00",
        "page-Ab_1-x.js%0a",
        "page-Ab_1-x.js/",
        "absent.js",
        "%ff.js",
        "a" * 300,
    ],
)
async def test_nothing_but_the_files_of_the_build_is_served(dist: Path, path: str) -> None:
    async with serving(dist) as client:
        origin = str(client.make_url("/")).rstrip("/")
        response = await client.session.get(URL(f"{origin}/graphiql/assets/{path}", encoded=True))
        text = await response.text()

    assert response.status == 404
    assert "secret" not in text
    assert "root:" not in text


@needs_build
def test_every_zipped_copy_holds_what_its_neighbour_holds() -> None:
    copies = sorted((BUILT / "assets").glob("*.gz"))

    assert copies
    assert [
        copy.name for copy in copies if gzip.decompress(copy.read_bytes()) != copy.with_suffix("").read_bytes()
    ] == []


@needs_build
def test_page_and_styles_name_no_other_host() -> None:
    page = (BUILT / "graphiql.html").read_text()
    styles = "".join(path.read_text() for path in (BUILT / "assets").glob("*.css"))

    assert '<html lang="en">' in page
    assert "<title>GraphiQL · Veranda</title>" in page
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", page) == []
    assert re.findall(r"url\(['\"]?(?!/graphiql/assets/|data:)[^)]{0,80}|@import", styles) == []


class Visit:
    """A browser's page together with everything it asked for and complained of."""

    def __init__(self, page: Page):
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.context.on("weberror", lambda failure: self.complaints.append(str(failure.error)))
        page.context.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )

    def asked_elsewhere(self, origin: str) -> list[str]:
        return [url for url in self.asked if not url.startswith((f"{origin}/", "data:"))]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    context = await browser.new_context()
    await context.add_init_script(TELL_OF_VIOLATIONS)
    yield Visit(await context.new_page())
    await context.close()


@needs_build
@needs_browser
async def test_developer_runs_the_query_from_the_address_and_reads_the_answer(visit: Visit) -> None:
    async with serving(BUILT) as client:
        address = client.make_url("/graphiql").with_query(query='query Greet { greeting(name: "世界") }')

        async with visit.page.expect_worker(lambda worker: "graphql.worker" in worker.url):
            await visit.page.goto(str(address))
        await expect(visit.page.locator(".graphiql-query-editor")).to_contain_text("greeting")
        await visit.page.get_by_role("button", name="Execute query").click()

        await expect(visit.page.locator(".result-window")).to_contain_text('"你好，世界"')
        await visit.page.wait_for_load_state("networkidle")
        assert visit.asked_elsewhere(str(address.origin())) == []
        assert visit.complaints == []


@needs_build
@needs_browser
async def test_first_visit_shows_the_feed_query_and_leaves_nothing_behind(visit: Visit) -> None:
    async with serving(BUILT) as client:
        address = client.make_url("/graphiql")

        await visit.page.goto(str(address))

        await expect(visit.page.locator(".graphiql-query-editor")).to_contain_text("query Feed")
        await visit.page.wait_for_load_state("networkidle")
        assert await visit.page.evaluate("localStorage.length") == 0
        assert await visit.page.context.cookies() == []
        assert visit.asked_elsewhere(str(address.origin())) == []
        assert visit.complaints == []
