"""The codec of the ``outbox``: how events are written as documents, and read back.

The stored names are those of the first version, so that no row needs a migration: a kind is ``content.<action>``,
``appeal.<state>``, ``edit.<state>``, ``host.<outcome>`` or ``letter``. A row of another kind was written by a newer
version, or by hand. ``event_of`` raises ``UnreadableEvent`` for it; the workers log it, put it off and go on, and
nobody deletes it: the version that knows the kind handles it.
"""

from collections.abc import Callable, Mapping

from domain.appeals import AppealState
from domain.edits import EditState
from domain.events import AppealAnswered, DecisionMade, DirectMessageSent, EditReviewed, Event, HostCaseDecided
from domain.hosts import HostOutcome
from domain.moderation import ModerationAction
from stores.codecs import Document

DIRECT_MESSAGE = "letter"


class UnreadableEvent(Exception):
    """A row that this version cannot read: its kind is unknown, or a field is missing."""

    def __init__(self, row_id: str, kind: str) -> None:
        super().__init__(f"{row_id} ({kind})")
        self.row_id = row_id
        self.kind = kind


def event_document(event: Event) -> Document:
    """Return ``event`` as it is stored."""
    row: Document = {"_id": event.id, "at": event.at, "kind": _kind(event)}
    match event:
        case DecisionMade():
            reverses = {"reverses": event.reverses} if event.reverses else {}
            return row | _about(event.decision_id, event.target_id, event.subject_id) | reverses
        case AppealAnswered():
            about = _about(event.decision_id, event.target_id, event.subject_id)
            return row | about | {"appeal": event.appeal_id}
        case EditReviewed():
            return row | _about(None, event.content_id, event.author_id)
        case HostCaseDecided():
            return row | _about(None, event.target_id, None) | {"case": event.case_id}
        case DirectMessageSent():
            return row | {"from": event.sender_id, "to": event.recipient_id, "text": event.sealed_text}


def event_of(row: Document) -> Event:
    """Return the event that ``row`` holds. Raise ``UnreadableEvent`` if this version cannot read it."""
    kind = str(row.get("kind"))
    family, _, detail = kind.partition(".")
    try:
        return _READERS[family](row, detail)
    except (KeyError, ValueError) as unreadable:
        raise UnreadableEvent(str(row["_id"]), kind) from unreadable


def _kind(event: Event) -> str:
    match event:
        case DecisionMade():
            return f"content.{event.action.value}"
        case AppealAnswered():
            return f"appeal.{event.state.value}"
        case EditReviewed():
            return f"edit.{event.state.value}"
        case HostCaseDecided():
            return f"host.{event.outcome.value}"
        case DirectMessageSent():
            return DIRECT_MESSAGE


def _about(decision: str | None, target: str, subject: str | None) -> Document:
    """Return the fields by which the index of what is to be notified finds a row: it needs ``decision``, even null."""
    return {"decision": decision, "target": target, "subject": subject}


def _decision_made(row: Document, action: str) -> DecisionMade:
    return DecisionMade(
        id=row["_id"],
        at=row["at"],
        decision_id=row["decision"],
        target_id=row["target"],
        subject_id=row["subject"],
        action=ModerationAction(action),
        reverses=row.get("reverses"),
    )


def _appeal_answered(row: Document, state: str) -> AppealAnswered:
    return AppealAnswered(
        id=row["_id"],
        at=row["at"],
        appeal_id=row["appeal"],
        decision_id=row["decision"],
        target_id=row["target"],
        subject_id=row["subject"],
        state=AppealState(state),
    )


def _edit_reviewed(row: Document, state: str) -> EditReviewed:
    return EditReviewed(row["_id"], row["at"], row["target"], row["subject"], EditState(state))


def _host_case_decided(row: Document, outcome: str) -> HostCaseDecided:
    return HostCaseDecided(row["_id"], row["at"], row["case"], row["target"], HostOutcome(outcome))


def _direct_message_sent(row: Document, detail: str) -> DirectMessageSent:
    if detail:
        raise ValueError(detail)
    return DirectMessageSent(row["_id"], row["at"], row["from"], row["to"], row["text"])


_READERS: Mapping[str, Callable[[Document, str], Event]] = {
    "content": _decision_made,
    "appeal": _appeal_answered,
    "edit": _edit_reviewed,
    "host": _host_case_decided,
    DIRECT_MESSAGE: _direct_message_sent,
}
