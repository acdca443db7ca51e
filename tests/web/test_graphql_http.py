"""The endpoint as clients meet it: media types, statuses, refusals, masking, persisted queries."""

import gzip
import hashlib
import json
import shutil
import time
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from graphql import get_introspection_query
from structlog.testing import capture_logs

from domain.errors import PublicFault
from tests.web.toy_schema import ToyContext, toy_app
from web.graphql_errors import without_echo
from web.lru_cache import LruCache
from web.media_types import GRAPHQL_RESPONSE, JSON, preferred

AUDITS = Path(__file__).parent / "audits"

Client = TestClient[web.Request, web.Application]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with TestClient(TestServer(toy_app())) as client:
        yield client


async def ask(client: Client, query: object, accept: str = GRAPHQL_RESPONSE, **parameters: object) -> ClientResponse:
    return await client.post("/graphql", json={"query": query, **parameters}, headers={"Accept": accept})


async def only_error(answer: ClientResponse) -> dict[str, object]:
    body = await answer.json(content_type=None)
    assert list(body) == ["errors"]
    (error,) = body["errors"]
    assert isinstance(error, dict)
    return error


def code_of(error: dict[str, object]) -> str:
    extensions = error["extensions"]
    assert isinstance(extensions, dict)
    return str(extensions["code"])


# ---------------------------------------------------------------- answers


async def test_an_answer_is_data_in_utf_8_that_nothing_may_keep(client: Client) -> None:
    answer = await ask(client, "{ hello }")

    assert answer.status == 200
    assert await answer.read() == '{"data":{"hello":"世界"}}'.encode()
    assert answer.headers["Content-Type"] == "application/graphql-response+json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Vary"] == "Accept, Accept-Language, Cookie, Authorization"


async def test_request_ids_are_ours_and_new_each_time(client: Client) -> None:
    answers = [
        await client.get("/graphql", params={"query": "{ hello }"}, headers={"X-Request-Id": "mine\r"[:4]})
        for _ in range(2)
    ]

    ids = {answer.headers["X-Request-Id"] for answer in answers}
    assert len(ids) == 2
    assert "mine" not in ids


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        ("Application/JSON; Charset=UTF-8", JSON),
        (f"{GRAPHQL_RESPONSE}, {JSON};q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.1, {JSON};q=0.9", JSON),
        (f"{GRAPHQL_RESPONSE}, {JSON}", GRAPHQL_RESPONSE),
        (f"{JSON}, {GRAPHQL_RESPONSE}", JSON),
        (f"*/*, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{JSON};q=0, */*", GRAPHQL_RESPONSE),
        (
            "application/graphql-response+json, application/graphql+json, application/json, text/event-stream",
            GRAPHQL_RESPONSE,
        ),
        ("text/html, */*;q=0.1", JSON),
        ("text/html", None),
        (f"{JSON};q=0", None),
        (f"{JSON};charset=latin-1", None),
        (f"{JSON};q=lots", None),
        (";;,,;q", None),
    ],
)
def test_the_accept_header_chooses_the_media_type(accept: str, answered: str | None) -> None:
    assert preferred(accept) == answered


async def test_a_type_that_is_not_offered_is_406(client: Client) -> None:
    answer = await ask(client, "{ hello }", accept="text/html")

    assert answer.status == 406
    assert code_of(await only_error(answer)) == "BAD_REQUEST"


# ---------------------------------------------------------------- mistakes of the client

