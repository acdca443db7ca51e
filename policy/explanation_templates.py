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

#: The rule that was broken, as the end of a sentence.
RULES: Mapping[ReportReason, Text] = {
    ReportReason.SPAM: ("社区不允许发布广告或反复刷屏。", "our rules don't allow advertising or flooding."),
    ReportReason.ABUSE: ("社区不允许辱骂或骚扰他人。", "our rules don't allow insulting or harassing others."),
    ReportReason.HATE: (
        "社区不允许因民族、信仰、性别等仇视或贬低他人。",
        "our rules don't allow hatred against people for who they are.",
    ),
    ReportReason.VIOLENCE: (
        "社区不允许宣扬暴力或威胁他人。",
        "our rules don't allow violence, or threats against others.",
    ),
    ReportReason.SEXUAL: ("社区不允许发布色情内容。", "our rules don't allow sexual content."),
    ReportReason.ILLEGAL: ("社区不允许发布违法内容。", "our rules don't allow what is against the law."),
    ReportReason.PRIVACY: (
        "社区不允许未经同意公开他人的个人信息。",
        "our rules don't allow publishing others' personal details without their consent.",
    ),
    ReportReason.IMPERSONATION: ("社区不允许冒充他人。", "our rules don't allow passing oneself off as somebody else."),
    ReportReason.MALICIOUS_LINK: (
        "社区不允许发布欺诈或有害的链接。",
        "our rules don't allow links that deceive or do harm.",
    ),
    ReportReason.OTHER: ("这不符合社区规则。", "it does not fit our rules."),
}

#: What was decided, around the rule.
TAKING: Mapping[ModerationAction, Text] = {
    ModerationAction.REMOVE: (
        "您好，您发布的这段内容已被移除，因为{rule}",
        "Hello, we have removed something you wrote: {rule}",
    ),
    ModerationAction.LOCK: (
        "您好，您的帖子已被锁定，不能再添加评论，因为{rule}",
        "Hello, we have locked your post, so that no more comments can be added: {rule}",
    ),
    ModerationAction.WARN: (
        "您好，我们想提醒您：{rule}请您以后留意。",
        "Hello, this is a warning: {rule} Please keep it in mind.",
    ),
    ModerationAction.MUTE: (
        "您好，您暂时不能发布内容，因为{rule}到期后会自动恢复。",
        "Hello, you can't publish for a while: {rule} That ends by itself.",
    ),
    ModerationAction.SUSPEND: (
        "您好，您的账号将暂停使用一段时间，因为{rule}到期后会自动恢复，期间仍可浏览和导出。",
        "Hello, your account is suspended for a while: {rule} That ends by itself; reading and export stay open.",
    ),
    ModerationAction.BAN: (
        "您好，您的账号已被封禁，因为{rule}您仍可浏览，也可以导出自己的内容。",
        "Hello, your account is banned: {rule} Reading and export stay open.",
    ),
    ModerationAction.REQUIRE_VERIFICATION: (
        "您好，发布内容之前请先完成身份核验，因为{rule}浏览和其他功能不受影响。",
        "Hello, please verify who you are before you publish again: {rule} Everything else stays open.",
    ),
}

#: What gives something back, or leaves it, is explained alike whatever the reason.
GIVING: Mapping[ModerationAction, Text] = {
    ModerationAction.RESTORE: (
        "您好，我们重新看过您的内容，它没有违反规则，现已恢复。给您添麻烦了，非常抱歉。",
        "Hello, we have looked at what you wrote again. It breaks no rule and is back. We are sorry for the trouble.",
    ),
    ModerationAction.UNLOCK: (
        "您好，您的帖子已解除锁定，大家又可以评论了。",
        "Hello, your post is unlocked: comments can be added again.",
    ),
    ModerationAction.LIFT: (
        "您好，对您账号的限制已经解除，感谢您的理解。",
        "Hello, what limited your account is lifted. Thank you for your patience.",
    ),
    ModerationAction.APPROVE: Message.MAY_STAY.value,
    ModerationAction.DISMISS: ("已经看过，没有发现违反规则之处。", "Looked at; it breaks no rule."),
}

APPEAL: Text = (
    "如果您认为我们弄错了，可以在 {days} 天内申诉，由另一位版主重新审看。",
    "If you think that we are wrong, you can appeal within {days} days, and another moderator will look at it anew.",
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
