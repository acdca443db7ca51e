"""Hostile texts in every text that a mutation takes: what is kept of them, or how they are refused."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from graphql import get_named_type, is_input_object_type

from domain.messages import Message
from tests.dumps import changes, dump, put_back
from tests.stage import MUTATIONS, Stage, inputs_of
from tests.text_inputs import HOSTILE, MARK, TEXT_INPUTS, Hostile, Kind, TextInput
from text.unicode_limits import FORBIDDEN, limit_unicode

#: Where an accepted text is not kept, and why.
NOT_KEPT = {
    "checkPost": "it publishes nothing",
    "approveContent": "a board's owner approves without a word",
}
EACH_TEXT = pytest.mark.parametrize("name", TEXT_INPUTS)


def test_every_text_that_a_mutation_takes_has_a_row() -> None:
    found = {f"{mutation}.{field}" for mutation in MUTATIONS for field in texts_of(inputs_of(mutation))}

    assert set(TEXT_INPUTS) == found


@EACH_TEXT
async def test_a_hostile_text_is_refused_or_kept_within_the_unicode_limits(stage, name):
    mutation, field = name.split(".")
    for does, hostile in HOSTILE.items():
        before = await dump(stage.stores, left_out=())

        errors = await stage.sends(mutation, stage.rows[mutation].given({field: hostile.typed}))

        after = await dump(stage.stores, left_out=())
        kept = {text for text in texts_in(changes(before, after)) if MARK in text}
        kept |= {text async for text in direct_messages(stage) if MARK in text}
        await put_back(stage.stores, before, after)
        assert errors == expected_errors(name, hostile), does
        assert_kept(name, hostile, kept, is_refused=bool(errors))


@EACH_TEXT
async def test_a_text_that_is_too_long_is_refused_and_nothing_changes(stage, name):
    mutation, field = name.split(".")
    most, before = TEXT_INPUTS[name].most, await stage.looks()
    if most is None:
        return

    errors = await stage.sends(mutation, stage.rows[mutation].given({field: MARK + "x" * most}))

    assert errors == [refused_as(name)]
    assert changes(before, await stage.looks()) == {}


@pytest.mark.parametrize("explanation", ["\u200b\u200b", "\u2060", "\u0301", "\u3164"])
async def test_a_sanction_has_an_explanation_that_can_be_seen(stage, explanation):
    before = await stage.looks()

    errors = await stage.sends("sanctionMember", stage.rows["sanctionMember"].given({"explanation": explanation}))

    assert errors == [("VALIDATION", ("explanation",))]
    assert changes(before, await stage.looks()) == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("\u200b\u200b", Message.EDIT_MAY_SHOW.in_both()), ("Qzx \u202eabc", "Qzx abc")],
    ids=["unseen", "seen"],
)
async def test_a_moderator_s_explanation_of_an_approval_is_kept_if_it_can_be_seen(stage, typed, kept):
    before, world = await dump(stage.stores, left_out=()), stage.world

    target = {"targetId": world["edited"], "writtenAt": world["edited at"]}
    await world.people["mo"].manages("approveContent", **target, explanation=typed)

    after = await dump(stage.stores, left_out=())
    told = [row["explanation"] for (name, _), row in changes(before, after).items() if name == "audit"]
    await put_back(stage.stores, before, after)
    assert told == [kept]


@pytest.mark.parametrize("name", ["updateProfile.website", "reportLink.url"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_an_address_is_kept_in_ascii(stage, name, hostile):
    mutation, field = name.split(".")
    before = await dump(stage.stores, left_out=())

    errors = await stage.sends(mutation, stage.rows[mutation].given({field: f"https://qzx.example/{hostile.typed}"}))

    after = await dump(stage.stores, left_out=())
    kept = [text for text in texts_in(changes(before, after)) if "qzx.example/" in text]
    await put_back(stage.stores, before, after)
    assert errors == []
    assert kept
    assert all(text.isascii() and text.isprintable() for text in kept)


def texts_of(fields: Mapping[str, Any]) -> Iterator[str]:
    """The fields that take a text, also those inside of lists."""
    for name, field in fields.items():
        kind: Any = get_named_type(field.type)
        if kind.name in {"String", "Markdown"}:
            yield name
        elif is_input_object_type(kind):
            yield from texts_of(kind.fields)


def refused_as(name: str) -> tuple[str, tuple[str, ...]]:
    row = TEXT_INPUTS[name]
    return row.code, (name.split(".")[1],) if row.path is None else row.path


def expected_errors(name: str, hostile: Hostile) -> list[tuple[str, tuple[str, ...]]]:
    return [refused_as(name)] if is_refused(TEXT_INPUTS[name], hostile) else []


def is_refused(row: TextInput, hostile: Hostile) -> bool:
    if row.kind in {Kind.TEXT, Kind.LINE, Kind.MARKDOWN}:
        return hostile.text is None
    return row.kind is Kind.FORM or len(hostile.typed) < row.least


def assert_kept(name: str, hostile: Hostile, kept: set[str], *, is_refused: bool) -> None:
    row = TEXT_INPUTS[name]
    expected = None if is_refused or name.split(".", maxsplit=1)[0] in NOT_KEPT else hostile.kept_as(row.kind)
    if row.kind is Kind.MARKDOWN and expected:
        assert expected in kept
        kept -= {expected}
        assert all(is_within_limits(text) for text in kept)
    else:
        assert kept == ({expected} if expected else set())


def is_within_limits(text: str) -> bool:
    return limit_unicode(text) == text and not FORBIDDEN.search(text)


async def direct_messages(stage: Stage) -> AsyncIterator[str]:
    """What waits to be delivered: it is sealed, so that no mark is found in it."""
    letters = stage.stores.direct_messages
    for message_id in await letters.due(stage.community.app_services.core.now() + timedelta(days=1), 10):
        if waiting := await letters.read(message_id):
            yield letters.open(waiting.event)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in it, but for ids: keys for retries are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from () if name == "_id" else texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
