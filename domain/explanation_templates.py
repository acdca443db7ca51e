"""Templates of explanations: what a moderator may begin with when telling somebody why something was decided."""

from dataclasses import dataclass

from domain.moderation import ModerationAction, ReportReason


@dataclass(frozen=True, slots=True)
class ExplanationTemplate:
    """A text in both languages. Whoever decides may change it, or write another: decisions keep their own words."""

    id: str
    action: ModerationAction
    reason: ReportReason | None
    """None: whatever the reason."""
    zh: str
    en: str
