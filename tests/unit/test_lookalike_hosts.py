"""Hosts that pass for others, and ordinary ones that must not be taken for such."""

from collections import defaultdict
from datetime import timedelta

import pytest
from ada_url import URL

from domain.hosts import HostEntry, HostScope
from domain.rich_text import HostVerdict, LinkRiskReason
from policy.host_lists import keys_about, keys_of, reputation_of
from policy.host_names import registrable_domain
from policy.known_hosts import IMITATED, SHORTENERS
from policy.lookalike_hosts import looks_of
from tests.clock_and_random import START

R = LinkRiskReason
TRUSTED, BLOCKED, SHORTENER = HostVerdict.TRUSTED, HostVerdict.BLOCKED, HostVerdict.SHORTENER
OURS = "veranda.cn"

LOOKALIKES = (
    # Letters and digits of another shape
    "paypa1.com", "g00gle.com", "googie.com", "PayPaI.com", "cloudfIare.com", "bi1ibili.cn", "b1libili.com",
    "am4zon.com", "rnicrosoft.com", "vveibo.com", "login-taobao.com.example.cn", "www.paypa1.com.cn",
    # Letters of another script, and whole words of it
    "аррӏе.com", "сосо.com", "ɡoogle.com", "bilibilí.com", "alipaу.com", "ԛq.com", "ѕіnа.com.cn",
    # The name inside another's
    "bilibili.com.evil.example", "www.bilibili.com.evil.example", "bilibili-com.example", "www-bilibili-com.evil.top",
    "icbc-com-cn.example", "icbc.com.cn.login.example", "qq.com.x.example", "weixin-qq.com",
    "beijing.gov.cn.evil.com", "bilibili.com.github.io", "paypa1.com.evil.example", "www.12306.cn.ticket.top",
    "xn--80ak6aa92e.com.evil.com",
    # A www without its dot
    "wwwtaobao.com", "www-taobao.com",
    # Ourselves
    "verаnda.cn", "veranda.cn.evil.com", "veranda-cn.com", "verancla.com",
)  # fmt: skip

ORDINARY = (
    "www.bilibili.com", "live.bilibili.com", "t.bilibili.com", "b23.tv", "weixin.qq.com", "mp.weixin.qq.com",
    "v.qq.com", "sina.com.cn", "news.sina.com.cn", "sina.com", "sina.cn", "weibo.cn", "m.weibo.cn", "baike.baidu.com",
    "pan.baidu.com", "taobao.com", "world.taobao.com", "s.click.taobao.com", "tmall.hk", "jd.hk", "alipayobjects.com",
    "alicdn.com", "aliyuncs.com", "oss-cn-hangzhou.aliyuncs.com", "cloud.tencent.com", "163.com", "mail.163.com",
    "126.net", "www.gov.cn", "beijing.gov.cn", "www.pku.edu.cn", "tsinghua.edu.cn", "www.12306.cn", "icbc.com.cn",
    "icbc-ltd.com", "zhuanlan.zhihu.com", "blog.csdn.net", "gitee.io", "juejin.cn", "sspai.com", "v2ex.com",
    "36kr.com", "huxiu.com", "mi.com", "ml.com", "jcl.com", "vivo.com.cn", "oppo.cn", "honor.com", "qq.com.cn",
    "58.com", "51job.com", "17173.com", "google.co.uk", "google.cn", "google.com.hk", "g.co", "withgoogle.com",
    "apple.com.cn", "apple.stackexchange.com", "pine-apple.com", "snapple.com", "amazon.co.jp", "aws.amazon.com",
    "paypal.cn", "paypal.me", "paypalobjects.com", "github.io", "ann.github.io", "raw.githubusercontent.com",
    "gist.github.com", "github.blog", "gitlab.io", "en.wikipedia.org", "zh.m.wikipedia.org", "wikimedia.org",
    "mozilla.net", "docs.python.org", "pypi.org", "pythonanywhere.com", "youtu.be", "twitter.fr", "nytimes.com",
    "bbc.co.uk", "lemonde.fr", "medium.com", "archive.org", "app.example.com", "my-app.dev", "cn.bing.com",
    "e-hentai.org", "t-online.de", "some-shop-online.com", "all-in-one.cc", "co.uk.com", "例子.中国", "北京大学.cn",
    "淘宝.中国",
    "b站.com", "中文网.com", "株式会社abc.jp", "ドメイン.jp", "東京.jp", "한국.kr", "пример.com", "пример.рф", "оса.рф",
    "президент.рф", "münchen.de", "café.fr", "ελλάδα.gr", "ויקיפדיה.com", "127.0.0.1", "[::1]", "localhost",
    "veranda.cn", "www.veranda.cn", "help.veranda.cn", "veranda.com",
)  # fmt: skip

