"""How much care a link asks for, and in which words we say so."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from domain.language import Language
from domain.rich_text import HostReputation, HostVerdict, Link, LinkRisk, LinkRiskReason


class Weight(Enum):
    """How a reason counts."""

    WORTH_SAYING = "WORTH_SAYING"
    """Told to the reader, no cause for suspicion."""
    AGAINST_THE_HOST = "AGAINST_THE_HOST"
    """Suspicious, unless moderators have looked at this host and trust it."""
    AGAINST_THE_LINK = "AGAINST_THE_LINK"
    """Suspicious whatever the host: trust in a host says nothing about how a link to it is dressed up."""


WHAT_A_REASON_WEIGHS: Final[Mapping[LinkRiskReason, Weight]] = {
    LinkRiskReason.EXTERNAL: Weight.WORTH_SAYING,
    LinkRiskReason.NOT_HTTPS: Weight.WORTH_SAYING,
    LinkRiskReason.TEXT_HOST_MISMATCH: Weight.AGAINST_THE_LINK,
    LinkRiskReason.MIXED_SCRIPT: Weight.AGAINST_THE_HOST,
    LinkRiskReason.LOOKALIKE_HOST: Weight.AGAINST_THE_HOST,
    LinkRiskReason.RIGHT_TO_LEFT: Weight.AGAINST_THE_LINK,
    LinkRiskReason.SHORTENER: Weight.AGAINST_THE_HOST,
    LinkRiskReason.IP_ADDRESS: Weight.AGAINST_THE_HOST,
    LinkRiskReason.USERINFO: Weight.AGAINST_THE_LINK,
    LinkRiskReason.ODD_PORT: Weight.AGAINST_THE_LINK,  # another server than the one that was looked at
    LinkRiskReason.BLOCKLISTED: Weight.AGAINST_THE_HOST,
}

#: Verdicts that are reasons themselves.
WHAT_A_VERDICT_SAYS: Final[Mapping[HostVerdict, LinkRiskReason]] = {
    HostVerdict.BLOCKED: LinkRiskReason.BLOCKLISTED,
    HostVerdict.SHORTENER: LinkRiskReason.SHORTENER,
}

RISKS_WITHOUT_WARNING: Final = frozenset({LinkRisk.INTERNAL, LinkRisk.TRUSTED})


@dataclass(frozen=True, slots=True)
class LinkWarning:
    """What a reader is told before following a link."""

    title: str
    message: str
    can_continue: bool


def with_reputation(link: Link, reputation: HostReputation) -> Link:
    """``link`` with what is known of its host among its reasons, the verdict aside."""
    if not link.is_external or reputation.reasons <= set(link.reasons):
        return link
    return replace(link, reasons=_in_order({*link.reasons, *reputation.reasons}))


def risk_of(link: Link, verdict: HostVerdict | None) -> LinkRisk:
    """How much care ``link`` asks for, given what moderators have decided about its host."""
    if not link.is_external:
        return LinkRisk.INTERNAL
    if verdict is HostVerdict.BLOCKED:
        return LinkRisk.BLOCKED
    weights = {WHAT_A_REASON_WEIGHS[reason] for reason in reasons_of(link, verdict)}
    if verdict is HostVerdict.TRUSTED and Weight.AGAINST_THE_LINK not in weights:
        return LinkRisk.TRUSTED
    return LinkRisk.NEUTRAL if weights <= {Weight.WORTH_SAYING} else LinkRisk.SUSPICIOUS


def reasons_of(link: Link, verdict: HostVerdict | None) -> tuple[LinkRiskReason, ...]:
    """All that speaks against ``link``, the verdict included, in the order of the enum."""
    said = WHAT_A_VERDICT_SAYS.get(verdict) if link.is_external and verdict else None
    return _in_order({*link.reasons, said}) if said else link.reasons


def _in_order(reasons: Set[LinkRiskReason]) -> tuple[LinkRiskReason, ...]:
    return tuple(reason for reason in LinkRiskReason if reason in reasons)


def warning_for(link: Link, verdict: HostVerdict | None, language: Language) -> LinkWarning | None:
    """What to tell a reader before ``link`` is followed, or None where there is nothing to tell."""
    risk = risk_of(link, verdict)
    if risk in RISKS_WITHOUT_WARNING:
        return None
    words = words_for(link, language)
    can_continue = risk is not LinkRisk.BLOCKED
    # The reminder speaks of the other site's policy, which nobody reads who is not led there.
    sentences = (*reasons_in_words(link, verdict, language), *((words.reminder,) if can_continue else ()))
    return LinkWarning(words.titles[risk], words.between.join(sentences), can_continue=can_continue)


def reasons_in_words(link: Link, verdict: HostVerdict | None, language: Language) -> tuple[str, ...]:
    """A sentence for each of ``reasons_of``."""
    words = words_for(link, language)
    return tuple(words.reasons[reason].format(host=link.host) for reason in reasons_of(link, verdict))


# ---------------------------------------------------------------- the words


@dataclass(frozen=True, slots=True)
class Words:
    """A language's sentences; ``{host}`` is the host as people read it."""

    titles: Mapping[LinkRisk, str]
    reasons: Mapping[LinkRiskReason, str]
    reminder: str
    """Section 5 of the privacy statement, in short."""
    between: str
    """What stands between two sentences."""


