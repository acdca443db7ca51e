"""Acts of moderators, on what is there and on what is not; acting.py has everybody's."""

from collections.abc import Callable

from tests.visibility.acts import Act
from tests.visibility.drawing import Drawing
from tests.visibility.moderation import REASONS
from tests.visibility.naming import at, member_id
from tests.visibility.world import NOW


def _claim(drawing: Drawing) -> Act:
    """One that is named, or the most urgent."""
    if drawing.random.random() < 0.2:
        return "claimCase", {}, "case { ...Matter }"
    return "claimCase", {"caseId": drawing.case()}, "case { ...Matter }"


def _release(drawing: Drawing) -> Act:
    return "releaseCase", {"caseId": drawing.case()}, "case { id state }"


def _note(drawing: Drawing) -> Act:
    case, version = drawing.opened()
    given = {"caseId": case, "expectedVersion": version, "text": drawing.words()}
    return "addCaseNote", given, "case { id version notes { nodes { text } } }"


def _decide(drawing: Drawing) -> Act:
    """Several at once, with what brings nothing back into sight: see ``Drawing.to_decide``."""
    decisions = []
    for _ in range(drawing.random.randint(1, 3)):
        case, version = drawing.opened()
        action = drawing.random.choice(("DISMISS", "REMOVE", "LOCK", "APPROVE"))
        said = {"action": action, "reason": drawing.random.choice(REASONS), "explanation": drawing.words()}
        decisions.append({"caseId": case, "expectedVersion": version, **said})
    told = "results { caseId case { ...Matter } decision { ...Ruling } errors { code message path } }"
    return "decideCases", {"decisions": decisions}, told


def _sanction(drawing: Drawing) -> Act:
    action = drawing.random.choice(("WARN", "MUTE", "SUSPEND", "BAN", "LIFT"))
    given = {"memberId": member_id(drawing.handle()), "action": action, "reason": drawing.random.choice(REASONS)}
    given |= {"explanation": drawing.words()}
    if action in {"MUTE", "SUSPEND"}:
        given["until"] = _moment(NOW + 24 * 60)
    return "sanctionMember", given, "decision { ...Ruling }"


def _reject(drawing: Drawing) -> Act:
    """Approving is not done: it may open a post that its moderator does not see yet."""
    edited, minute = drawing.edited()
    written_at = _moment(minute if drawing.random.random() < 0.8 else 0)
    given = {"targetId": edited, "writtenAt": written_at, "explanation": drawing.words()}
    return "rejectEdit", given, "target { __typename }"


def _withdraw(drawing: Drawing) -> Act:
    return "withdrawEdit", {"targetId": drawing.edited()[0]}, "target { __typename }"


def _moment(minute: int) -> str:
    return at(minute).isoformat().replace("+00:00", "Z")


def _object(drawing: Drawing) -> Act:
    decision = drawing.own_decision() if drawing.random.random() < 0.6 else drawing.decision()
    given = {"decisionId": decision, "text": drawing.words()}
    return "submitAppeal", given, "appeal { id appealState: state }"


def _say_more(drawing: Drawing) -> Act:
    return "addAppealMessage", {"appealId": drawing.appeal(), "text": drawing.words()}, "appeal { ...Objection }"


def _uphold(drawing: Drawing) -> Act:
    """What is overturned brings back what was hidden, and rightly."""
    given = {"appealId": drawing.appeal(), "verdict": "UPHELD", "answer": drawing.words()}
    return "decideAppeal", given, "appeal { ...Objection }"


def _template(drawing: Drawing) -> Act:
    given = {"action": "REMOVE", "reason": "SPAM", "zh": drawing.words(), "en": drawing.words()}
    return "setExplanationTemplate", given, "template { id zh }"


ACTS_OF_ORDER: tuple[Callable[[Drawing], Act], ...] = (
    _claim,
    _claim,
    _release,
    _note,
    _note,
    _decide,
    _decide,
    _sanction,
    _sanction,
    _reject,
    _withdraw,
    _object,
    _say_more,
    _uphold,
    _template,
)
