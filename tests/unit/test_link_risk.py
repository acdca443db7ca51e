"""How much care a link asks for: every cell of the table, and the words in both languages."""

from collections.abc import Mapping

import pytest

from domain.language import Language
from domain.rich_text import HostReputation, HostVerdict, Link, LinkRisk, LinkRiskReason
from policy.link_risk import (
    WHAT_A_REASON_WEIGHS,
    WORDS,
    WORDS_FOR_MAIL,
    LinkWarning,
    Words,
    reasons_of,
    risk_of,
    warning_for,
    with_reputation,
)

R = LinkRiskReason
TRUSTED, BLOCKED, SHORTENER = HostVerdict.TRUSTED, HostVerdict.BLOCKED, HostVerdict.SHORTENER


def link(*reasons: LinkRiskReason, is_external: bool = True, url: str = "https://example.com/") -> Link:
    host = "" if url.startswith("mailto:") else "example.com"
    return Link(url, "text", host, host, is_external=is_external, reasons=reasons)


@pytest.mark.parametrize(
    ("reasons", "without_verdict", "trusted", "blocked"),
    [
        ((R.EXTERNAL,), LinkRisk.NEUTRAL, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.NOT_HTTPS), LinkRisk.NEUTRAL, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.TEXT_HOST_MISMATCH), LinkRisk.SUSPICIOUS, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.MIXED_SCRIPT), LinkRisk.SUSPICIOUS, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.LOOKALIKE_HOST), LinkRisk.SUSPICIOUS, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.RIGHT_TO_LEFT), LinkRisk.SUSPICIOUS, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.SHORTENER), LinkRisk.SUSPICIOUS, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.IP_ADDRESS), LinkRisk.SUSPICIOUS, LinkRisk.TRUSTED, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.USERINFO), LinkRisk.SUSPICIOUS, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.ODD_PORT), LinkRisk.SUSPICIOUS, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED),
        ((R.EXTERNAL, R.IP_ADDRESS, R.USERINFO), LinkRisk.SUSPICIOUS, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED),
    ],
)
def test_risk_follows_reasons_and_verdict(
    reasons: tuple[LinkRiskReason, ...], without_verdict: LinkRisk, trusted: LinkRisk, blocked: LinkRisk
) -> None:
    assert risk_of(link(*reasons), None) is without_verdict
    assert risk_of(link(*reasons), TRUSTED) is trusted
    assert risk_of(link(*reasons), BLOCKED) is blocked


@pytest.mark.parametrize("verdict", [None, TRUSTED, BLOCKED])
def test_internal_link_is_never_judged(verdict: HostVerdict | None) -> None:
    internal = link(is_external=False)

    assert risk_of(internal, verdict) is LinkRisk.INTERNAL
    assert reasons_of(internal, verdict) == ()
    assert warning_for(internal, verdict, Language.ZH) is None


def test_block_list_joins_the_reasons_at_the_end() -> None:
    http = link(R.EXTERNAL, R.NOT_HTTPS)

    assert reasons_of(http, None) == (R.EXTERNAL, R.NOT_HTTPS)
    assert reasons_of(http, TRUSTED) == (R.EXTERNAL, R.NOT_HTTPS)
    assert reasons_of(http, BLOCKED) == (R.EXTERNAL, R.NOT_HTTPS, R.BLOCKLISTED)


def test_host_listed_as_a_shortener_is_one() -> None:
    https = link(R.EXTERNAL)

    assert reasons_of(https, SHORTENER) == (R.EXTERNAL, R.SHORTENER)
    assert risk_of(https, SHORTENER) is LinkRisk.SUSPICIOUS


def test_what_is_known_of_the_host_takes_its_place_among_the_reasons() -> None:
    reputation = HostReputation(None, frozenset({R.LOOKALIKE_HOST, R.MIXED_SCRIPT}))

    assert with_reputation(link(R.EXTERNAL, R.ODD_PORT), reputation).reasons == (
        R.EXTERNAL,
        R.MIXED_SCRIPT,
        R.LOOKALIKE_HOST,
        R.ODD_PORT,
    )
    assert with_reputation(link(is_external=False), reputation).reasons == ()


def test_trusted_link_is_quiet() -> None:
    assert warning_for(link(R.EXTERNAL), TRUSTED, Language.EN) is None


def test_neutral_warning_names_the_host_and_whose_privacy_rules_count() -> None:
    assert warning_for(link(R.EXTERNAL), None, Language.ZH) == LinkWarning(
        title="即将离开本站",
        message=(
            "该链接指向 example.com，不属于本站。"
            "其他网站的隐私管理和行为由其自行负责，本站不承担责任。前往后请阅读该网站的隐私政策，并注意账号和财产安全。"
        ),
        can_continue=True,
    )
    assert warning_for(link(R.EXTERNAL), None, Language.EN) == LinkWarning(
        title="You are about to leave this site",
        message=(
            "This link leads to example.com, which is not part of this site. Other sites are responsible for how "
            "they handle privacy; we are not. Please read that site's privacy policy and take care of your account and "
            "money."
        ),
        can_continue=True,
    )


@pytest.mark.parametrize("language", list(Language))
def test_blocked_link_offers_no_way_on_and_says_why(language: Language) -> None:
    warning = warning_for(link(R.EXTERNAL), BLOCKED, language)

    assert warning is not None
    assert warning.can_continue is False
    assert warning.title == WORDS[language].titles[LinkRisk.BLOCKED]
    assert WORDS[language].reasons[R.BLOCKLISTED] in warning.message


@pytest.mark.parametrize(
    ("language", "title", "message"),
    [
        (
            Language.ZH,
            "即将打开邮件应用",
            (
                "该链接会打开邮件应用；发送后，收件人会看到您的邮箱地址。"
                "收件人如何使用您的邮箱地址和邮件内容，本站不承担责任。"
            ),
        ),
        (
            Language.EN,
            "You are about to write an e-mail",
            (
                "This link opens your mail app. After you send the message, its recipient sees your e-mail address. "
                "We are not responsible for what the recipient does with your address and your message."
            ),
        ),
    ],
)
def test_mail_link_speaks_of_mail_and_not_of_a_site(language: Language, title: str, message: str) -> None:
    mail = link(R.EXTERNAL, url="mailto:ann@example.com")

    assert risk_of(mail, None) is LinkRisk.NEUTRAL
    assert warning_for(mail, None, language) == LinkWarning(title, message, can_continue=True)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("words", [WORDS, WORDS_FOR_MAIL], ids=["web", "mail"])
def test_every_reason_has_its_own_sentence_and_every_warned_risk_its_title(
    words: Mapping[Language, Words], language: Language
) -> None:
    spoken = words[language]

    assert set(spoken.reasons) == set(LinkRiskReason)
    assert len(set(spoken.reasons.values())) == len(LinkRiskReason)
    assert set(spoken.titles) == {LinkRisk.NEUTRAL, LinkRisk.SUSPICIOUS, LinkRisk.BLOCKED}


def test_every_reason_is_weighed() -> None:
    assert set(WHAT_A_REASON_WEIGHS) == set(LinkRiskReason)
