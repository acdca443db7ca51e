"""Every sentence in both languages: the same placeholders, Chinese terms by the glossary, Chinese punctuation."""

import re
from string import Formatter

import pytest

from domain.audience import Audience
from domain.language import Language
from domain.messages import Message

#: Words that went, because readers take them for something else or another word stands for the same thing.
RETIRED = ("会员", "审看", "评定", "看过", "署名处", "账户", "帐号", "版块", "你", "它们", "大家", "放回")
#: Latin words that members may read inside Chinese sentences: addresses and what clients write by its name.
ALLOWED_LATIN = {"http", "https", "example", "com", "idempotencyKey"}
HAN = "\u4e00-\u9fff"


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("message", Message)
def test_both_languages_have_the_same_placeholders(message):
    chinese, english = message.value

    assert _placeholders(chinese) == _placeholders(english)


@pytest.mark.parametrize("message", Message)
def test_chinese_uses_no_retired_word(message):
    chinese, _ = message.value

    assert [word for word in RETIRED if word in chinese] == []


@pytest.mark.parametrize("message", Message)
def test_chinese_names_no_enum_field_or_type(message):
    words = set(re.findall(r"[A-Za-z]+", re.sub(r"{\w+}", "", message.value[0])))

    assert words <= ALLOWED_LATIN


@pytest.mark.parametrize("message", Message)
def test_chinese_punctuation_is_full_width(message):
    chinese, _ = message.value

    assert re.findall(rf"[{HAN}][,;:?!()]|[,;:?!()][{HAN}]", chinese) == []


@pytest.mark.parametrize("message", Message)
def test_a_space_parts_chinese_from_latin_letters_and_digits(message):
    assert re.findall(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", message.value[0]) == []


def test_an_audience_is_named_in_the_reader_s_words():
    told = [
        Message.AUDIENCE_TOO_WIDE.in_language(language, {"widest": Audience.FRIENDS})
        for language in (Language.ZH, Language.EN)
    ]

    assert told == [
        "此项的可见范围最多只能设为“好友可见”。",
        "The widest audience of this field is “friends”.",
    ]


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_has_its_words(audience):
    assert Message[audience.name].value != (audience.value, audience.value)
