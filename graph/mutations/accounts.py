"""Codes, registering, signing in and out."""

from datetime import datetime
from typing import Any

import strawberry

from accounts.codes import request_code
from accounts.registration import Registration, SignedIn, register
from accounts.sign_in import SignIn, sign_in, sign_out
from graph.enums import CodePurpose
from graph.errors import UserError
from graph.mutations.payloads import mutation, user_errors
from graph.viewer import Viewer, viewer_view
from policy.limits import CODE_DIGITS, CODE_LIFETIME, CODE_TRIES, DISPLAY_NAME_LENGTH, HANDLE_LENGTH, PASSWORD_LENGTH
from policy.permissions import Capability
from resolvers.context import Context


@strawberry.input
class RequestCodeInput:
    """The phone number to send a one-time code to, and the purpose of the code."""

    phone: str = strawberry.field(
        description="The phone number, as people type it. Without a country code it is Chinese."
    )
    purpose: CodePurpose = strawberry.field(description="The purpose of the code. The code is valid for nothing else.")


@strawberry.type
class RequestCodePayload:
    """The result of `requestCode`: the same for every phone number, registered or not."""

    expires_at: datetime | None = strawberry.field(
        default=None, description="When the code expires. Null if none was sent."
    )
    retry_at: datetime | None = strawberry.field(
        default=None, description="When another code can be requested. Null if none was sent."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class RegisterInput:
    """The data of a new account."""

    phone: str = strawberry.field(description="The phone number that the code was sent to.")
    code: str = strawberry.field(
        description=f"The code from `requestCode` with the purpose REGISTER: {CODE_DIGITS} digits."
    )
    handle: str = strawberry.field(
        description=f"The handle of the account: public, unique, {HANDLE_LENGTH[0]} to {HANDLE_LENGTH[1]} characters, "
        "kept in lower case."
    )
    password: str = strawberry.field(
        description=f"The password of the account: {PASSWORD_LENGTH[0]} to {PASSWORD_LENGTH[1]} characters."
    )
    accepted_statement: str = strawberry.field(
        description="The `PrivacyStatement.version` that the person accepted; it must be the one in force."
    )
    display_name: str | None = strawberry.field(
        default=None,
        description=f"The name to show, {DISPLAY_NAME_LENGTH} characters at most. Null or absent: the handle.",
    )


@strawberry.type
class RegisterPayload:
    """The result of `register`, which also signs in: the response sets the session cookie."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="The new member. Null if the registration was refused."
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class SignInInput:
    """The credentials to sign in with. Give exactly one of `password` and `code`."""

    login: str = strawberry.field(description="The handle or the phone number; with a code, the phone number.")
    password: str | None = strawberry.field(
        default=None, description="The password of the account. Null or absent: `code` is given."
    )
    code: str | None = strawberry.field(
        default=None,
        description="The code from `requestCode` with the purpose SIGN_IN. Null or absent: `password` is given.",
    )
    issue_token: bool = strawberry.field(
        default=False, description="Whether to answer a token instead of setting a cookie; false by default."
    )


@strawberry.type
class SignInPayload:
    """The result of `signIn`. The response sets the session cookie, unless a token was asked for."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="The member who signed in. Null if signing in was refused."
    )
    token: str | None = strawberry.field(
        default=None,
        description="The token of the session, for the header `Authorization: Bearer`. Null unless `issueToken` is "
        "true.",
    )
    errors: list[UserError] = user_errors()


@strawberry.input
class SignOutInput:
    """An input without content: signing out needs none."""

    client_mutation_id: str | None = strawberry.field(
        default=None, description="An id for the client's own use, which is ignored. Null and absent are the same."
    )


@strawberry.type
class SignOutPayload:
    """The result of `signOut`. It succeeds even if nobody was signed in."""

    errors: list[UserError] = user_errors()


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
    f"Send a one-time code by SMS. It is valid for {CODE_LIFETIME.seconds // 60} minutes and {CODE_TRIES} attempts.",
    Capability.ENTER,
)
REGISTER = mutation(
    RegisterInput, RegisterPayload, _register, "Register an account, and sign in to it.", Capability.ENTER
)
SIGN_IN = mutation(
    SignInInput, SignInPayload, _sign_in, "Sign in with a password or a one-time code.", Capability.ENTER
)
SIGN_OUT = mutation(
    SignOutInput,
    SignOutPayload,
    _sign_out,
    "Sign out: end the session of this request. Idempotent: without a session nothing happens.",
    Capability.ENTER,
)
