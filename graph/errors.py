"""Errors that a person can mend, as payloads carry them: one interface, a type for each family."""

from dataclasses import dataclass
from datetime import datetime

import strawberry

from domain import moderation
from domain.errors import Refused
from domain.errors import UserError as DomainUserError
from graph.decisions import Decision
from graph.enums import ErrorCode
from graph.fields import attribute
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class ErrorView:
    """A problem told in the reader's language."""

    code: ErrorCode
    message: str
    path: list[str] | None
    retry_at: datetime | None
    decision: moderation.Decision | None


def _covers(*codes: ErrorCode) -> "classmethod[UserError, [object, object], bool]":
    """An error type is found by its code; each code has one type."""

    def is_type_of(_type: type, value: object, _info: object) -> bool:
        return isinstance(value, ErrorView) and value.code in codes

    return classmethod(is_type_of)


@strawberry.interface(description="An error the user can fix.")
class UserError:
    """An ErrorView."""

    code: ErrorCode = attribute("The stable code of the error, for programs.")
    message: str = attribute("A sentence that says what is wrong and how to fix it, in the viewer's language.")
    path: list[str] | None = attribute(
        "The path of the input field that is wrong. Null if the error is not about a single field."
    )


@strawberry.type(description="A value of the input is wrong: VALIDATION or TEXT_TOO_COMPLEX.")
class ValidationError(UserError):
    """VALIDATION, TEXT_TOO_COMPLEX."""

    is_type_of = _covers(ErrorCode.VALIDATION, ErrorCode.TEXT_TOO_COMPLEX)


@strawberry.type(description="Too many attempts were made: RATE_LIMITED.")
class RateLimitedError(UserError):
    """RATE_LIMITED."""

    retry_at: datetime | None = attribute("When the next attempt is possible. Null if that is not known.")
    is_type_of = _covers(ErrorCode.RATE_LIMITED)


@strawberry.type(description="The object has changed, or is in another state than the mutation needs: CONFLICT.")
class ConflictError(UserError):
    """CONFLICT."""

    decision: Decision | None = attribute(
        "The decision that another moderator made first. Null if no other decision is in the way, or the viewer "
        "cannot see it."
    )
    is_type_of = _covers(ErrorCode.CONFLICT)


@strawberry.type(
    description="The viewer is not signed in, or could not be: NOT_SIGNED_IN, SIGN_IN_FAILED or CODE_INVALID."
)
class SignInError(UserError):
    """NOT_SIGNED_IN, SIGN_IN_FAILED, CODE_INVALID."""

    is_type_of = _covers(ErrorCode.NOT_SIGNED_IN, ErrorCode.SIGN_IN_FAILED, ErrorCode.CODE_INVALID)


@strawberry.type(description="Another member has the value: HANDLE_TAKEN or PHONE_TAKEN.")
class TakenError(UserError):
    """HANDLE_TAKEN, PHONE_TAKEN."""

    is_type_of = _covers(ErrorCode.HANDLE_TAKEN, ErrorCode.PHONE_TAKEN)


@strawberry.type(description="The viewer does not have the right to do this: FORBIDDEN.")
class ForbiddenError(UserError):
    """FORBIDDEN."""

    is_type_of = _covers(ErrorCode.FORBIDDEN)


@strawberry.type(
    description="A sanction does not allow this: POSTING_SUSPENDED. `Viewer.postingStatus` says why, and until when."
)
class PostingSuspendedError(UserError):
    """POSTING_SUSPENDED."""

    is_type_of = _covers(ErrorCode.POSTING_SUSPENDED)


@strawberry.type(description="An object that the input names does not exist for the viewer: NOT_FOUND.")
class NotFoundError(UserError):
    """NOT_FOUND."""

    is_type_of = _covers(ErrorCode.NOT_FOUND)


@strawberry.type(description="The privacy statement in force must be accepted first: STATEMENT_NOT_ACCEPTED.")
class StatementNotAcceptedError(UserError):
    """STATEMENT_NOT_ACCEPTED."""

    is_type_of = _covers(ErrorCode.STATEMENT_NOT_ACCEPTED)


ERROR_TYPES = (
    ValidationError,
    RateLimitedError,
    ConflictError,
    SignInError,
    TakenError,
    ForbiddenError,
    NotFoundError,
    PostingSuspendedError,
    StatementNotAcceptedError,
)


def errors_of(context: Context, refused: Refused) -> list[ErrorView]:
    """The problems of a refusal, told to this reader."""
    return [_view(context, error) for error in refused.errors]


def _view(context: Context, error: DomainUserError) -> ErrorView:
    message = error.message.in_language(context.language, error.values)
    path = list(error.path) or None
    return ErrorView(error.code, message, path, error.retry_at, error.decision)