MIXED = ("tаobao.com", "faceboоk.com", "githuь.com", "aбв.com", "ελaδα.gr", "ドメイнン.jp", "אב.latin.com")


def on_the_wire(host: str) -> str:
    return URL(f"https://{host}/").hostname


def reasons(host: str, *entries: HostEntry) -> frozenset[LinkRiskReason]:
    return reputation_of(on_the_wire(host), entries, OURS).reasons


def entry(host: str, verdict: HostVerdict, scope: HostScope = HostScope.HOST) -> HostEntry:
    return HostEntry("id", host, scope, verdict, "said so", None, START)


@pytest.mark.parametrize("host", LOOKALIKES)
def test_who_passes_for_another_is_called_a_lookalike(host: str) -> None:
    assert R.LOOKALIKE_HOST in reasons(host)


@pytest.mark.parametrize("host", ORDINARY)
def test_nothing_speaks_against_an_ordinary_host(host: str) -> None:
    assert reasons(host) == set()


@pytest.mark.parametrize("host", sorted(IMITATED))
def test_nothing_speaks_against_those_that_are_imitated(host: str) -> None:
    assert reasons(host) == set()
    assert reasons(f"some.{host}") == set()


@pytest.mark.parametrize("host", MIXED)
def test_scripts_that_are_not_written_together_are_told(host: str) -> None:
    assert R.MIXED_SCRIPT in reasons(host)


def test_shorteners_are_known_also_under_www() -> None:
    assert all(reasons(host) >= {R.SHORTENER} for host in SHORTENERS)
    assert reasons("www.bit.ly") == {R.SHORTENER}
    assert reasons("docs.bit.ly") == set()


def test_no_two_names_in_the_table_look_alike() -> None:
    owners = defaultdict(set)
    for host in IMITATED:
        for look in looks_of(host).own:
            owners[look].add(registrable_domain(host) or host)

    assert [names for names in owners.values() if len(names) > 1] == []


# ---------------------------------------------------------------- what moderators list


def test_what_passes_for_a_trusted_host_is_a_lookalike_and_is_found_by_its_look() -> None:
    trusted = entry("teahouse.cn", TRUSTED)

    for host in ("teah0use.cn", "tеаhоusе.cn", "teahouse.cn.evil.com", "teahouse-cn.com"):
        assert R.LOOKALIKE_HOST in reasons(host, trusted)
        assert keys_about(on_the_wire(host)) & keys_of("teahouse.cn", HostScope.HOST, TRUSTED)
        assert not keys_about(on_the_wire(host)) & keys_of("teahouse.cn", HostScope.HOST, BLOCKED)
    for host in ("teahouse.cn", "www.teahouse.cn", "teahouse.com", "teehouse.cn"):
        assert reasons(host, trusted) == set()


def test_trusting_one_who_looks_like_a_known_host_makes_no_lookalike_of_that() -> None:
    assert reasons("xiaomi.com", entry("xiaorni.com", TRUSTED)) == set()


@pytest.mark.parametrize(
    ("host", "on_host", "on_domain", "verdict"),
    [
        ("a.tea.cn", None, None, None),
        ("a.tea.cn", TRUSTED, None, TRUSTED),
        ("a.tea.cn", None, BLOCKED, BLOCKED),
        ("a.tea.cn", TRUSTED, BLOCKED, TRUSTED),
        ("a.tea.cn", BLOCKED, TRUSTED, BLOCKED),
        ("a.tea.cn", SHORTENER, TRUSTED, SHORTENER),
        ("b.tea.cn", BLOCKED, TRUSTED, TRUSTED),
        ("b.tea.cn", BLOCKED, None, None),
        ("tea.cn", BLOCKED, TRUSTED, TRUSTED),
        ("a.tea.com", BLOCKED, BLOCKED, None),
    ],
)
def test_an_entry_about_the_host_counts_before_one_about_its_domain(
    host: str, on_host: HostVerdict | None, on_domain: HostVerdict | None, verdict: HostVerdict | None
) -> None:
    entries = [
        *([entry("a.tea.cn", on_host)] if on_host else []),
        *([entry("tea.cn", on_domain, HostScope.DOMAIN)] if on_domain else []),
    ]

    assert reputation_of(host, entries, OURS).verdict is verdict


def test_an_entry_ends_at_its_expiry() -> None:
    timed = HostEntry("id", "tea.cn", HostScope.HOST, BLOCKED, "", None, START, START + timedelta(hours=1))

    assert timed.is_in_force(START)
    assert not timed.is_in_force(START + timedelta(hours=1))


def test_a_long_name_is_looked_up_by_a_bounded_number_of_keys() -> None:
    assert len(keys_about(".".join(["cn"] * 80) + ".evil.com")) < 40
