"""Templates of explanations: moderators begin with them, admins change them; the record says who changed what."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from accounts.capability_check import require_signed_in
from domain.audit import AuditEntry
from domain.errors import ErrorCode, WrongFields, refusal
from domain.explanation_templates import ExplanationTemplate
from domain.ids import RANDOM_BYTES, MemberId
from domain.messages import Message
from domain.moderation import ModerationAction, ReportReason
from domain.viewer import Viewer
from moderation.effects import EFFECTS
from policy.explanation_templates import DEFAULTS
from policy.limits import MAX_TEMPLATES, TEMPLATE_LENGTH
from policy.permissions import Privilege, has
from stores.services import Services
from stores.transactions import Transaction
from text.input_text import required_text


@dataclass(frozen=True, slots=True)
class TemplateText:
    """What an admin wants a template to say."""

    template_id: str | None
    """None: of a new one."""
    action: ModerationAction
    reason: ReportReason | None
    zh: str
    en: str


async def templates(services: Services, viewer: Viewer) -> Sequence[ExplanationTemplate]:
    """All that there are, the defaults first; none for others than moderators."""
    return list((await _by_id(services, viewer)).values())


async def set_template(services: Services, admin: Viewer, wording: TemplateText) -> ExplanationTemplate:
    """Add a template, or have one say something else; a default that was removed is there again.

    At most MAX_TEMPLATES at once.
    """
    actor = _may_edit(admin)
    wrong, new_id = WrongFields(), services.random.token(RANDOM_BYTES)
    with wrong.collect():
        _check_there(wording, await _by_id(services, admin))
    with wrong.collect():
        if wording.action not in EFFECTS:
            raise refusal(ErrorCode.VALIDATION, Message.NOT_ABOUT_THIS, "action")
    with wrong.collect():
        zh = required_text(wording.zh, TEMPLATE_LENGTH, "zh")
    with wrong.collect():
        en = required_text(wording.en, TEMPLATE_LENGTH, "en")
    wrong.refuse()
    said = ExplanationTemplate(wording.template_id or new_id, wording.action, wording.reason, zh, en)

    async def write(transaction: Transaction) -> ExplanationTemplate:
        await services.stores.explanation_templates.take_turn(transaction)
        there = await _by_id(services, admin, transaction)
        _check_there(wording, there)
        if said.id not in there and len(there) >= MAX_TEMPLATES:
            raise refusal(ErrorCode.VALIDATION, Message.TEMPLATES_FULL, "id", most=MAX_TEMPLATES)
        await services.stores.explanation_templates.put(said, transaction)
        await _record(services, actor, (there.get(said.id), said), transaction)
        return said

    return await services.stores.transactions.run(write)


def _check_there(wording: TemplateText, there: Mapping[str, ExplanationTemplate]) -> None:
    """Refuse an id that no template has or had by default."""
    if wording.template_id and wording.template_id not in there.keys() | DEFAULTS.keys():
        raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "id")


async def remove_template(services: Services, admin: Viewer, template_id: str) -> ExplanationTemplate:
    """Take a template away, and answer it; what was decided with it keeps its words."""
    actor = _may_edit(admin)

    async def write(transaction: Transaction) -> ExplanationTemplate:
        await services.stores.explanation_templates.take_turn(transaction)
        before = (await _by_id(services, admin, transaction)).get(template_id)
        if before is None:
            raise refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "id")
        if template_id in DEFAULTS:
            await services.stores.explanation_templates.take_away(template_id, transaction)
        else:
            await services.stores.explanation_templates.forget(template_id, transaction)
        await _record(services, actor, (before, None), transaction)
        return before

    return await services.stores.transactions.run(write)


async def _by_id(
    services: Services, viewer: Viewer, transaction: Transaction | None = None
) -> Mapping[str, ExplanationTemplate]:
    if not has(viewer, Privilege.MODERATE):
        return {}
    kept = await services.stores.explanation_templates.seen_by(viewer, transaction)
    return {name: template for name, template in {**DEFAULTS, **kept}.items() if template}


def _may_edit(viewer: Viewer) -> MemberId:
    member_id = require_signed_in(viewer)
    if not has(viewer, Privilege.EDIT_TEMPLATES):
        raise refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED)
    return member_id


async def _record(
    services: Services,
    actor: MemberId,
    change: tuple[ExplanationTemplate | None, ExplanationTemplate | None],
    transaction: Transaction,
) -> None:
    """``change``: before and after."""
    before, after = change
    entry_id, kind = services.random.token(RANDOM_BYTES), "template.SET" if after else "template.REMOVED"
    details = {"before": _told(before), "after": _told(after)}
    await services.stores.audit.add(AuditEntry(entry_id, services.now(), kind, actor, details), transaction)


def _told(template: ExplanationTemplate | None) -> Mapping[str, str | None] | None:
    if template is None:
        return None
    reason = template.reason.value if template.reason else None
    return {**asdict(template), "action": template.action.value, "reason": reason}
