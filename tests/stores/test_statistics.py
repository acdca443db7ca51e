"""The transparency report: whole months, members and not repeats, and no group that could single someone out."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest

from commands.transparency_chart import draw
from domain.appeals import Appeal, AppealState
from domain.audience import Audience
from domain.ids import MemberId, new_appeal_id, new_decision_id
from domain.moderation import Decision, ModerationAction, Report, ReportOutcome, ReportReason
from domain.months import Month, month_of, read_month
from domain.transparency import AppealedGroup, DecidedGroup, Fate, ReportedGroup, TransparencyReport
from moderation.effects import reversed_as
from moderation.transparency_report import as_json, transparency_report
from policy.limits import SMALLEST_GROUP
from stores.reports import report_id
from tests.clock_and_random import START
from tests.factories import RANDOM
from tests.reads import Explanation

MARCH = month_of(START)
MOD = MemberId("mbr_mod")
REMOVED = (MARCH, ModerationAction.REMOVE, ReportReason.SPAM)


def decision(member: int, **more: Any) -> Decision:
    made: dict[str, Any] = {
        "id": new_decision_id(RANDOM),
        "target_id": f"pst_{member:016}",
        "subject_id": MemberId(f"mbr_{member}"),
        "action": ModerationAction.REMOVE,
        "reason": ReportReason.SPAM,
        "explanation": "Spam",
        "is_automated": False,
        "decided_by": MOD,
        "decided_at": START,
        "audience": Audience.PUBLIC,
    }
    return Decision(**{**made, **more})


def reversal(taken_back: Decision, **more: Any) -> Decision:
    member = int(taken_back.subject_id.removeprefix("mbr_"))
    return decision(member, action=reversed_as(taken_back), reverses=taken_back.id, **more)


def report(member: int, target: str, **more: Any) -> Report:
    reporter = MemberId(f"mbr_{member}")
    outcome = ReportOutcome.PENDING
    made = Report(report_id(target, reporter), target, reporter, ReportReason.SPAM, None, START, outcome)
    return made if not more else Report(**{name: more.get(name, getattr(made, name)) for name in Report.__slots__})


def appeal(member: int, **more: Any) -> Appeal:
    made: dict[str, Any] = {"text": "No", "created_at": START, "decider_id": MOD, "is_for_admins": False}
    ids = {"id": new_appeal_id(RANDOM), "decision_id": new_decision_id(RANDOM), "subject_id": MemberId(f"mbr_{member}")}
    return Appeal(**{**ids, **made, **more})


@pytest.fixture
def keep(stores):
    """Keep decisions, reports and appeals."""

    async def keep(*rows):
        async def write(transaction):
            for row in rows:
                if isinstance(row, Decision):
                    await stores.decisions.insert(row, transaction)
                elif isinstance(row, Appeal):
                    await stores.appeals.insert(row, transaction)
                else:
                    await stores.reports.file(row, transaction)

        await stores.transactions.run(write)

    return keep


# ---------------------------------------------------------------- decisions


async def test_a_group_is_told_from_ten_members_on(stores, keep):
    assert SMALLEST_GROUP == 10
    await keep(*(decision(member) for member in range(9)))
    assert await stores.statistics.decided_in(MARCH) == []

    await keep(decision(9))

    assert await stores.statistics.decided_in(MARCH) == [DecidedGroup(*REMOVED, Fate.STANDS, 10, 10)]


async def test_members_count_and_not_repeats(stores, keep):
    """A hundred decisions about nine members would say much about each."""
    await keep(*(decision(n % 9) for n in range(100)))
    assert await stores.statistics.decided_in(MARCH) == []

    await keep(decision(9))

    assert await stores.statistics.decided_in(MARCH) == [DecidedGroup(*REMOVED, Fate.STANDS, 101, 10)]


async def test_small_groups_are_merged_into_nothing(stores, keep):
    """Ten members were decided about, for two reasons and in two ways: nobody is told."""
    await keep(
        *(decision(n) for n in range(5)),
        *(decision(n, reason=ReportReason.ABUSE) for n in range(5, 10)),
        *(decision(n, action=ModerationAction.LOCK) for n in range(5, 10)),
    )

    assert await stores.statistics.decided_in(MARCH) == []


async def test_about_public_targets_alone(stores, keep):
    others = [audience for audience in (*Audience, None) if audience is not Audience.PUBLIC]
    await keep(*(decision(n, audience=audience) for n in range(10) for audience in others))

    assert await stores.statistics.decided_in(MARCH) == []


async def test_what_was_undone_or_overturned_is_told_as_such_and_not_as_decisions_more(stores, keep):
    made = [decision(n) for n in range(35)]
    on_appeal = {"on_appeal": new_appeal_id(RANDOM)}
    await keep(
        *made,
        *(reversal(each) for each in made[:10]),
        *(reversal(each, **on_appeal) for each in made[10:22]),
    )

    assert await stores.statistics.decided_in(MARCH) == [
        DecidedGroup(*REMOVED, Fate.OVERTURNED, 12, 12),
        DecidedGroup(*REMOVED, Fate.STANDS, 13, 13),
        DecidedGroup(*REMOVED, Fate.UNDONE, 10, 10),
    ]


async def test_few_that_were_overturned_are_not_told(stores, keep):
    made = [decision(n) for n in range(12)]
    await keep(*made, *(reversal(each, on_appeal=new_appeal_id(RANDOM)) for each in made[:2]))

    assert await stores.statistics.decided_in(MARCH) == [DecidedGroup(*REMOVED, Fate.STANDS, 10, 10)]


async def test_a_month_begins_and_ends_at_midnight_in_utc(stores, keep):
    first, next_month = MARCH.begins, MARCH.later(1).begins
    await keep(
        *(decision(n, decided_at=first) for n in range(10)),
        *(decision(n, decided_at=next_month - timedelta(milliseconds=1)) for n in range(10)),
        *(decision(n, decided_at=first - timedelta(milliseconds=1)) for n in range(10)),
        *(decision(n, decided_at=next_month) for n in range(10)),
    )

    assert [group.decisions for group in await stores.statistics.decided_in(MARCH)] == [20]


# ---------------------------------------------------------------- appeals and reports


async def test_appeals_are_counted_by_what_came_of_them(stores, keep):
    await keep(
        *(appeal(n, state=AppealState.UPHELD) for n in range(12)),
        *(appeal(n, state=AppealState.OVERTURNED) for n in range(9)),
        *(appeal(n % 9) for n in range(30)),
        *(appeal(n, created_at=MARCH.later(1).begins) for n in range(10)),
    )

    assert await stores.statistics.appealed_in(MARCH) == [AppealedGroup(MARCH, AppealState.UPHELD, 12, 12)]


async def test_reports_are_counted_by_what_their_reporters_were_told(stores, keep):
    for target, count in (("pst_a", 10), ("pst_b", 11), ("pst_c", 9)):
        await keep(*(report(n, target) for n in range(count)))
    settled = {"outcome": ReportOutcome.NO_ACTION, "reason": ReportReason.ABUSE}
    await keep(*(report(n, "pst_d", **settled) for n in range(10)))
    await stores.database["reports"].update_many({"target": "pst_b"}, {"$set": {"told": "ACTION_TAKEN"}})

    assert await stores.statistics.reported_in(MARCH) == [
        ReportedGroup(MARCH, ReportReason.ABUSE, ReportOutcome.NO_ACTION, 10, 10),
        ReportedGroup(MARCH, ReportReason.SPAM, ReportOutcome.ACTION_TAKEN, 11, 11),
        ReportedGroup(MARCH, ReportReason.SPAM, ReportOutcome.PENDING, 19, 10),
    ]


async def test_a_month_is_counted_on_indexes_and_reads_no_other_months(stores, keep, reads):
    made = [decision(n) for n in range(20)]
    await keep(
        *made,
        *(reversal(each) for each in made[:10]),
        *(decision(n, decided_at=MARCH.later(1).begins) for n in range(50)),
        *(appeal(n, created_at=START + timedelta(days=31 * month)) for n in range(10) for month in range(3)),
        *(
            report(n, f"pst_{month}", created_at=START + timedelta(days=31 * month))
            for n in range(10)
            for month in range(3)
        ),
    )
    reads.forget()

    await transparency_report(stores.statistics, [MARCH], lambda: None)

    assert reads.collections == ["decisions", "appeals", "reports"]
    examined = {}
    for read in reads.all:
        answer = await stores.database.command({"explain": read.command, "verbosity": "executionStats"})
        plan = Explanation()
        plan.gather(answer)
        assert "COLLSCAN" not in plan.stages, read.collection
        examined[read.collection] = plan.docs_examined
    assert examined["decisions"] <= 20 + 10 + 10, "each of the month, its reversal, and the reversals of the month"
    assert (examined["appeals"], examined["reports"]) == (0, 10), "appeals are counted from the index alone"


# ---------------------------------------------------------------- months, JSON, picture


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-01", Month(2026, 1)),
        ("2026-12", Month(2026, 12)),
        ("2026-13", None),
        ("2026-00", None),
        ("2026-1", None),
        ("0000-01", None),
        ("9999-12", None),
        ("٢٠٢٦-01", None),
        ("2026-01-01", None),
        ("", None),
    ],
)
def test_a_month_as_it_is_typed(typed, month):
    assert read_month(typed) == month


def test_months_follow_each_other():
    assert [str(month) for month in Month(2025, 11).until(Month(2026, 2))] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert Month(2026, 2).until(Month(2025, 11)) == []
    assert (Month(2026, 1).later(-1), Month(2026, 3).later(-15)) == (Month(2025, 12), Month(2024, 12))


@pytest.fixture
def numbers():
    """A year in which something was told in the first month."""
    decided = [
        DecidedGroup(*REMOVED, Fate.STANDS, 31, 25),
        DecidedGroup(MARCH, ModerationAction.REMOVE, ReportReason.ABUSE, Fate.OVERTURNED, 12, 12),
    ]
    appealed = [AppealedGroup(MARCH, AppealState.UPHELD, 10, 10)]
    reported = [ReportedGroup(MARCH, ReportReason.HATE, ReportOutcome.NO_ACTION, 40, 33)]
    return TransparencyReport(MARCH, MARCH.later(11), 10, decided, appealed, reported)


def test_the_json_says_what_was_counted(numbers):
    told = orjson.loads(as_json(numbers))

    assert (told["from"], told["to"], told["groups_of_at_least"]) == ("2126-03", "2127-02", 10)
    assert told["decisions"][0] == {
        "month": "2126-03",
        "action": "REMOVE",
        "reason": "SPAM",
        "fate": "STANDS",
        "decisions": 31,
        "members": 25,
    }
    assert told["appeals"] == [{"month": "2126-03", "outcome": "UPHELD", "appeals": 10, "members": 10}]
    assert told["reports"] == [
        {"month": "2126-03", "reason": "HATE", "outcome": "NO_ACTION", "reports": 40, "members": 33}
    ]
    assert "10 位会员" in told["about"]["zh"]
    assert "at least 10 members" in told["about"]["en"]


def test_the_picture_names_months_reasons_and_what_was_taken_back(numbers, tmp_path):
    for name in ("one.svg", "two.svg", "one.png"):
        draw(numbers, tmp_path / name)

    svg = (tmp_path / "one.svg").read_bytes()
    words = {"".join(each.itertext()) for each in ET.fromstring(svg).iter() if each.tag.endswith("}text")}  # noqa: S314 - ours
    assert {str(month) for month in MARCH.until(MARCH.later(11))} <= words
    assert {"SPAM", "ABUSE", "HATE", "OVERTURNED"} <= words
    assert not {"UNDONE", "SEXUAL"} & words
    assert svg == (tmp_path / "two.svg").read_bytes()
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_nothing_says_so(tmp_path):
    draw(TransparencyReport(MARCH, MARCH, 10, [], [], []), tmp_path / "none.svg")

    assert b"no group is large enough to be told" in (tmp_path / "none.svg").read_bytes()
