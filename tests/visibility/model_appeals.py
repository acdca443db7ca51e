"""What of appeals is told: to their subjects and to those who may decide them."""

from typing import Any

from tests.visibility.model_content import told
from tests.visibility.model_reach import Sight
from tests.visibility.moderation import Appeal


def appeals(sight: Sight) -> dict[str, Any]:
    """By key."""
    return {appeal.key: seen_appeal(sight, appeal) for appeal in sight.world.appeals.values() if reads(sight, appeal)}


def reads(sight: Sight, appeal: Appeal) -> bool:
    made = sight.world.decision(appeal.decision)
    subject = sight.world.subject_of(made.target)
    if subject == sight.viewer:
        return True
    is_high_enough = sight.is_admin or not sight.world.is_for_admins(made)
    return is_high_enough and is_trusted(sight, appeal) and made.by != sight.viewer


def is_trusted(sight: Sight, appeal: Appeal) -> bool:
    """With appeals about what stands there."""
    target = sight.world.decision(appeal.decision).target
    return sight.is_staff or sight.world.board_of(target) in sight.moderated


def seen_appeal(sight: Sight, appeal: Appeal) -> dict[str, Any]:
    """No block keeps from it; which moderator spoke or answered, nobody else is told."""
    made, upheld = sight.world.decision(appeal.decision), appeal.upheld
    subject = sight.world.subject_of(made.target)
    return {
        "decision": told(sight, made),
        "text": appeal.text,
        "minute": appeal.minute,
        "version": appeal.version,
        "messages": [
            [message.by == subject, message.by == sight.viewer, message.text, message.minute]
            for message in appeal.messages
        ],
        "answer": [upheld.explanation, upheld.minute] if upheld else None,
    }
