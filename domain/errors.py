"""What a person can fix: a stable code, a sentence for that person, and where in the input it lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from domain.messages import Message
from domain.moderation import Decision


class ErrorCode(Enum):
    """Stable and machine-readable. docs/API.md lists each with its meaning."""

    VALIDATION = "VALIDATION"
    NOT_SIGNED_IN = "NOT_SIGNED_IN"
    SIGN_IN_FAILED = "SIGN_IN_FAILED"
    CODE_INVALID = "CODE_INVALID"
    HANDLE_TAKEN = "HANDLE_TAKEN"
    PHONE_TAKEN = "PHONE_TAKEN"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    RATE_LIMITED = "RATE_LIMITED"
    CONTENT_REFUSED = "CONTENT_REFUSED"
    TEXT_TOO_COMPLEX = "TEXT_TOO_COMPLEX"
    LINK_BLOCKED = "LINK_BLOCKED"
    POSTING_SUSPENDED = "POSTING_SUSPENDED"
    STATEMENT_NOT_ACCEPTED = "STATEMENT_NOT_ACCEPTED"


@dataclass(frozen=True, slots=True)
class UserError:
    """One thing that stands in the way."""

    code: ErrorCode
    message: Message
    path: tuple[str, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    retry_at: datetime | None = None
    decision: Decision | None = None


class Refused(Exception):
    """Raised where an action cannot be done as asked; nothing has been changed."""

    def __init__(self, *problems: UserError) -> None:
        super().__init__(", ".join(f"{problem.code.value} {problem.message.name}" for problem in problems))
        self.errors = problems


def refusal(code: ErrorCode, message: Message, *path: str, **values: object) -> Refused:
    """A refusal for a single reason."""
    return Refused(UserError(code, message, path, values))


class WrongFields:
    """Collects the refusals of several fields, so that one answer names every field that is wrong.

    Each field is checked in its own ``with wrong.collect():``; then ``wrong.refuse()``, before anything is written.
    """

    def __init__(self) -> None:
        self._problems: list[UserError] = []

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Keep a refusal for later. Raise it at once if it names no field: then it is not about the input."""
        try:
            yield
        except Refused as refused:
            if not all(problem.path for problem in refused.errors):
                raise
            self._problems += refused.errors

    def refuse(self) -> None:
        """Raise all that was collected as one refusal. Do nothing if there is nothing."""
        if self._problems:
            raise Refused(*self._problems)


@contextmanager
def naming(**fields: str) -> Iterator[None]:
    """Name fields in refusals as the mutation does: ``naming(targetId="memberId")``.

    Where two then have one name, the first says what is wrong with it.
    """
    try:
        yield
    except Refused as refused:
        by_path: dict[tuple[str, ...], UserError] = {}
        for problem in refused.errors:
            named = _named(problem, fields)
            by_path.setdefault(named.path, named)
        raise Refused(*by_path.values()) from refused


def _named(problem: UserError, fields: dict[str, str]) -> UserError:
    if not problem.path:
        return problem
    first, *rest = problem.path
    return replace(problem, path=(fields.get(first, first), *rest))


class PublicFault(Exception):
    """A fault with a stable ``code`` for programs and a sentence for the person.

    It stands for what no input field can mend (the database is away, a role is missing); what a person can mend is a
    payload error.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