MISTAKES = [
    ("{", {}, "GRAPHQL_PARSE_FAILED"),
    ("", {}, "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("{ echo }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query ($text: String!) { echo(text: $text) }", {}, "BAD_USER_INPUT"),
    ("query ($text: String!) { echo(text: $text) }", {"text": 1}, "BAD_USER_INPUT"),
    ("query ($day: Day!) { tomorrow(day: $day) }", {"day": "never"}, "BAD_USER_INPUT"),
    ("query ($target: Target!) { viewAs(target: $target) }", {"target": {}}, "BAD_USER_INPUT"),
    ("{ viewAs(target: {handle: $nobody}) }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("query A { hello } query B { hello }", {}, "OPERATION_RESOLUTION_FAILURE"),
    ("subscription { hello }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ("{ " + "hello " * 1_000 + "}", {}, "OPERATION_TOO_LARGE"),
    ("#\n" * 201 + "{ hello }", {}, "OPERATION_TOO_LARGE"),
    ('{ echo(text: "' + "x" * 65_536 + '") }', {}, "OPERATION_TOO_LARGE"),
    (
        "query ($n: Int) { feed(first: $n) { nodes { author { posts(first: $n) { nodes { id } } } } } }",
        {"n": 100},
        "OPERATION_TOO_LARGE",
    ),
    ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * 101}, "OPERATION_TOO_LARGE"),
    ("{ hello }", {"unused": [[""] * 1_000, [""] * 1_000]}, "OPERATION_TOO_LARGE"),
]


@pytest.mark.parametrize(("query", "variables", "code"), MISTAKES)
async def test_a_refused_operation_is_400_or_for_old_clients_200(
    client: Client, query: str, variables: dict[str, object], code: str
) -> None:
    new = await ask(client, query, variables=variables)
    old = await ask(client, query, accept=JSON, variables=variables)

    assert (new.status, old.status) == (400, 200)
    assert code_of((await new.json(content_type=None))["errors"][0]) == code
    assert (await new.read()) == (await old.read())
    assert "data" not in await old.json()


async def test_a_refusal_names_the_operation_that_was_meant(client: Client) -> None:
    text = 'query A { hello } query B { echo(text: "b") }'

    assert await (await ask(client, text, operationName="B")).json(content_type=None) == {"data": {"echo": "b"}}
    assert code_of(await only_error(await ask(client, text, operationName="C"))) == "OPERATION_RESOLUTION_FAILURE"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'"x"',
        b"null",
        b"12",
        b"{",
        b"\xff\xfe",
        b'{"query": "\\ud800"}',
        b'{"query": {}}',
        b'{"query": null}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": "{}"}',
        b'{"query": "{ hello }", "extensions": 1}',
        b'{"query": "{ hello }", "operationName": 1}',
        b'[{"query": "{ hello }"}]',
        b'{"query": "{ hello }", "variables": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    ],
)
async def test_a_body_that_is_no_request_is_400_for_all_clients(client: Client, body: bytes) -> None:
    for accept in (JSON, GRAPHQL_RESPONSE):
        answer = await client.post("/graphql", data=body, headers={"Content-Type": JSON, "Accept": accept})

        assert answer.status == 400
        assert code_of(await only_error(answer)) == "BAD_REQUEST"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=latin-1", ""],
)
async def test_only_json_is_read_so_that_no_other_site_can_post_a_form(client: Client, content_type: str) -> None:
    answer = await client.post("/graphql", data=b'{"query": "{ hello }"}', headers={"Content-Type": content_type})

    assert answer.status == 415
    assert answer.headers["Accept"] == JSON


async def test_compressed_bodies_are_not_read(client: Client) -> None:
    answer = await client.post(
        "/graphql",
        data=gzip.compress(b'{"query": "{ hello }"}'),
        headers={"Content-Type": JSON, "Content-Encoding": "gzip"},
    )

    assert answer.status == 415
    assert answer.headers["Accept-Encoding"] == "identity"


async def test_long_bodies_are_413_whether_or_not_they_say_so(client: Client) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b" " * 1_024

    announced = await client.post("/graphql", data=b" " * 300_000, headers={"Content-Type": JSON})
    streamed = await client.post("/graphql", data=in_pieces(), headers={"Content-Type": JSON})

    assert (announced.status, streamed.status) == (413, 413)
    assert code_of(await only_error(streamed)) == "BAD_REQUEST"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_405(client: Client, method: str) -> None:
    answer = await client.request(method, "/graphql")

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (
            "Variable '$v' has invalid value: String cannot represent a non string value: {'a': None}",
            "Variable '$v' has invalid value: String cannot represent a non string value.",
        ),
        (
            "Variable '$v' has invalid value: Expected value of type 'Day', but encountered error 'x'; found: 'x'.",
            "Variable '$v' has invalid value: Expected value of type 'Day'.",
        ),
        (
            "Expected value of type 'I' to include required field 'a', found: {'b': 1}.",
            "Expected value of type 'I' to include required field 'a'.",
        ),
        (
            "Variable '$v' has invalid value: Expected value of non-null type 'String!' not to be None.",
            "Variable '$v' has invalid value: Expected value of non-null type 'String!' not to be null.",
        ),
    ],
)
def test_messages_do_not_repeat_what_was_sent(field: str, sentence: str) -> None:
    assert without_echo(field) == sentence


