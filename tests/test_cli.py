"""The commands as they are typed: what they do, and that what goes wrong is one line and no traceback."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli import main
from commands.visibility_page import visibility_page
from domain.ids import BoardId
from domain.months import month_of
from domain.rich_text import HostVerdict
from graph.schema import SCHEMA
from stores.boards import board_document
from stores.connections import Stores, bind
from stores.engines import Engines
from stores.migrations import pending
from stores.vault import Vault
from tests import factories
from tests.clock_and_random import START
from tests.conftest import SECRET, SITE

ROOT = Path(__file__).parents[1]
DATABASE = "veranda_commands"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    told: str
    complaint: str


async def start(environment: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    """A command as a process of its own, as it is typed."""
    return await asyncio.create_subprocess_exec(
        sys.executable, ROOT / "cli.py", *arguments, env=environment, stdout=PIPE, stderr=PIPE
    )


async def run(environment: dict[str, str], *arguments: str) -> Ended:
    process = await start(environment, *arguments)
    told, complaint = await process.communicate()
    return Ended(process.returncode or 0, told.decode(), complaint.decode())


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """An environment in which no engine runs, and none can be reached."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERANDA_", "MONGODB_", "REDIS_"))
    }
    return kept | {"VERANDA_DATA_DIR": str(tmp_path / "var"), "VERANDA_PUBLIC_URL": SITE}


@pytest.fixture
def typed(alone, monkeypatch, capfd) -> Callable[..., Ended]:
    """Runs a command that ends before it needs an engine, here and so at once."""

    def run_here(settings: dict[str, str], *arguments: str) -> Ended:
        for name in os.environ:
            if name not in alone:
                monkeypatch.delenv(name)
        for name, value in (alone | settings).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["cli.py", *arguments])
        try:
            code = main()
        except SystemExit as ending:
            code = int(ending.code or 0)
        return Ended(code, *capfd.readouterr())

    return run_here


@pytest.fixture
def environment(alone: dict[str, str], engines: Engines) -> dict[str, str]:
    """The tests' engines, by the variables that name servers, and a database of its own."""
    return alone | {
        "MONGODB_URI": engines.mongodb_uri.replace("/?", f"/{DATABASE}?"),
        "REDIS_URL": engines.redis_url,
        "VERANDA_SECRET_KEY": SECRET,
    }


@pytest.fixture
async def services(opened_stores: Stores) -> AsyncIterator[Stores]:
    """The commands' database, dropped afterwards."""
    client = opened_stores.database.client
    yield bind(client[DATABASE], opened_stores.redis, Vault(SECRET))
    await client.drop_database(DATABASE)


def write_users(folder: Path, count: int) -> Path:
    folder.mkdir()
    rows = [
        f'<row Id="{number}" DisplayName="User {number}" CreationDate="2018-02-06T20:19:50" />'
        for number in range(count)
    ]
    (folder / "Users.xml").write_text("\n".join(["<users>", *rows, "</users>"]))
    (folder / "Posts.xml").write_text(
        '<posts>\n<row Id="1" PostTypeId="1" OwnerUserId="1" Title="问" Body="&lt;p&gt;好&lt;/p&gt;"'
        ' CreationDate="2018-02-06T20:19:50" />\n<row Id="2"\n</posts>\n'
    )
    (folder / "Comments.xml").write_text("<comments>\n</comments>\n")
    return folder


# ---------------------------------------------------------------- what they do


async def test_the_schema_is_printed_without_any_engine(alone):
    ended = await run(alone | {"PYTHONIOENCODING": "ascii"}, "print-schema")

    assert (ended.code, ended.told, ended.complaint) == (0, SCHEMA.as_str() + "\n", "")


async def test_who_sees_what_is_printed_without_any_engine(alone):
    ended = await run(alone | {"PYTHONIOENCODING": "ascii"}, "print-visibility")

    proof = (ROOT / "docs" / "proof.md").read_text(encoding="utf-8")
    assert (ended.code, ended.told, ended.complaint) == (0, visibility_page(proof) + "\n", "")


