"""Metrics: how far the workers are behind, on loopback alone and nowhere else."""

import re
from datetime import timedelta

import pytest
from aiohttp import ClientConnectionError, ClientSession
from aiohttp.test_utils import TestClient, TestServer, unused_port

from domain.ids import DecisionId
from domain.sanctions import AccountStatus, Sanction
from stores.sanctions import sanction_document
from tests import factories
from web.metrics import metrics_application, serving_metrics


@pytest.fixture
def gauges(app_services):
    """Every gauge by its name, without its unit's prefix."""

    async def read():
        server = TestServer(metrics_application(app_services.core))
        async with TestClient(server) as client, client.get("/metrics") as response:
            assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
            found = re.findall(r"^veranda_(\w+) (\S+)$", await response.text(), re.MULTILINE)
        return {name: float(value) for name, value in found}

    return read


NAMED = {"127.0.0.1:9100": 200, "localhost": 200, "rebound.example:9100": 421}


async def test_where_nothing_waits_all_are_zero(gauges):
    assert await gauges() == {
        "outbox_rows": 0,
        "outbox_lag_seconds": 0,
        "letters_rows": 0,
        "letters_lag_seconds": 0,
        "audit_unsealed_rows": 0,
        "audit_unsealed_lag_seconds": 0,
        "sanctions_ended_rows": 0,
        "sanctions_ended_lag_seconds": 0,
    }


async def test_what_waits_is_counted_and_the_lag_is_the_oldest_one_s(gauges, stores, clock):
    now, database = clock.now(), stores.database
    ages = [timedelta(seconds=seconds) for seconds in (90, 30)]
    await database["outbox"].insert_many([{"decision": "dcn_", "at": now - age} for age in ages])
    later = {"kind": "letter", "at": now, "dueAt": now + timedelta(hours=1)}
    await database["outbox"].insert_many([{"kind": "letter", "at": now, "dueAt": now - ages[1]}, later])
    await database["audit"].insert_many([{"at": now - age} for age in ages])
    await database["audit"].insert_one({"at": now - timedelta(days=1), "seq": 1})
    member = await factories.member(stores, "ann")
    ended = Sanction(AccountStatus.MUTED, DecisionId("dcn_ended___________"), now - ages[0])
    await database["members"].update_one({"_id": member}, {"$set": {"sanction": sanction_document(ended)}})

    found = await gauges()

    assert {name: round(value) for name, value in found.items()} == {
        "outbox_rows": 2,
        "outbox_lag_seconds": 90,
        "letters_rows": 1,
        "letters_lag_seconds": 30,
        "audit_unsealed_rows": 2,
        "audit_unsealed_lag_seconds": 90,
        "sanctions_ended_rows": 1,
        "sanctions_ended_lag_seconds": 90,
    }


async def test_they_are_served_on_a_port_of_their_own_while_it_is_named(app_services):
    port = unused_port()
    address = f"http://127.0.0.1:{port}/metrics"
    async with ClientSession() as client:
        async with serving_metrics(port, app_services.core), client.get(address) as response:
            assert response.status == 200
        async with serving_metrics(None, app_services.core):
            with pytest.raises(ClientConnectionError):
                await client.get(address)


async def test_they_are_for_whoever_asks_by_the_machine_s_own_name(app_services):
    async with TestClient(TestServer(metrics_application(app_services.core))) as client:
        asked = {name: (await client.get("/metrics", headers={"Host": name})).status for name in NAMED}

    assert asked == NAMED


async def test_the_public_port_knows_nothing_of_them(client):
    async with client.get("/metrics") as response:
        assert response.status == 404
