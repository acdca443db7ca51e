"""What the README shows is what a reader gets: its curl, its answer, its snippets."""

import asyncio
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from aiohttp.test_utils import TestServer

from accounts.sms import FileSms
from demo.seed_once import seed
from demo.startup_banner import FIRST_QUERY, first_curl
from domain.clock_and_random import SystemClock
from settings import Settings
from web.application import build_application

ROOT = Path(__file__).parents[1]
ADDRESS = "http://127.0.0.1:8000"
CLIENTS = ROOT / "tests" / "clients"


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    return [dedent(block) for block in found]


@pytest.fixture
def clock():
    """The demo counts back from now, and idempotency keys must not have expired."""
    return SystemClock()


@pytest.fixture
async def served(app_services, tmp_path):
    """The address of a service with the demo inside."""
    await seed(app_services.accounts, app_services.content.site)
    async with TestServer(build_application(Settings(data_dir=tmp_path), app_services)) as server:
        yield str(server.make_url("")).rstrip("/")


async def run(*command: str, folder: Path = ROOT) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return told.decode()


def test_the_readme_s_curl_is_the_one_that_make_run_prints():
    [shown] = blocks("bash")

    assert shown.strip() == first_curl(ADDRESS)
    assert FIRST_QUERY in shown


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_the_readme_s_curl_gives_the_readme_s_answer(served):
    [shown], [answer] = blocks("bash"), blocks("json")

    told = await run("bash", "-c", shown.replace(ADDRESS, served).replace("python3", sys.executable))

    assert json.loads(told) == json.loads(answer)


async def test_the_gql_snippet_runs(served, tmp_path):
    [snippet] = blocks("python")
    file = tmp_path / "snippet.py"
    file.write_text(snippet.replace(ADDRESS, served))

    told = await run(sys.executable, str(file))

    assert "'viewer': {'member': {'handle': 'linxi'}}" in told


@pytest.fixture
async def served_from(app_services, tmp_path):
    """The service with the demo inside, whose codes go to a file as those of `make run` do."""
    settings = Settings(data_dir=tmp_path / "var")
    sms = FileSms(settings.data_dir / "outbox" / "sms.jsonl")
    services = replace(app_services, accounts=replace(app_services.accounts, sms=sms))
    await seed(services.accounts, services.content.site)
    async with TestServer(build_application(settings, services)) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_the_tutorial_shows_what_it_says(served_from, tmp_path):
    steps = "".join(blocks("sh")).replace(ADDRESS, served_from)

    told = await run("bash", "-euc", steps, folder=tmp_path)

    # One line an answer: code, member, place, audience, post, read, audience, read again.
    code, member, place, opened, post, read, narrowed, again = map(json.loads, told.replace("}{", "}\n{").splitlines())
    assert code["data"]["requestCode"]["errors"] == []
    assert member["data"]["register"] == {"viewer": {"member": {"handle": "newcomer"}}, "errors": []}
    assert place["data"]["updateProfile"]["errors"] == []
    assert opened["data"]["updateFieldAudiences"]["errors"] == narrowed["data"]["updateFieldAudiences"]["errors"] == []
    assert len(post["data"]["createPost"]["notices"]) == 2
    [shown] = read["data"]["feed"]["nodes"]
    assert (shown["title"], shown["byline"]) == ("Hello", {"location": "Chengdu"})
    assert "/leave?to=https%3A%2F%2Fexample.com%2F" in shown["body"]["html"]
    assert again["data"]["feed"]["nodes"] == [{"title": "Hello", "byline": {"location": None}}]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
@pytest.mark.skipif(not (CLIENTS / "node_modules").exists(), reason="`make clients` has not installed urql and Apollo")
@pytest.mark.parametrize(("which", "expected"), [(0, "这条“银行”短信，我差点点了"), (1, "林溪")])
async def test_the_browser_clients_snippets_run(served, which, expected):
    snippet = blocks("js")[which].replace(ADDRESS, served)

    told = await run("node", "--input-type=module", "--eval", snippet, folder=CLIENTS)

    assert told.strip() == expected
