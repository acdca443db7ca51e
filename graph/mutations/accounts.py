"""Codes, registering, signing in and out."""

from datetime import datetime
from typing import Any

import strawberry

from accounts.codes import request_code
from accounts.registration import Registration, SignedIn, register
from accounts.sign_in import SignIn, sign_in, sign_out
from graph.enums import CodePurpose
from graph.errors import UserError
from graph.mutations.payloads import mutation
from graph.viewer import Viewer, viewer_view
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class RequestCodeInput:
    """For whom, and what for."""

    phone: str = strawberry.field(description="As people type it; without a country code it is Chinese.")
    purpose: CodePurpose


@strawberry.type
class RequestCodePayload:
    """The same for every phone, known here or not."""

    expires_at: datetime | None = strawberry.field(default=None, description="Until when the code counts.")
    retry_at: datetime | None = strawberry.field(default=None, description="From when another can be asked for.")
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class RegisterInput:
    """All that a new member gives."""

    phone: str
    code: str = strawberry.field(description="From requestCode with purpose REGISTER.")
    handle: str = strawberry.field(description="Public; kept in lower case.")
    password: str
    accepted_statement: str = strawberry.field(description="PrivacyStatement.version.")
    display_name: str | None = strawberry.field(default=None, description="Absent: the handle.")


@strawberry.type
class RegisterPayload:
    """Signs in: sets the session cookie."""

    viewer: Viewer | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class SignInInput:
    """Exactly one of password and code."""

    login: str = strawberry.field(description="Handle or phone; with a code, the phone.")
    password: str | None = None
    code: str | None = strawberry.field(default=None, description="From requestCode with purpose SIGN_IN.")
    issue_token: bool = strawberry.field(default=False, description="Answer a token instead of setting a cookie.")


@strawberry.type
class SignInPayload:
    """Sets the session cookie, or answers a token for `Authorization: Bearer`."""

    viewer: Viewer | None = None
    token: str | None = None
    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.input
class SignOutInput:
    """Nothing to say."""

    client_mutation_id: str | None = strawberry.field(default=None, description="Ignored; inputs can't be empty.")


@strawberry.type
class SignOutPayload:
    """Signed out, whatever was before."""

    errors: list[UserError] = strawberry.field(default_factory=list)


async def _request_code(context: Context, given: RequestCodeInput) -> dict[str, Any]:
    sent = await request_code(context.services.accounts, given.phone, given.purpose, context.address)
    return {"expires_at": sent.expires_at, "retry_at": sent.retry_at}


async def _register(context: Context, given: RegisterInput) -> dict[str, Any]:
    registration = Registration(
        given.phone,
        given.code,
        given.handle,
        given.password,
        given.accepted_statement,
        given.display_name,
        context.address,
    )
    signed_in = await register(context.services.accounts, registration)
    return {"viewer": await _now_signed_in(context, signed_in, in_cookie=True)}


async def _sign_in(context: Context, given: SignInInput) -> dict[str, Any]:
    attempt = SignIn(given.login, given.password, given.code, context.address)
    signed_in = await sign_in(context.services.accounts, attempt)
    viewer = await _now_signed_in(context, signed_in, in_cookie=not given.issue_token)
    return {"viewer": viewer, "token": signed_in.token if given.issue_token else None}


async def _sign_out(context: Context, _given: SignOutInput) -> dict[str, Any]:
    await sign_out(context.services.accounts, context.token)
    context.token, context.set_session = None, ""
    await context.refresh()
    return {}


async def _now_signed_in(context: Context, signed_in: SignedIn, *, in_cookie: bool) -> Any:
    """The rest of the operation is answered for the one who has just signed in."""
    context.token = signed_in.token
    if in_cookie:
        context.set_session = signed_in.token
    await context.refresh()
    return await viewer_view(context)


REQUEST_CODE = mutation(
    RequestCodeInput,
    RequestCodePayload,
    _request_code,
    "Send a one-time code by SMS; counts 10 minutes and 5 tries.",
    Capability.ENTER,
)
REGISTER = mutation(
    RegisterInput, RegisterPayload, _register, "Become a member; takes a code, a handle, a password.", Capability.ENTER
)
SIGN_IN = mutation(SignInInput, SignInPayload, _sign_in, "Sign in with a password or a code.", Capability.ENTER)
SIGN_OUT = mutation(SignOutInput, SignOutPayload, _sign_out, "End this session.", Capability.ENTER)
