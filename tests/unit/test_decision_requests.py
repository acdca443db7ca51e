"""Requests to decide: a retry repeats its request, also where an earlier version of the service took the first try."""

from datetime import UTC, datetime

import pytest

from domain.ids import CaseId, MemberId
from domain.moderation import ModerationAction, ReportReason
from moderation.decision_request import CaseDecisionRequest, DecisionRequest
from stores.idempotency import IdempotentRequest

MODERATOR = MemberId("mbr_moderator")
ABOUT_A_POST = DecisionRequest("pst_1", ModerationAction.RESTORE, None, " Sorry ", "key")
ABOUT_A_CASE = CaseDecisionRequest(
    CaseId("cse_1"), 3, ModerationAction.MUTE, ReportReason.ABUSE, "Rude", "key", datetime(2126, 3, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("request_to_decide", "as_kept"),
    [
        (ABOUT_A_POST, IdempotentRequest(MODERATOR, "key", ("pst_1", "RESTORE", None, "Sorry", None))),
        (
            ABOUT_A_CASE,
            IdempotentRequest(
                MODERATOR,
                "key",
                ("", "MUTE", "ABUSE", "Rude", "2126-03-01T00:00:00+00:00", "cse_1", 3, False),
                "cse_1",
            ),
        ),
    ],
    ids=["about a post", "about a case"],
)
def test_a_retry_is_recognised_by_the_fingerprint_that_earlier_versions_kept(request_to_decide, as_kept):
    retry = request_to_decide.retry_of(MODERATOR)

    assert (retry.claim, retry.fingerprint) == (as_kept.claim, as_kept.fingerprint)


def test_two_cases_that_are_decided_alike_under_one_key_are_two_requests():
    other = CaseDecisionRequest(
        CaseId("cse_2"), 3, ABOUT_A_CASE.action, ABOUT_A_CASE.reason, "Rude", "key", ABOUT_A_CASE.until
    )

    assert other.retry_of(MODERATOR).claim != ABOUT_A_CASE.retry_of(MODERATOR).claim
    assert other.retry_of(MODERATOR).fingerprint != ABOUT_A_CASE.retry_of(MODERATOR).fingerprint