async def test_a_refused_variable_does_not_repeat_the_password(client: Client) -> None:
    answer = await ask(
        client,
        "mutation ($input: SignInInput!) { signIn(input: $input) }",
        variables={"input": {"password": "hunter2", "login": 7, "extra": True}},
    )

    text = await answer.text()
    assert answer.status == 400
    assert "hunter2" not in text
    assert "True" not in text


async def test_field_names_are_not_suggested(client: Client) -> None:
    error = await only_error(await ask(client, "{ helo }"))

    assert error["message"] == "Cannot query field 'helo' on type 'Query'."


# ---------------------------------------------------------------- faults of ours


async def test_an_exception_is_masked_and_logged_under_the_request_id(client: Client) -> None:
    with capture_logs() as lines:
        answer = await ask(client, "{ hello boom }")

    body = await answer.json(content_type=None)
    request_id = answer.headers["X-Request-Id"]
    assert answer.status == 200
    assert list(body) == ["data", "errors"]
    assert body == {
        "data": {"hello": "世界", "boom": None},
        "errors": [
            {
                "message": "Something went wrong on our side. The request id helps us find it.",
                "locations": [{"line": 1, "column": 9}],
                "path": ["boom"],
                "extensions": {"code": "INTERNAL", "requestId": request_id},
            }
        ],
    }
    assert [(line["event"], line["request_id"], str(line["exc_info"])) for line in lines] == [
        ("graphql.field_failed", request_id, "the password is hunter2")
    ]


async def test_null_data_is_an_answer_too(client: Client) -> None:
    with capture_logs():
        answer = await ask(client, "{ mustBoom }")

    assert answer.status == 200
    assert (await answer.json(content_type=None))["data"] is None


async def test_a_value_that_the_schema_cannot_print_is_masked(client: Client) -> None:
    with capture_logs():
        answer = await ask(client, "{ count }")

    assert "hunter2" not in await answer.text()
    assert code_of((await answer.json(content_type=None))["errors"][0]) == "INTERNAL"


async def test_a_public_fault_is_told(client: Client) -> None:
    answer = await ask(client, "{ away }")

    assert (await answer.json(content_type=None))["errors"] == [
        {
            "message": "Search is away for a moment.",
            "locations": [{"line": 1, "column": 3}],
            "path": ["away"],
            "extensions": {"code": "UNAVAILABLE"},
        }
    ]


async def test_an_argument_that_is_wrong_only_at_run_time_is_the_clients(client: Client) -> None:
    answer = await ask(client, 'query ($a: String = "x") { echo(text: $a) }', variables={"a": None})

    assert code_of((await answer.json(content_type=None))["errors"][0]) == "BAD_USER_INPUT"


async def test_faults_while_finding_out_who_asks_end_the_request() -> None:
    async def unavailable(_request: web.Request) -> ToyContext:
        raise PublicFault("UNAVAILABLE", "Try again in a moment.")

    async def broken(_request: web.Request) -> ToyContext:
        raise RuntimeError("hunter2")

    async with TestClient(TestServer(toy_app(unavailable))) as client:
        answer = await ask(client, "{ hello }", accept=JSON)
        assert answer.status == 503
        assert await only_error(answer) == {"message": "Try again in a moment.", "extensions": {"code": "UNAVAILABLE"}}

    async with TestClient(TestServer(toy_app(broken))) as client:
        with capture_logs() as lines:
            answer = await ask(client, "{ hello }")
        assert answer.status == 500
        assert code_of(await only_error(answer)) == "INTERNAL"
        assert [line["event"] for line in lines] == ["graphql.request_failed"]


# ---------------------------------------------------------------- GET, cookies, persisted queries


async def test_get_reads_and_never_writes(client: Client) -> None:
    reading = await client.get(
        "/graphql", params={"query": "query ($t: String!) { echo(text: $t) }", "variables": '{"t": "中文"}'}
    )
    writing = await client.get("/graphql", params={"query": 'mutation { signIn(input: {login: "a", password: "b"}) }'})

    assert await reading.json() == {"data": {"echo": "中文"}}
    assert writing.status == 405
    assert writing.headers["Allow"] == "POST"
    assert "Set-Cookie" not in writing.headers


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=",
        "query={hello}&variables=x",
        "query={hello}&variables=[]",
        "query={hello}&extensions=%ED%A0%80",
        "variables=%ff",
    ],
)
async def test_get_without_a_proper_request_is_400(client: Client, query_string: str) -> None:
    answer = await client.get("/graphql?" + query_string)

    assert answer.status == 400


