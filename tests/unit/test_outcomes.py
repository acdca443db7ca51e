"""What came of a report, where decisions were made, undone and overturned: every turn of it."""

from datetime import timedelta

import pytest

from domain.ids import AppealId, DecisionId
from domain.moderation import ModerationAction, ReportOutcome
from policy.reports import Said, came_of
from tests.clock_and_random import START

A = ModerationAction
PENDING, ACTION_TAKEN, NO_ACTION = ReportOutcome.PENDING, ReportOutcome.ACTION_TAKEN, ReportOutcome.NO_ACTION


def said(minute: int, action: ModerationAction, *, reverses: int | None = None, on_appeal: bool = False) -> Said:
    """Made at ``minute``, by which it is called."""
    return Said(
        DecisionId(str(minute)),
        action,
        START + timedelta(minutes=minute),
        DecisionId(str(reverses)) if reverses is not None else None,
        AppealId("apl") if on_appeal else None,
    )


WARNED, DISMISSED, LOCKED = said(20, A.WARN), said(10, A.DISMISS), said(5, A.LOCK)
UNDONE = said(30, A.LIFT, reverses=20)
OVERTURNED = said(40, A.LIFT, reverses=20, on_appeal=True)


@pytest.mark.parametrize(
    ("reported", "decisions", "outcome"),
    [
        (0, [], PENDING),
        (0, [WARNED], ACTION_TAKEN),
        (25, [WARNED], PENDING),
        (0, [UNDONE, WARNED], PENDING),
        (35, [UNDONE, WARNED], PENDING),
        (0, [OVERTURNED, WARNED], NO_ACTION),
        (45, [OVERTURNED, WARNED], PENDING),
        # What was decided before still holds for what was reported before that, and for nothing else.
        (0, [UNDONE, WARNED, DISMISSED], NO_ACTION),
        (15, [UNDONE, WARNED, DISMISSED], PENDING),
        (0, [OVERTURNED, WARNED, LOCKED], ACTION_TAKEN),
        (15, [OVERTURNED, WARNED, LOCKED], NO_ACTION),
        # A removal takes its target away: no report came after it.
        (25, [said(20, A.REMOVE)], ACTION_TAKEN),
        # Its restoring was undone.
        (0, [said(30, A.REMOVE, reverses=25), said(25, A.RESTORE), said(20, A.REMOVE)], ACTION_TAKEN),
    ],
)
def test_what_came_of_a_report(reported, decisions, outcome):
    assert came_of(START + timedelta(minutes=reported), decisions) is outcome