async def test_a_dump_is_imported_told_and_found_again(environment, services, tmp_path):
    dump = write_users(tmp_path / "My Dump (2021)", 3)

    first = await run(environment, "import-stackexchange", str(dump), "--title", "旧帖")
    again = await run(environment, "import-stackexchange", str(dump), "--title", "旧帖")

    assert (first.code, again.code) == (0, 0)
    assert "Posts.xml:3: is not well-formed" in first.complaint
    assert "Posts.xml:3: is not well-formed" in again.complaint
    board = await services.database["boards"].find_one({})
    assert (board["slug"], board["title"]) == ("my-dump-2021", "旧帖")
    assert await services.database["members"].count_documents({}) == 3
    assert await services.database["posts"].count_documents({"board": board["_id"], "audience": "PUBLIC"}) == 1


async def test_an_import_that_is_killed_goes_on_when_it_is_run_again(environment, services, tmp_path):
    dump = write_users(tmp_path / "dump", 4_000)
    killed = await start(environment, "import-stackexchange", str(dump))
    async with asyncio.timeout(60):
        while await services.database["members"].count_documents({}) == 0:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
    killed.kill()
    await killed.communicate()
    half_way = await services.database["members"].count_documents({})

    ended = await run(environment, "import-stackexchange", str(dump))

    assert 0 < half_way < 4_000
    assert half_way % 200 == 0
    assert ended.code == 0
    assert await services.database["members"].count_documents({}) == 4_000
    assert len(await services.database["members"].distinct("handle")) == 4_000
    assert await services.database["claims"].count_documents({"_id": {"$regex": "^import:dump:user:"}}) == 4_000


async def test_a_member_is_promoted_and_nobody_else(environment, services):
    await services.database["members"].insert_many(
        [{"_id": name, "handle": name, "role": "MEMBER", "createdAt": START} for name in ("ann", "bob")]
    )

    ended, unknown = await asyncio.gather(
        run(environment, "promote", "ANN", "--role", "moderator"), run(environment, "promote", "eve", "--role", "admin")
    )

    assert (ended.code, ended.told) == (0, "ann is MODERATOR now.\n")
    roles = {row["_id"]: row["role"] async for row in services.database["members"].find()}
    assert roles == {"ann": "MODERATOR", "bob": "MEMBER"}
    assert (unknown.code, unknown.told) == (1, "")
    assert unknown.complaint.endswith(
        "Veranda: There is no member 'eve': give the handle, not the display name, or register first.\n"
    )


async def test_a_member_gets_boards_to_moderate_and_loses_them(environment, services):
    await services.database["members"].insert_one({"_id": "kim", "handle": "kim", "role": "MEMBER", "createdAt": START})
    for slug in ("talk", "garden"):
        board = replace(factories.DISCUSSION, id=BoardId(f"brd_{slug}"), slug=slug)
        await services.database["boards"].insert_one(board_document(board))

    async def office() -> tuple[str, list[str]]:
        row = await services.database["members"].find_one({"_id": "kim"})
        return row["role"], row["moderates"]

    given = await run(
        environment, "promote", "KIM", "--role", "moderator", "--board", "talk", "--board", "garden", "--board", "talk"
    )
    assert (given.code, given.told) == (0, "kim is MODERATOR of talk, garden now.\n")
    assert await office() == ("MEMBER", ["brd_talk", "brd_garden"])

    taken = await run(environment, "demote", "kim", "--board", "talk")
    assert (taken.code, taken.told) == (0, "kim is not MODERATOR of talk now.\n")
    assert await office() == ("MEMBER", ["brd_garden"])

    unknown = await run(environment, "demote", "kim", "--board", "nowhere")
    assert (unknown.code, unknown.told) == (1, "")
    assert unknown.complaint.endswith("Veranda: There is no discussion board 'nowhere': give its name in addresses.\n")
    assert await office() == ("MEMBER", ["brd_garden"])

    await run(environment, "promote", "kim", "--role", "admin")
    all_taken = await run(environment, "demote", "kim")
    assert (all_taken.code, all_taken.told) == (0, "kim is MEMBER now.\n")
    assert await office() == ("MEMBER", [])

    rows = await services.database["audit"].find({}).sort("at").to_list()
    assert [(row["kind"], row["actor"], row["subject"], row.get("role"), row.get("boards")) for row in rows] == [
        ("member.APPOINTED", None, "kim", None, ["brd_talk", "brd_garden"]),
        ("member.DISMISSED", None, "kim", None, ["brd_talk"]),
        ("member.APPOINTED", None, "kim", "ADMIN", None),
        ("member.DISMISSED", None, "kim", "MEMBER", ["brd_garden"]),
    ]


