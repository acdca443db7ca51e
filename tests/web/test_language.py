"""The page speaks the language that the browser likes best."""

import pytest

from domain.language import Language
from web.language import MAX_HEADER_LENGTH, language_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, Language.ZH),
        ("", Language.ZH),
        ("zh-CN", Language.ZH),
        ("zh-Hant-TW;q=0.9", Language.ZH),
        ("en", Language.EN),
        ("EN-gb, zh;q=0.9", Language.EN),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en;q=0.8, zh;q=0.9", Language.ZH),
        ("en;q=0.1, zh-Hant;q=0.05, zh-CN;q=0.2", Language.ZH),
        ("en, zh", Language.EN),
        ("zh, en", Language.ZH),
        ("fr-FR, fr;q=0.9, en;q=0.5", Language.EN),
        ("fr, de", Language.ZH),
        ("*", Language.ZH),
        ("en;q=0.5, *", Language.ZH),
        ("zh;q=0, *", Language.EN),
        ("zh;q=0", Language.ZH),
        ("en;q=0", Language.ZH),
        ("en;q=0.000, zh;q=0.001", Language.ZH),
        ("en ;\tq=1.000", Language.EN),
        (", en,,", Language.EN),
        ("english-is-toolongasubtag", Language.ZH),
        ("en;q=1.5", Language.ZH),
        ("en;q=0.1234", Language.ZH),
        ("en;q=x, en", Language.ZH),
        ("en;level=1", Language.ZH),
        ("en_US", Language.ZH),
        ("ｅｎ", Language.ZH),
        ("en" + ",en" * MAX_HEADER_LENGTH, Language.ZH),
    ],
)
def test_language_is_the_one_the_browser_likes_best(header: str | None, language: Language) -> None:
    assert language_of(header) is language
