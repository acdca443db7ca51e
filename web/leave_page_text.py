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
        site="目标网站",
        wire="实际域名",
        recipient="收件人",
        address="完整网址",
        why="请留意",
        go_on="继续前往 {name}",
        write_to="写信给 {name}",
        go_back="返回本站",
        unusable_title="链接无法打开",
        unusable_message="网址缺失、不完整或过长，或者不是网页或邮件地址。",
        report="举报该链接",
        report_reason="举报原因",
        reasons={
            ReportReason.MALICIOUS_LINK: "诈骗、盗号或病毒",
            ReportReason.IMPERSONATION: "仿冒其他网站",
            ReportReason.SPAM: "垃圾广告",
            ReportReason.ILLEGAL: "违法内容",
            ReportReason.OTHER: "其他问题",
        },
        note="补充说明（选填）",
        who_reads_it="只有版主和管理员能看到完整网址和举报人。",
        send="提交举报",
        sign_in_to_report="登录后可举报该链接。",
        thanks_title="举报已提交，感谢您的反馈",
        thanks_message="版主会核查该网站。",
        not_sent_title="举报未提交",
        not_from_here="请求来源无法确认，请返回链接页面重新提交。",
        choose_a_reason="请先选择举报原因。",
        look_again="返回链接页面",
    ),
    Language.EN: PageWords(
        lang="en",
        own_name="English",
        languages="Language",
        site="Destination",
        wire="Actual domain name",
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
            ReportReason.MALICIOUS_LINK: "Fraud, theft of accounts, or a virus",
            ReportReason.IMPERSONATION: "It imitates another site",
            ReportReason.SPAM: "Spam",
            ReportReason.ILLEGAL: "Illegal content",
            ReportReason.OTHER: "Another problem",
        },
        note="Additional information (optional)",
        who_reads_it="Only moderators and admins can see the full address and who reported it.",
        send="Send report",
        sign_in_to_report="Sign in to report this link.",
        thanks_title="Thank you for your report",
        thanks_message="Moderators will check this site.",
        not_sent_title="Your report was not sent",
        not_from_here=(
            "The origin of the request could not be confirmed. Please go back to the link's page and send it again."
        ),
        choose_a_reason="Please choose a reason first.",
        look_again="Back to the link",
    ),
}