async def test_a_mutation_may_set_a_cookie(client: Client) -> None:
    answer = await ask(client, 'mutation { signIn(input: {login: "ann", password: "b"}) }')

    assert answer.cookies["session"].value == "ann"


HELLO = "{ hello }"
HASH = hashlib.sha256(HELLO.encode()).hexdigest()


def persisted(digest: object = HASH, version: object = 1) -> dict[str, object]:
    return {"persistedQuery": {"version": version, "sha256Hash": digest}}


async def test_a_query_is_sent_once_and_then_named_by_its_hash(client: Client) -> None:
    unknown = await client.post("/graphql", json={"extensions": persisted()})
    first = await client.post("/graphql", json={"query": HELLO, "extensions": persisted()})
    later = await client.get("/graphql", params={"extensions": json.dumps(persisted())})

    assert unknown.status == 200
    assert await only_error(unknown) == {
        "message": "PersistedQueryNotFound",
        "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
    }
    assert await first.json() == await later.json() == {"data": {"hello": "世界"}}


async def test_a_text_under_another_ones_hash_is_refused_and_not_kept(client: Client) -> None:
    wrong = await client.post("/graphql", json={"query": "{ boom }", "extensions": persisted()})
    after = await client.post("/graphql", json={"extensions": persisted()})

    assert code_of(await only_error(wrong)) == "BAD_USER_INPUT"
    assert code_of(await only_error(after)) == "PERSISTED_QUERY_NOT_FOUND"


async def test_an_invalid_text_is_not_kept(client: Client) -> None:
    digest = hashlib.sha256(b"{ nothing }").hexdigest()

    await client.post("/graphql", json={"query": "{ nothing }", "extensions": persisted(digest)})
    after = await client.post("/graphql", json={"extensions": persisted(digest)})

    assert code_of(await only_error(after)) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "extension",
    [
        1,
        None,
        {},
        {"version": 2, "sha256Hash": HASH},
        {"version": 1, "sha256Hash": "x"},
        {"version": 1, "sha256Hash": 5},
    ],
)
async def test_a_malformed_persisted_query_is_400(client: Client, extension: object) -> None:
    answer = await client.post("/graphql", json={"query": HELLO, "extensions": {"persistedQuery": extension}})

    assert answer.status == 400


def test_what_is_kept_is_bounded_by_number_and_weight() -> None:
    recent: LruCache[str] = LruCache(max_entries=2, max_weight=10)

    for key, weight in (("a", 4), ("b", 4), ("c", 4), ("huge", 11)):
        recent.keep(key, key.upper(), weight)
    assert [recent.get(key) for key in ("a", "b", "c", "huge")] == [None, "B", "C", None]

    recent.keep("c", "C2", 9)
    assert [recent.get(key) for key in ("b", "c")] == [None, "C2"]


# ---------------------------------------------------------------- cost


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("introspection", get_introspection_query()),
        (
            "a full page of pages",
            "{ feed(first: 28) { nodes { author { posts(first: 100) { nodes { id title } } } } } }",
        ),
        (
            "30 aliases of a page",
            "{ " + " ".join(f"a{n}: feed(first: 80) {{ nodes {{ id title }} }}" for n in range(30)) + " }",
        ),
        (
            "30 aliases of what is awaited, 100 times",
            "{ feed(first: 100) { nodes { " + " ".join(f"a{n}: author {{ handle }}" for n in range(30)) + " } } }",
        ),
    ],
)
async def test_the_largest_permitted_operations_stay_cheap(client: Client, name: str, query: str) -> None:
    started = time.process_time()
    answer = await ask(client, query)
    milliseconds = (time.process_time() - started) * 1_000

    print(f"{milliseconds:.0f} ms of CPU: {name}")  # noqa: T201 - for -rP
    assert answer.status == 200
    assert milliseconds < 1_000


# ---------------------------------------------------------------- conformance


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.skipif(not (AUDITS / "node_modules").is_dir(), reason="`make clients` has not installed the audits")
async def test_every_graphql_over_http_audit_passes_without_a_warning(client: Client) -> None:
    process = await create_subprocess_exec(
        "node", "audit.js", str(client.make_url("/graphql")), cwd=AUDITS, stdout=PIPE
    )
    output, _ = await process.communicate()

    audits = json.loads(output)
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == 61
