"""What a dump's lines say, read without any engine."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from accounts.handles import to_handle
from importer.dump import AnswerRow, Author, CommentRow, QuestionRow, comment_row, post_row, understood, user_row
from importer.names import handles_for, origin_for, rare_handle, slug_for, to_shown_name
from importer.rows import MAX_LINE_BYTES, Fault, Place, Row, Unfit, attributes_of, rows_of
from policy.limits import HANDLE_LENGTH
from tests.clock_and_random import SeededRandom

PLACE = Place("Posts.xml", 3)
QUESTION = {
    "Id": "1",
    "PostTypeId": "1",
    "CreationDate": "2018-02-06T20:19:50.957",
    "Body": "<p>你好</p>",
    "OwnerUserId": "14",
}
ANSWER = QUESTION | {"Id": "2", "PostTypeId": "2", "ParentId": "1"}
COMMENT = {"Id": "5", "PostId": "2", "Text": "`x`", "CreationDate": "2018-02-06T20:30:28.907", "UserId": "31"}


def nothing(_size: int) -> None:
    """Nobody looks on."""


def without(values: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if key != name}


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ('  <row Id="1" Body="&lt;p&gt;你&#xA;好&lt;/p&gt;" />\r\n', {"Id": "1", "Body": "<p>你\n好</p>"}),
        ("<row/>", {}),
        ("<row Id='-1' Name=\"a'b\"></row>", {"Id": "-1", "Name": "a'b"}),
    ],
)
def test_a_row_is_its_attributes(line, values):
    assert attributes_of(line.encode()) == values


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'<row Id="1" Id="2" />', "not well-formed"),
        (b'<row Id="1"', "not well-formed"),
        (b'<row Id="1" /><row Id="2" />', "not well-formed"),
        (b'<row Id="&secret;" />', "not well-formed"),
        (b'<row Id="\xff" />', "not well-formed"),
        (b'<row Id="&#x1B;" />', "not well-formed"),
        (b'<rows Id="1" />', "is no row"),
        (b"<!DOCTYPE users [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", "is no row"),
        (b"<!-- <row/> -->", "is no row"),
    ],
)
def test_a_line_that_is_no_row_says_why(line, reason):
    with pytest.raises(Unfit, match=reason):
        attributes_of(line)


def test_a_broken_line_costs_itself_alone(tmp_path: Path):
    file = tmp_path / "Users.xml"
    file.write_bytes(
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\r\n<users>\n'
        b'  <row Id="1" />\n  <row Id="2"\n\n  <row Id="3" />\n</users>'
    )
    sizes: list[int] = []

    found = list(rows_of(file, sizes.append))

    assert [(type(row), row.place.line) for row in found] == [(Row, 3), (Fault, 4), (Row, 6)]
    assert sum(sizes) == file.stat().st_size


def test_a_line_that_is_too_long_is_passed_over_without_being_kept(tmp_path: Path):
    file = tmp_path / "Posts.xml"
    file.write_bytes(b'<row Id="' + b"1" * (3 * MAX_LINE_BYTES) + b'" />\n<row Id="2" />\n')
    sizes: list[int] = []

    long, after = rows_of(file, sizes.append)

    assert long == Fault(Place("Posts.xml", 1), f"is longer than {MAX_LINE_BYTES} bytes")
    assert after == Row(Place("Posts.xml", 2), {"Id": "2"})
    assert sum(sizes) == file.stat().st_size


def test_a_question_an_answer_and_a_comment_are_told_apart():
    at = datetime(2018, 2, 6, 20, 19, 50, 957_000, tzinfo=UTC)

    question = post_row(Row(PLACE, QUESTION | {"Title": " 问  题 ", "LastEditDate": "2019-01-01T00:00:00"}))
    answer = post_row(Row(PLACE, ANSWER))
    comment = comment_row(Row(PLACE, without(COMMENT, "UserId") | {"UserDisplayName": "user23"}))

    edited_at = datetime(2019, 1, 1, tzinfo=UTC)
    assert question == QuestionRow(PLACE, "1", at, Author("14", None), "<p>你好</p>", "问 题", edited_at)
    assert answer == AnswerRow(PLACE, "2", at, Author("14", None), "<p>你好</p>", "1", None)
    commented_at = datetime(2018, 2, 6, 20, 30, 28, 907_000, tzinfo=UTC)
    assert comment == CommentRow(PLACE, "5", commented_at, Author(None, "user23"), "`x`", "2")


@pytest.mark.parametrize(
    ("read", "values", "reason"),
    [
        (post_row, without(QUESTION, "Id"), "has no Id"),
        (post_row, QUESTION | {"Id": "one"}, "Id 'one' is no number"),
        (post_row, QUESTION | {"Id": "１"}, "Id '１' is no number"),
        (post_row, without(QUESTION, "PostTypeId"), "has no PostTypeId"),
        (post_row, QUESTION | {"PostTypeId": "5"}, "PostTypeId '5' is neither a question"),
        (post_row, without(QUESTION, "Body"), "has no Body"),
        (post_row, QUESTION | {"Body": " \n"}, "has no Body"),
        (post_row, QUESTION | {"Title": "题" * 201}, "Title has 201 characters"),
        (post_row, without(QUESTION, "OwnerUserId"), "has neither OwnerUserId nor OwnerDisplayName"),
        (post_row, without(QUESTION, "CreationDate"), "has no CreationDate"),
        (post_row, QUESTION | {"CreationDate": "2018-02-30T00:00:00"}, "CreationDate '2018-02-30T00:00:00' is no date"),
        (post_row, QUESTION | {"CreationDate": "0001-01-01T00:00:00+14:00"}, "is no date"),
        (post_row, QUESTION | {"LastEditDate": "gestern"}, "LastEditDate 'gestern' is no date"),
        (post_row, without(ANSWER, "ParentId"), "has no ParentId"),
        (comment_row, without(COMMENT, "Text"), "has no Text"),
        (comment_row, without(COMMENT, "PostId"), "has no PostId"),
        (comment_row, without(COMMENT, "UserId"), "has neither UserId nor UserDisplayName"),
        (user_row, {"Id": "1"}, "has no CreationDate"),
    ],
)
def test_a_row_that_lacks_what_it_needs_says_what(read, values, reason):
    with pytest.raises(Unfit) as refused:
        read(Row(PLACE, values))

    assert reason in str(refused.value)


def test_a_row_that_cannot_be_understood_is_told_with_its_place(tmp_path: Path):
    file = tmp_path / "Comments.xml"
    file.write_text('<comments>\n<row Id="7" />\n</comments>\n')

    assert list(understood(file, comment_row, nothing)) == [Fault(Place("Comments.xml", 2), "has no CreationDate")]


@pytest.mark.parametrize(
    ("name", "shown", "handle"),
    [
        ("Ann", "Ann", "ann"),
        ("李 雷", "李 雷", "李_雷"),
        ("Rand al'Thor", "Rand al'Thor", "rand_al_thor"),
        ("L. L. Blumire", "L. L. Blumire", "l_l_blumire"),
        ("Zoë\u200bK", "ZoëK", "zoë_k"),
        ("Дима Smith", "Дима Smith", "smith"),
        ("🎉", "🎉", "member"),
        ("M", "M", "member"),
        ("名" * 50, "名" * 40, "名" * 24),
        ("\u202e", None, "member"),
        ("", None, "member"),
    ],
)
def test_a_name_from_elsewhere_is_fitted_to_the_rules_here(name, shown, handle):
    assert to_shown_name(name) == shown
    assert handles_for(name)[0] == handle


@pytest.mark.parametrize(
    ("folder", "slug"),
    [
        ("conlang-meta", "conlang-meta"),
        ("My Dump (2021)", "my-dump-2021"),
        ("会话", None),
        ("", None),
        ("x", None),
        ("ab-" * 20, "-".join(["ab"] * 13) + "-a"),
    ],
)
def test_a_folders_name_gives_the_board_its_slug(folder, slug):
    assert slug_for(folder) == slug


@pytest.mark.parametrize("name", ["Ann", "名" * 50, None, "🎉", "Rand al'Thor the Second of His Name", "Дима Smith"])
def test_every_handle_that_is_offered_fits_the_rules(name):
    offered = [*handles_for(name), rare_handle(name, SeededRandom())]

    assert [to_handle(handle) for handle in offered] == offered
    assert len(set(offered)) == len(offered)
    assert max(map(len, offered)) <= HANDLE_LENGTH[1]


@pytest.mark.parametrize(
    ("folder", "origin"),
    [
        ("bicycles.stackexchange.com", "https://bicycles.stackexchange.com"),
        ("Meta.AskUbuntu.com", "https://meta.askubuntu.com"),
        ("stackoverflow.com", "https://stackoverflow.com"),
        ("stackexchange.com.evil.example", None),
        ("notstackexchange.com", None),
        ("my dump", None),
    ],
)
def test_a_folder_named_after_a_site_tells_where_its_links_lead(folder, origin):
    assert origin_for(folder) == origin