def words_for(link: Link, language: Language) -> Words:
    """The words that fit where ``link`` leads: to a web site, or to somebody's mailbox."""
    return (WORDS_FOR_MAIL if link.url.startswith("mailto:") else WORDS)[language]


WORDS: Final[Mapping[Language, Words]] = {
    Language.ZH: Words(
        titles={
            LinkRisk.NEUTRAL: "即将离开本站",
            LinkRisk.SUSPICIOUS: "前往之前，请先看清这个网址",
            LinkRisk.BLOCKED: "已停止访问该链接",
        },
        reasons={
            LinkRiskReason.EXTERNAL: "该链接指向 {host}，不属于本站。",
            LinkRiskReason.NOT_HTTPS: "连接未加密，传输的内容可能被窃听或篡改。",
            LinkRiskReason.TEXT_HOST_MISMATCH: "链接文字显示的网址与实际网址不一致。",
            LinkRiskReason.MIXED_SCRIPT: "网址混用了不同文字的字母，容易看错。",
            LinkRiskReason.LOOKALIKE_HOST: "网址与另一个网站非常相似，可能是仿冒，请逐字核对。",
            LinkRiskReason.RIGHT_TO_LEFT: "链接文字含有改变文字方向的字符，显示的网址可能前后颠倒。",
            LinkRiskReason.SHORTENER: "这是短链接，打开后才知道最终网址。",
            LinkRiskReason.IP_ADDRESS: "网址是 IP 地址而不是域名，看不出由谁运营。",
            LinkRiskReason.USERINFO: "网址中 @ 前面的部分不是网站，常被用来冒充其他网站。",
            LinkRiskReason.ODD_PORT: "网址使用了不常见的端口。",
            LinkRiskReason.BLOCKLISTED: "版主已将该网站加入拦截名单，本页不提供跳转。",
        },
        reminder="其他网站的隐私管理和行为由其自行负责，本站不承担责任。前往后请阅读该网站的隐私政策，并注意账号和财产安全。",
        between="",
    ),
    Language.EN: Words(
        titles={
            LinkRisk.NEUTRAL: "You are about to leave this site",
            LinkRisk.SUSPICIOUS: "Please check this address carefully first",
            LinkRisk.BLOCKED: "This link is blocked",
        },
        reasons={
            LinkRiskReason.EXTERNAL: "This link leads to {host}, which is not part of this site.",
            LinkRiskReason.NOT_HTTPS: (
                "The connection is not encrypted. What is sent can be read or changed on the way."
            ),
            LinkRiskReason.TEXT_HOST_MISMATCH: "The link's text shows a different address from the one it leads to.",
            LinkRiskReason.MIXED_SCRIPT: "The address mixes letters of different scripts and is easily misread.",
            LinkRiskReason.LOOKALIKE_HOST: (
                "The address looks very much like another site's and may be a fake. Please compare each letter."
            ),
            LinkRiskReason.RIGHT_TO_LEFT: (
                "The link's text contains characters that change the writing direction, so the address may "
                "read backwards."
            ),
            LinkRiskReason.SHORTENER: "This is a short link. Its final address is known only after it is opened.",
            LinkRiskReason.IP_ADDRESS: (
                "The address is an IP address instead of a domain name and does not show who runs the site."
            ),
            LinkRiskReason.USERINFO: (
                "The part of the address before the @ is not the site. It is often used to imitate another site."
            ),
            LinkRiskReason.ODD_PORT: "The address uses an unusual port.",
            LinkRiskReason.BLOCKLISTED: (
                "Moderators have put this site on the block list, so this page does not lead there."
            ),
        },
        reminder=(
            "Other sites are responsible for how they handle privacy; we are not. Please read that "
            "site's privacy policy "
            "and take care of your account and money."
        ),
        between=" ",
    ),
}

#: Only what differs: a mailbox has no host that could be judged.
WORDS_FOR_MAIL: Final[Mapping[Language, Words]] = {
    Language.ZH: replace(
        WORDS[Language.ZH],
        titles={**WORDS[Language.ZH].titles, LinkRisk.NEUTRAL: "即将打开邮件应用"},
        reasons={
            **WORDS[Language.ZH].reasons,
            LinkRiskReason.EXTERNAL: "该链接会打开邮件应用；发送后，收件人会看到您的邮箱地址。",
        },
        reminder="收件人如何使用您的邮箱地址和邮件内容，本站不承担责任。",
    ),
    Language.EN: replace(
        WORDS[Language.EN],
        titles={**WORDS[Language.EN].titles, LinkRisk.NEUTRAL: "You are about to write an e-mail"},
        reasons={
            **WORDS[Language.EN].reasons,
            LinkRiskReason.EXTERNAL: (
                "This link opens your mail app. After you send the message, its recipient sees your e-mail address."
            ),
        },
        reminder="We are not responsible for what the recipient does with your address and your message.",
    ),
}