MIGRATED = (
    "0001-layout",
    "0002-message-boards",
    "0003-shelves",
    "0004-cases",
    "0005-host-lists",
    "0006-queue",
    "0007-boards",
    "0008-edits",
    "0009-free-cases",
    "0010-log-of-members",
)


async def test_migrations_are_shown_before_they_run_and_run_once(environment, services):
    shown = await run(environment, "migrate", "--dry-run")
    names = await services.database.list_collection_names()
    ran = await run(environment, "migrate")
    left = await pending(services.database)

    assert (shown.code, shown.told) == (
        0,
        "".join(f"would run {name}\n" for name in MIGRATED) + f"{len(MIGRATED)} would run.\n",
    )
    assert names == []
    assert (ran.code, ran.told) == (0, "".join(f"ran {name}\n" for name in MIGRATED) + f"{len(MIGRATED)} ran.\n")
    assert left == []


async def test_a_host_is_judged_by_its_ascii_name(environment, services):
    ended = await run(environment, "judge-host", "例子.中国.", "--verdict", "blocked", "--reason", "钓鱼网站")

    assert (ended.code, ended.told) == (0, "xn--fsqu00a.xn--fiqs8s: blocked\n")
    [listed] = await services.hosts.in_force(["HOST:xn--fsqu00a.xn--fiqs8s"], datetime.now(UTC))
    assert (listed.verdict, listed.reason, listed.decided_by) == (HostVerdict.BLOCKED, "钓鱼网站", None)
    await run(environment, "judge-host", "例子.中国", "--verdict", "none", "--reason", "误判")
    assert await services.hosts.in_force(["HOST:xn--fsqu00a.xn--fiqs8s"], datetime.now(UTC)) == []
    rows = await services.database["audit"].find({}, {"_id": 0, "kind": 1, "actor": 1, "host": 1}).sort("at").to_list()
    assert rows == [
        {"kind": kind, "actor": None, "host": "xn--fsqu00a.xn--fiqs8s"} for kind in ("host.BLOCKED", "host.TAKEN_BACK")
    ]


async def test_a_transparency_report_is_written_as_json_and_drawn(environment, services, tmp_path):
    rows = [
        {
            "subject": f"mbr_{member}",
            "action": "REMOVE",
            "reason": "SPAM",
            "audience": "PUBLIC",
            "decidedAt": datetime(2020, 2, 28, tzinfo=UTC),
        }
        for member in range(10)
    ]
    await services.prepare()
    await services.database["decisions"].insert_many(rows)
    months = ("--from", "2020-01", "--to", "2020-03")
    out, picture = tmp_path / "report.json", tmp_path / "report.svg"

    told = await run(environment, "transparency-report", *months)
    written = await run(environment, "transparency-report", *months, "--out", str(out), "--picture", str(picture))

    assert told.code == written.code == 0, told.complaint + written.complaint
    assert "Counting months" in told.complaint
    report = json.loads(told.told)
    assert (report["from"], report["to"]) == ("2020-01", "2020-03")
    assert [(group["month"], group["decisions"]) for group in report["decisions"]] == [("2020-02", 10)]
    assert (report["appeals"], report["reports"]) == ([], [])
    assert (written.told, json.loads(out.read_bytes())) == ("", report)
    assert b"2020-02" in picture.read_bytes()


async def test_a_transparency_report_is_about_the_last_twelve_months_that_are_over(environment, services):
    """Before anything was ever stored."""
    told = await run(environment, "transparency-report")

    assert told.code == 0, told.complaint
    report, over = json.loads(told.told), month_of(datetime.now(UTC)).later(-1)
    assert (report["from"], report["to"]) == (str(over.later(-11)), str(over))
    assert await services.database.list_collection_names() == []


