"""What decisions are explained with until admins say it in words of their own: the rule, and the way to appeal.

Each text is (Chinese, English).
"""

from collections.abc import Mapping

from domain.explanation_templates import ExplanationTemplate
from domain.messages import Message
from domain.moderation import ModerationAction, ReportReason
from policy.appeals import MAY_BE_APPEALED
from policy.limits import APPEAL_WINDOW

Text = tuple[str, str]

#: The rule that was broken, as a noun phrase.
RULES: Mapping[ReportReason, Text] = {
    ReportReason.SPAM: ("发布广告或刷屏", "advertising or flooding"),
    ReportReason.ABUSE: ("辱骂或骚扰他人", "insulting or harassing others"),
    ReportReason.HATE: (
        "因民族、地域、宗教、性别等仇视或贬低他人",
        "hatred against people for their ethnicity, origin, religion or gender",
    ),
    ReportReason.VIOLENCE: (
        "宣扬暴力或威胁他人",
        "promoting violence or threatening others",
    ),
    ReportReason.SEXUAL: ("发布色情内容", "sexual content"),
    ReportReason.ILLEGAL: ("发布违法内容", "illegal content"),
    ReportReason.PRIVACY: (
        "未经同意公开他人个人信息",
        "publishing others' personal information without their consent",
    ),
    ReportReason.IMPERSONATION: ("冒充他人", "impersonation"),
    ReportReason.MALICIOUS_LINK: (
        "发布欺诈或有害链接",
        "deceptive or harmful links",
    ),
    ReportReason.OTHER: ("不符合社区规范", "content outside our community rules"),
}

#: What was decided, around the rule.
TAKING: Mapping[ModerationAction, Text] = {
    ModerationAction.REMOVE: (
        "您好，您发布的这条内容已被移除。原因：{rule}。",
        "Hello, your content has been removed. Reason: {rule}.",
    ),
    ModerationAction.LOCK: (
        "您好，您的帖子已被锁定，暂时不能评论。原因：{rule}。",
        "Hello, your post has been locked and cannot be commented on. Reason: {rule}.",
    ),
    ModerationAction.WARN: (
        "您好，您收到一次警告。原因：{rule}。警告期间，您对已发布内容的修改可能须经审核后才显示。",
        "Hello, this is a warning. Reason: {rule}. While it lasts, your edits may wait for review before they show.",
    ),
    ModerationAction.MUTE: (
        "您好，您已被禁言，暂时无法发布内容。原因：{rule}。到期后自动恢复。",
        "Hello, you are muted and cannot publish for now. Reason: {rule}. This ends by itself.",
    ),
    ModerationAction.SUSPEND: (
        "您好，您的账号已被限时封禁。原因：{rule}。到期后自动恢复，其间仍可浏览。",
        "Hello, your account is suspended. Reason: {rule}. This ends by itself, and you can still read meanwhile.",
    ),
    ModerationAction.BAN: (
        "您好，您的账号已被封禁。原因：{rule}。您仍可浏览。",
        "Hello, your account is banned. Reason: {rule}. You can still read.",
    ),
    ModerationAction.REQUIRE_VERIFICATION: (
        "您好，请完成实名认证后再发布内容。原因：{rule}。浏览等其他功能不受影响。",
        "Hello, please verify your identity before you publish again. Reason: {rule}. Everything else stays open.",
    ),
}

#: What gives something back, or leaves it, is explained alike whatever the reason.
GIVING: Mapping[ModerationAction, Text] = {
    ModerationAction.RESTORE: (
        "您好，经复核，您的内容没有违反社区规范，现已恢复。给您带来不便，非常抱歉。",
        "Hello, after a second review your content breaks no rule and is restored. We are sorry for the trouble.",
    ),
    ModerationAction.UNLOCK: (
        "您好，您的帖子已解除锁定，可以继续评论了。",
        "Hello, your post is unlocked and can be commented on again.",
    ),
    ModerationAction.LIFT: (
        "您好，您账号的处罚已解除，感谢您的理解。",
        "Hello, the sanction on your account has been lifted. Thank you for your patience.",
    ),
    ModerationAction.APPROVE: Message.MAY_STAY.value,
    ModerationAction.DISMISS: ("经审核，未发现违反社区规范之处。", "Reviewed; it breaks no rule."),
}

APPEAL: Text = (
    "如有异议，可在 {days} 天内申诉，由另一位版主或管理员复核。",
    "If you disagree, you can appeal within {days} days. Another moderator or admin will review it.",
)


def _of_taking(action: ModerationAction, reason: ReportReason) -> ExplanationTemplate:
    days = APPEAL_WINDOW.days
    zh, en = (text.format(rule=rule) for text, rule in zip(TAKING[action], RULES[reason], strict=True))
    if action in MAY_BE_APPEALED:
        zh, en = zh + APPEAL[0].format(days=days), f"{en} {APPEAL[1].format(days=days)}"
    return ExplanationTemplate(f"{action.value}:{reason.value}", action, reason, zh, en)


#: By id.
DEFAULTS: Mapping[str, ExplanationTemplate] = {
    template.id: template
    for template in (
        *(_of_taking(action, reason) for action in TAKING for reason in RULES),
        *(ExplanationTemplate(action.value, action, None, *texts) for action, texts in GIVING.items()),
    )
}
