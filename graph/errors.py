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


@strawberry.interface(description="What stands in the way, and where in the input.")
class UserError:
    """An ErrorView."""

    code: ErrorCode = attribute("Stable and machine-readable.")
    message: str = attribute("For the person, in their language.")
    path: list[str] | None = attribute("Where in the input it lies.")


@strawberry.type(description="A value that cannot be taken as it is.")
class ValidationError(UserError):
    """VALIDATION, TEXT_TOO_COMPLEX."""

    is_type_of = _covers(ErrorCode.VALIDATION, ErrorCode.TEXT_TOO_COMPLEX)


@strawberry.type(description="Too often; later it goes again.")
class RateLimitedError(UserError):
    """RATE_LIMITED."""

    retry_at: datetime | None = attribute("From when it goes again.")
    is_type_of = _covers(ErrorCode.RATE_LIMITED)


@strawberry.type(description="Something else came first.")
class ConflictError(UserError):
    """CONFLICT."""

    decision: Decision | None = attribute("The winner's decision, where there was a race for one.")
    is_type_of = _covers(ErrorCode.CONFLICT)


@strawberry.type(description="Who asks is not known, or could not be made sure of.")
class SignInError(UserError):
    """NOT_SIGNED_IN, SIGN_IN_FAILED, CODE_INVALID."""

    is_type_of = _covers(ErrorCode.NOT_SIGNED_IN, ErrorCode.SIGN_IN_FAILED, ErrorCode.CODE_INVALID)


@strawberry.type(description="Another member has it.")
class TakenError(UserError):
    """HANDLE_TAKEN, PHONE_TAKEN."""

    is_type_of = _covers(ErrorCode.HANDLE_TAKEN, ErrorCode.PHONE_TAKEN)


@strawberry.type(description="The viewer may not do this.")
class ForbiddenError(UserError):
    """FORBIDDEN."""

    is_type_of = _covers(ErrorCode.FORBIDDEN)


@strawberry.type(description="A sanction keeps the viewer from it; Viewer.postingStatus says why, and until when.")
class PostingSuspendedError(UserError):
    """POSTING_SUSPENDED."""

    is_type_of = _covers(ErrorCode.POSTING_SUSPENDED)


@strawberry.type(description="There is no such thing for this viewer.")
class NotFoundError(UserError):
    """NOT_FOUND."""

    is_type_of = _covers(ErrorCode.NOT_FOUND)


@strawberry.type(description="The current privacy statement has to be accepted first.")
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
