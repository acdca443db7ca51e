"""What the leaving page says beside the warning itself (that is in policy/link_risk.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.language import Language
from domain.moderation import ReportReason

#: What visitors are asked to choose from, the likeliest first.
REASONS_TO_REPORT: Final = (
    ReportReason.MALICIOUS_LINK,
    ReportReason.IMPERSONATION,
    ReportReason.SPAM,
    ReportReason.ILLEGAL,
    ReportReason.OTHER,
)


@dataclass(frozen=True, slots=True)
class PageWords:
    """A language's words; ``{name}`` is where the link leads."""

    lang: str
    own_name: str
    """What the language calls itself."""
    languages: str
    site: str
    wire: str
    recipient: str
    address: str
    why: str
    go_on: str
    write_to: str
    go_back: str
    unusable_title: str
    unusable_message: str
    report: str
    report_reason: str
    reasons: Mapping[ReportReason, str]
    note: str
    who_reads_it: str
    send: str
    sign_in_to_report: str
    thanks_title: str
    thanks_message: str
    not_sent_title: str
    not_from_here: str
    choose_a_reason: str
    look_again: str


PAGE_WORDS: Final[Mapping[Language, PageWords]] = {
    Language.ZH: PageWords(
        lang="zh-CN",
        own_name="中文",
        languages="语言",
        site="前往的网站",
        wire="实际域名",
        recipient="收件人",
        address="完整网址",
        why="请留意",
        go_on="继续前往 {name}",
        write_to="写信给 {name}",
        go_back="返回本站",
        unusable_title="这个链接无法打开",
        unusable_message="网址缺失、不完整或过长，或者不是网页或邮件地址。",
        report="举报这个链接",
        report_reason="它有什么问题？",
        reasons={
            ReportReason.MALICIOUS_LINK: "骗取密码或钱财，或带有病毒",
            ReportReason.IMPERSONATION: "冒充别的网站",
            ReportReason.SPAM: "广告或垃圾信息",
            ReportReason.ILLEGAL: "违法内容",
            ReportReason.OTHER: "其他问题",
        },
        note="补充说明（可不填）",
        who_reads_it="管理员会看到完整网址和举报人，其他人都看不到。",
        send="提交举报",
        sign_in_to_report="登录后可以举报这个链接。",
        thanks_title="谢谢，举报已收到",
        thanks_message="管理员会查看这个网站。谢谢你让大家上网更安心。",
        not_sent_title="举报没有提交",
        not_from_here="它不是从本站的页面发出的，请回到链接的页面再提交一次。",
        choose_a_reason="请选择一个原因，再提交举报。",
        look_again="再看看这个链接",
    ),
    Language.EN: PageWords(
        lang="en",
        own_name="English",
        languages="Language",
        site="Where it leads",
        wire="True domain name",
        recipient="Recipient",
        address="Full address",
        why="Please note",
        go_on="Continue to {name}",
        write_to="Write to {name}",
        go_back="Back to this site",
        unusable_title="This link cannot be opened",
        unusable_message="The address is missing, incomplete or too long, or names no web page or mailbox.",
        report="Report this link",
        report_reason="What is wrong with it?",
        reasons={
            ReportReason.MALICIOUS_LINK: "It steals passwords or money, or carries a virus",
            ReportReason.IMPERSONATION: "It poses as another site",
            ReportReason.SPAM: "It is spam",
            ReportReason.ILLEGAL: "It is against the law",
            ReportReason.OTHER: "Something else",
        },
        note="Anything to add? (optional)",
        who_reads_it="Moderators see the full address and who reported it; nobody else does.",
        send="Send report",
        sign_in_to_report="Sign in to report this link.",
        thanks_title="Thank you for your report",
        thanks_message="Moderators will look at this site. Thank you for keeping others safe.",
        not_sent_title="Your report was not sent",
        not_from_here="It did not come from a page of this site. Please send it once more from the link's page.",
        choose_a_reason="Please choose a reason, then send the report.",
        look_again="Look at the link again",
    ),
}
