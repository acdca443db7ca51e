"""Personal data in running text: what is found, what only looks like it, and that a search stays short."""

import time

import pytest

from content.pii_detection import PersonalValue, personal_values
from domain.publishing_notices import PublishingNoticeKind as Kind
from policy.limits import BODY_LENGTH, MAX_NOTICES

# All made up: nobody was born in these places on these days under these numbers, and no bank issued these cards.
IDENTITY, ENDING_IN_X = "110101199003077715", "11010119900307774X"
MOBILE = [(Kind.PHONE, "+8613800138000")]


def found(text):
    return [(value.kind, value.value) for value in personal_values(text)]


@pytest.mark.parametrize(
    "text",
    [
        "我的电话是13800138000，谢谢",
        "电话１３８００１３８０００",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "1380 013 8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "138\u200b0013\u200b8000",
        "138–0013–8000",
        "+86 138 0013 8000",
        "+8613800138000",
        "（+86）13800138000",
        "0086-13800138000。",
        "8613800138000",
        "加微信13800138000聊",
        "tel:13800138000/138-0013-8000",
        "2024 13800138000",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text):
    assert found(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("座机010-62345678", [(Kind.PHONE, "+861062345678")]),
        ("(0571) 8765 4321", [(Kind.PHONE, "+8657187654321")]),
        ("01062345678转5", [(Kind.PHONE, "+861062345678")]),
        ("+86 10 6234 5678", [(Kind.PHONE, "+861062345678")]),
        ("+44 20 7946 0958, since 2024", [(Kind.PHONE, "+442079460958")]),
        ("+44 20 7946 0958 2024", [(Kind.PHONE, "+442079460958")]),
        ("call +1 (650) 253-0000.", [(Kind.PHONE, "+16502530000")]),
        ("香港+85223456789", [(Kind.PHONE, "+85223456789")]),
        ("写信到ann@example.com。", [(Kind.EMAIL, "ann@example.com")]),
        ("Write to Ann.Li+v@Mail.Example.com.", [(Kind.EMAIL, "ann.li+v@mail.example.com")]),
        ("ann＠example．com", [(Kind.EMAIL, "ann@example.com")]),
        ("13800138000@qq.com", [(Kind.EMAIL, "13800138000@qq.com")]),
        (f"身份证号{IDENTITY}。", [(Kind.IDENTITY_NUMBER, IDENTITY)]),
        (f"身份证号{ENDING_IN_X.lower()}号", [(Kind.IDENTITY_NUMBER, ENDING_IN_X)]),
        ("110101 19900307 7715", [(Kind.IDENTITY_NUMBER, IDENTITY)]),
        ("110101-19900307-774X", [(Kind.IDENTITY_NUMBER, ENDING_IN_X)]),
        ("１１０１０１１９９００３０７７７１５", [(Kind.IDENTITY_NUMBER, IDENTITY)]),
        ("4111 1111 1111 1111", [(Kind.BANK_CARD, "4111111111111111")]),
        ("卡号4111-1111-1111-1111到账", [(Kind.BANK_CARD, "4111111111111111")]),
        ("2024 4111 1111 1111 1111 999", [(Kind.BANK_CARD, "4111111111111111")]),
        ("6222021234567890128", [(Kind.BANK_CARD, "6222021234567890128")]),
        ("卡号６２２２　０２１２　３４５６　７８９０　１２８", [(Kind.BANK_CARD, "6222021234567890128")]),
    ],
)
def test_each_kind_is_found_in_chinese_and_english(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有什么号码",
        "12800138000",  # no mobile number begins so
        "1380013800",  # a digit short
        "138001380001",  # one too many
        "订单号20240113800138000",
        "订单4111111111111112",  # Luhn fails
        "4111111111111111123456",  # longer than any card
        "0000 0000 0000 0000",
        "110101199003077714",  # the check digit fails
        "110101199013077719",  # a thirteenth month
        "110101199002307718",  # February 30
        "192.168.100.200 和 192.168.100.20",
        "版本 1.38.0013.8000",
        "1990-03-07 138",
        "价格 1999 12 99399",
        "3.14159265358979",
        "+1 200 300",
        "010-12345678",  # no landline number begins so
        "ann@example",
        "@ann 你好 example.com",
        "https://shop.example/item/13800138000?card=4111111111111111",
    ],
)
def test_what_only_looks_like_one_is_passed_over(text):
    assert found(text) == []


def test_the_check_digit_alone_tells_an_identity_number():
    numbers = [IDENTITY[:17] + last for last in "0123456789X"]

    assert [number for number in numbers if (Kind.IDENTITY_NUMBER, number) in found(number)] == [IDENTITY]


def test_each_value_is_told_once_in_the_order_of_the_table():
    text = f"13800138000 {IDENTITY} 138-0013-8000 ann@example.com 4111111111111111 +86 13800138000"

    assert found(text) == [
        (Kind.EMAIL, "ann@example.com"),
        (Kind.IDENTITY_NUMBER, IDENTITY),
        (Kind.BANK_CARD, "4111111111111111"),
        *MOBILE,
    ]


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (Kind.PHONE, "+8613800138000", "138…00"),
        (Kind.IDENTITY_NUMBER, IDENTITY, "110…15"),
        (Kind.BANK_CARD, "4111111111111111", "411…11"),
        (Kind.EMAIL, "ann@example.com", "a…@example.com"),
    ],
)
def test_a_value_is_named_by_its_ends(kind, value, masked):
    assert PersonalValue(kind, value).masked == masked


def test_more_than_anyone_reads_is_not_told():
    text = " ".join(f"138{n:08d}" for n in range(200))

    assert len(personal_values(text)) == MAX_NOTICES


HOSTILE = {
    piece: (piece * BODY_LENGTH)[:BODY_LENGTH]
    for piece in [
        *("1", "1 ", "1-", "1 3 ", "13.8.", "4-4 ", "4444 ", "5 ", "86 1", "138 0013 800 ", "6222021234567890 "),
        *(f"{IDENTITY[:-1]}4 ", "13800138000 ", "0571 2345678 ", "+1", "+12345678 ", "+86 10 6234 5678 ", "+("),
        *("a@", "a.", "a@a.", "a@b.cc ", "a-@", "https://", "\ufdfa", "１"),
    ]
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_search_takes_time_in_proportion_to_the_text(text):
    """At most 20 ms on a quiet machine; a search that is not linear takes seconds."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        personal_values(text)
        times.append(time.process_time() - begun)

    assert min(times) < 0.05
