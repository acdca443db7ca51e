"""Every answer carries a request id, so that a person's report of a fault finds the line in the log."""

import pytest
import structlog

#: The last leads nowhere, and aiohttp answers it by itself; POST is not for /healthz.
ANSWERED = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/leave?to=https%3A%2F%2Fexample.com%2F", 200),
    ("GET", "/leave", 400),
    ("GET", "/graphiql/assets/none.js", 404),
    ("GET", "/graphql?query={__typename}", 200),
    ("POST", "/graphql", 415),
    ("POST", "/healthz", 405),
    ("GET", "/", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERED)
async def test_every_answer_has_a_request_id_of_ours(client, method, path, status):
    answers = [await client.request(method, path, headers={"X-Request-Id": "mine"}) for _ in range(2)]

    ids = {answer.headers["X-Request-Id"] for answer in answers}
    assert [answer.status for answer in answers] == [status, status]
    assert len(ids) == 2
    assert {len(each) for each in ids} == {16}
    assert "mine" not in ids


async def test_the_answer_to_a_fault_of_ours_has_the_id_of_its_log_lines(client, monkeypatch):
    seen = []

    async def fails(_stores):
        seen.append(structlog.contextvars.get_contextvars()["request_id"])
        raise RuntimeError("planted")

    monkeypatch.setattr("stores.connections.Stores.unreachable", fails)

    answer = await client.get("/readyz")

    assert answer.status == 500
    assert seen == [answer.headers["X-Request-Id"]]
