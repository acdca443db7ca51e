"""Several fields are wrong at once: one refusal names them all."""

import pytest

from domain.errors import ErrorCode, Refused, WrongFields, naming, refusal
from domain.messages import Message


def refuse(*path: str) -> None:
    raise refusal(ErrorCode.VALIDATION, Message.EMPTY, *path)


def test_all_that_was_collected_is_raised_in_order():
    wrong = WrongFields()
    with wrong.collect():
        refuse("title")
    with wrong.collect():
        pass
    with wrong.collect():
        raise Refused(*refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, "boardId").errors)

    with pytest.raises(Refused) as refused:
        wrong.refuse()

    assert [(each.code.value, each.path) for each in refused.value.errors] == [
        ("VALIDATION", ("title",)),
        ("NOT_FOUND", ("boardId",)),
    ]


def test_nothing_wrong_is_not_refused():
    wrong = WrongFields()
    with wrong.collect():
        pass

    wrong.refuse()


def test_a_refusal_that_names_no_field_ends_it_at_once():
    """Too many tries, or not signed in: what is in the fields does not matter then."""
    wrong = WrongFields()
    with wrong.collect():
        refuse("title")

    with pytest.raises(Refused) as refused, wrong.collect():
        refuse()

    assert [each.path for each in refused.value.errors] == [()]


def test_collected_fields_can_be_collected_again():
    inner, outer = WrongFields(), WrongFields()
    with outer.collect():
        refuse("handle")
    with outer.collect():
        with inner.collect():
            refuse("audiences", "PHONE")
        inner.refuse()

    with pytest.raises(Refused) as refused:
        outer.refuse()

    assert [each.path for each in refused.value.errors] == [("handle",), ("audiences", "PHONE")]


def test_what_is_no_refusal_is_not_collected():
    with pytest.raises(LookupError), WrongFields().collect():
        raise LookupError


def test_a_field_is_named_as_the_mutation_does():
    with pytest.raises(Refused) as refused, naming(targetId="memberId"):
        raise Refused(*(refusal(ErrorCode.NOT_FOUND, Message.NOT_FOUND, *path).errors[0] for path in PATHS))

    assert [each.path for each in refused.value.errors] == [("memberId", "x"), ("action",), ()]


PATHS: tuple[tuple[str, ...], ...] = (("targetId", "x"), ("action",), ())


def test_of_two_fields_that_the_mutation_has_as_one_the_first_is_told():
    both = Refused(
        *refusal(ErrorCode.VALIDATION, Message.NOT_ABOUT_THIS, "action").errors,
        *refusal(ErrorCode.FORBIDDEN, Message.NOT_ALLOWED, "targetId").errors,
    )

    with pytest.raises(Refused) as refused, naming(action="targetId"):
        raise both

    assert [(each.code.value, each.path) for each in refused.value.errors] == [("VALIDATION", ("targetId",))]
