"""Which part of a host's name one owner has registered."""

import pytest

from policy.host_names import registrable_domain

OWNERS = {
    "bilibili.com": "bilibili.com",
    "www.bilibili.com": "bilibili.com",
    "WWW.Bilibili.COM.": "bilibili.com",
    "news.bbc.co.uk": "bbc.co.uk",
    "www.pku.edu.cn": "pku.edu.cn",
    "www.gov.cn": "www.gov.cn",
    "www.xn--fiqz2y.xn--fiqs8s": "xn--fiqz2y.xn--fiqs8s",
    # Neighbours under one roof, and strangers to each other.
    "ann.github.io": "ann.github.io",
    "docs.ann.github.io": "ann.github.io",
    "bob.github.io": "bob.github.io",
    # Exceptions to wildcards, and endings that the list has not heard of.
    "www.ck": "www.ck",
    "city.kawasaki.jp": "city.kawasaki.jp",
    "a.b.unheardof": "b.unheardof",
}

NOBODYS = ("com", "com.cn", "github.io", "xn--fiqs8s", "x.ck", "localhost", "192.0.2.7", "[2001:db8::1]", "a..com", "")


@pytest.mark.parametrize(("host", "owner"), OWNERS.items())
def test_a_host_belongs_to_the_domain_that_somebody_registered(host, owner):
    assert registrable_domain(host) == owner


@pytest.mark.parametrize("host", NOBODYS)
def test_what_nobody_registered_has_no_domain(host):
    assert registrable_domain(host) is None