def test_pictures_need_what_the_service_does_without(typed, monkeypatch):
    monkeypatch.delitem(sys.modules, "commands.transparency_chart", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    ended = typed({}, "transparency-report", "--picture", "report.svg")

    assert (ended.code, ended.told) == (1, "")
    assert "pip install --require-hashes -r requirements-pictures.txt" in ended.complaint


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "complaint"),
    [
        (["judge-host", "https://a.example/"], {}, 1, "give only the host"),
        (["judge-host", "a.example/path"], {}, 1, "give only the host"),
        (["judge-host", "user@a.example"], {}, 1, "give only the host"),
        (["judge-host", "a.example:8080"], {}, 1, "give only the host"),
        (["judge-host", "a b.example"], {}, 1, "give only the host"),
        (["judge-host", ""], {}, 1, "give only the host"),
        (["judge-host", "veranda.example"], {}, 1, "is this site and cannot be listed"),
        (["judge-host", "github.io", "--scope", "domain"], {}, 1, "have different owners"),
        (["judge-host", "a.example"], {"MONGODB_URI": "mongodb://127.0.0.1:9/"}, 1, "VERANDA_SECRET_KEY is required"),
        (["promote", "ann"], {"VERANDA_PORT": "many"}, 1, "VERANDA_PORT: Input should be a valid integer"),
        (["promote", "ann"], {"VERANDA_PUBLIC_URL": "https://a.example/path"}, 1, "VERANDA_PUBLIC_URL must be"),
        (["promote", "a!"], {}, 1, "A handle has 2 to 24 letters"),
        (["promote", "ann", "--role", "king"], {}, 2, "'king' is not one of"),
        (["transparency-report", "--from", "2026-13"], {}, 1, "'2026-13' is no month"),
        (["transparency-report", "--to", "9000-01"], {}, 1, "9000-01 is not over yet"),
        (["transparency-report", "--from", "2020-02", "--to", "2020-01"], {}, 1, "in this order"),
        (["transparency-report", "--from", "2000-01", "--to", "2020-01"], {}, 1, "at most 120 months"),
        (["transparency-report", "--picture", "report.gif"], {}, 1, "one of .svg, .png"),
        (["promote", "ann", "--role", "admin", "--board", "talk"], {}, 1, "Of single boards there are moderators"),
        (["demote", "a!"], {}, 1, "A handle has 2 to 24 letters"),
        (["import-stackexchange", "nowhere"], {}, 1, "has no Comments.xml, Posts.xml, Users.xml"),
        (["import-stackexchange", "/"], {}, 1, "gives no slug: give one with --board"),
        (["import-stackexchange", "tests", "--site", "example"], {}, 1, "--site must be http(s)://host"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(typed, arguments, settings, code, complaint):
    defaults = {"judge-host": ["--verdict", "blocked", "--reason", "spam"], "promote": ["--role", "admin"]}
    given = arguments if "--role" in arguments else [*arguments, *defaults.get(arguments[0], [])]

    ended = typed(settings, *given)

    assert (ended.code, ended.told) == (code, "")
    assert complaint in ended.complaint


def test_a_secret_that_is_too_short_is_not_shown(typed):
    ended = typed({"VERANDA_SECRET_KEY": "hunter2"}, "migrate")

    assert ended.code == 1
    assert "VERANDA_SECRET_KEY must have at least 32 characters" in ended.complaint
    assert "hunter2" not in ended.complaint


async def test_engines_that_are_away_are_named_with_their_variables(alone):
    away = {
        "MONGODB_URI": "mongodb://127.0.0.1:9/",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "VERANDA_SECRET_KEY": "not to be shown, " + SECRET,
    }

    ended = await run(alone | away, "promote", "ann", "--role", "admin")

    assert (ended.code, ended.told) == (1, "")
    assert "MONGODB_URI and REDIS_URL name the servers to use" in ended.complaint
    assert "Traceback" not in ended.complaint
    assert "not to be shown" not in ended.complaint
