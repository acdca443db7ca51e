"""The codec of events: rows as the versions before had written them, and what no version of ours writes."""

import pytest

from domain.appeals import AppealState
from domain.edits import EditState
from domain.events import AppealAnswered, DecisionMade, DirectMessageSent, EditReviewed, HostCaseDecided
from domain.hosts import HostOutcome
from domain.ids import AppealId, CaseId, DecisionId, MemberId
from domain.moderation import ModerationAction
from domain.rich_text import HostVerdict
from stores.event_codec import UnreadableEvent, event_document, event_of
from tests.clock_and_random import START

ANN, BOB = MemberId("mbr_ann"), MemberId("mbr_bob")
DECISION, OTHER = DecisionId("dcn_one"), DecisionId("dcn_other")

#: Rows as version 0.1.0 wrote them, with the events that they are.
STORED = {
    "a removal": (
        {
            "_id": "r1",
            "at": START,
            "kind": "content.REMOVE",
            "decision": "dcn_one",
            "target": "pst_one",
            "subject": "mbr_ann",
        },
        DecisionMade("r1", START, DECISION, "pst_one", ANN, ModerationAction.REMOVE),
    ),
    "a removal that was taken back": (
        {
            "_id": "r2",
            "at": START,
            "kind": "content.RESTORE",
            "decision": "dcn_one",
            "target": "pst_one",
            "subject": "mbr_ann",
            "reverses": "dcn_other",
        },
        DecisionMade("r2", START, DECISION, "pst_one", ANN, ModerationAction.RESTORE, OTHER),
    ),
    "a sanction": (
        {
            "_id": "r3",
            "at": START,
            "kind": "content.BAN",
            "decision": "dcn_one",
            "target": "mbr_ann",
            "subject": "mbr_ann",
        },
        DecisionMade("r3", START, DECISION, "mbr_ann", ANN, ModerationAction.BAN),
    ),
    "an answer to an appeal": (
        {
            "_id": "r4",
            "at": START,
            "kind": "appeal.OVERTURNED",
            "decision": "dcn_one",
            "appeal": "apl_one",
            "target": "pst_one",
            "subject": "mbr_ann",
        },
        AppealAnswered("r4", START, AppealId("apl_one"), DECISION, "pst_one", ANN, AppealState.OVERTURNED),
    ),
    "a rejected edit": (
        {
            "_id": "r5",
            "at": START,
            "kind": "edit.REJECTED",
            "decision": None,
            "target": "cmt_one",
            "subject": "mbr_ann",
        },
        EditReviewed("r5", START, "cmt_one", ANN, EditState.REJECTED),
    ),
    "a dismissed case about a host": (
        {
            "_id": "r6",
            "at": START,
            "kind": "host.DISMISS",
            "decision": None,
            "target": "hst_one",
            "subject": None,
            "case": "cse_one",
        },
        HostCaseDecided("r6", START, CaseId("cse_one"), "hst_one", HostOutcome.DISMISS),
    ),
    "a blocked host": (
        {
            "_id": "r7",
            "at": START,
            "kind": "host.BLOCKED",
            "decision": None,
            "target": "hst_one",
            "subject": None,
            "case": "cse_one",
        },
        HostCaseDecided("r7", START, CaseId("cse_one"), "hst_one", HostOutcome.BLOCKED),
    ),
    "a direct message": (
        {"_id": "r8", "kind": "letter", "at": START, "from": "mbr_ann", "to": "mbr_bob", "text": b"sealed"},
        DirectMessageSent("r8", START, ANN, BOB, b"sealed"),
    ),
}
REMOVAL = STORED["a removal"][0]


@pytest.mark.parametrize("name", STORED)
def test_a_row_of_an_earlier_version_is_read_and_written_as_it_was(name):
    row, event = STORED[name]

    assert event_of(row) == event
    assert event_document(event) == row


@pytest.mark.parametrize("name", STORED)
def test_how_far_a_worker_has_come_with_a_row_is_none_of_the_event(name):
    row, event = STORED[name]
    progress = {"steps": 2, "toldUpTo": "rpt_9", "putOffUntil": START, "dueAt": START, "tries": 3}

    assert event_of(row | progress) == event


def test_every_verdict_about_a_host_is_an_outcome():
    assert {verdict.value for verdict in HostVerdict} < {outcome.value for outcome in HostOutcome}


@pytest.mark.parametrize(
    "kind", ["", "content", "content.SHRED", "appeal.LOST", "edit.", "host.GONE", "letter.urgent", "poll.CLOSED", None]
)
def test_an_unknown_kind_is_named_and_not_guessed(kind):
    with pytest.raises(UnreadableEvent) as unreadable:
        event_of(REMOVAL | {"kind": kind})

    assert (unreadable.value.row_id, unreadable.value.kind) == ("r1", str(kind))


@pytest.mark.parametrize("field", ["kind", "at", "decision", "target", "subject"])
def test_a_row_without_one_of_its_fields_is_unreadable(field):
    row = {name: value for name, value in REMOVAL.items() if name != field}

    with pytest.raises(UnreadableEvent):
        event_of(row)
