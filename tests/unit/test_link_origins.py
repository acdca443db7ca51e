"""No foreign origin passes for ours, and no scheme lives that must not: others' cases, and generated ones."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from ada_url import URL, check_url
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.links import LEAVE_PATH, Site, classify
from tests.spellings import GLUE, OWN, SPELLINGS

SITE = Site.at(OWN)
DEVELOPMENT = Site.at("http://127.0.0.1:8000/")
URL_TESTS = Path(__file__).parents[2].parent / "shared" / "corpora" / "urltestdata.json"
ALIVE: Final = frozenset({"http:", "https:", "mailto:"})


# ---------------------------------------------------------------- the web platform's own tests


def url_tests() -> list[dict[str, Any]]:
    return [case for case in json.loads(URL_TESTS.read_text(encoding="utf-8")) if isinstance(case, dict)]


@pytest.mark.skipif(not URL_TESTS.exists(), reason=f"no web-platform-tests at {URL_TESTS}")
def test_every_comparable_case_of_the_web_platform_tests_is_classed_as_expected() -> None:
    """The rest are relative to what no site can be (nothing, a file, a made-up scheme): the browser judges them."""
    mistakes, judged = [], 0
    for case in url_tests():
        site = site_of(case)
        if site is None:
            continue
        judged += 1
        link = classify(case["input"], site)
        if (None if link is None else link.is_external) != expectation(case, site):
            mistakes.append((case["input"], case["base"], link))

    assert mistakes == []
    assert (judged, len(url_tests())) == (773, 891)


def expectation(case: dict[str, Any], site: Site) -> bool | None:
    """Whether the link is external, or None where it must not live; from the test's own fields."""
    if case.get("failure") or case["protocol"] not in ALIVE:
        return None
    return f"{case['protocol']}//{case['host']}" != site.url


def site_of(case: dict[str, Any]) -> Site | None:
    """The site on which the case's base stands: a path in the base moves no origin. None where that makes no sense."""
    if check_url(case["base"] or "") and (base := URL(case["base"])).protocol in {"http:", "https:"}:
        return Site.at(base.origin)
    scheme = re.match("[a-z][a-z0-9+.-]*:", re.sub("[\t\n\r]", "", case["input"]).lstrip("\0\x1f "), re.IGNORECASE)
    if scheme is None:
        return None
    # `https:/a` is relative on a site that is served by https, and absolute elsewhere.
    return DEVELOPMENT if scheme[0].lower() == "https:" else SITE


# ---------------------------------------------------------------- generated


@settings(max_examples=2_000)
@given(st.integers(0, len(OWN)), st.integers(0, 3), st.lists(st.sampled_from(GLUE), max_size=4))
def test_no_mutation_of_our_address_makes_a_foreign_origin_internal(place: int, cut: int, pieces: list[str]) -> None:
    assert_classed_by_origin(OWN[:place] + "".join(pieces) + OWN[place + cut :])


@settings(max_examples=2_000)
@given(st.lists(st.sampled_from(SPELLINGS), max_size=3), st.lists(st.sampled_from([*GLUE, *SPELLINGS]), max_size=5))
@example(["https://veranda.example"], ["@", "evil.com"])
def test_no_mixture_of_spellings_makes_a_foreign_origin_internal(begin: list[str], rest: list[str]) -> None:
    assert_classed_by_origin("".join(begin + rest))


def assert_classed_by_origin(url: str) -> None:
    link = classify(url, SITE)

    if link is None:
        return
    parsed = URL(url, OWN)
    assert parsed.protocol in ALIVE
    assert link.is_external == (URL(link.url).origin != OWN)
    # Where the leaving page is not in the way, the browser goes where we say it goes.
    if parsed.protocol != "mailto:" and parsed.pathname != LEAVE_PATH:
        assert link.is_external == (parsed.origin != OWN)
        assert link.ascii_host == parsed.hostname.removesuffix(".")


@given(st.text(max_size=50))
def test_any_text_is_classified_or_refused_without_an_error(url: str) -> None:
    link = classify(url, SITE, url)

    assert link is None or URL(link.url).href == link.url
