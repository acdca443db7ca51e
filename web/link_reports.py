"""The leaving page's form for reporting a link; a sent report is answered by a redirect, so a reload sends nothing."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web

from accounts.capability_check import require_capability
from content.link_reports import NewLinkReport, report_link
from content.links import LEAVE_PATH
from content.services import ContentServices
from domain.errors import ErrorCode, Refused
from domain.moderation import ReportReason
from policy.permissions import Capability
from web.leave import ViewerOf, answer, chosen_language
from web.leave_page import HEADERS, REPORT_PATH, REPORTED_PATH, Setting, not_sent_page, thanks_page
from web.leave_page_text import REASONS_TO_REPORT
from web.same_origin import is_from_here

FORM: Final = "application/x-www-form-urlencoded"
#: The longest address and the longest note, percent-encoded, fit twice.
MAX_FORM_BYTES: Final = 40_000

#: 400 where the code is not listed.
STATUS_OF_REFUSAL: Final[Mapping[ErrorCode, int]] = {
    ErrorCode.NOT_SIGNED_IN: 401,
    ErrorCode.POSTING_SUSPENDED: 403,
    ErrorCode.RATE_LIMITED: 429,
}


def link_report_routes(services: ContentServices, viewer_of: ViewerOf) -> list[web.RouteDef]:
    """POST /leave/report?lang=… with the fields ``to``, ``reason`` and ``note``; GET /leave/reported?lang=… thanks."""

    async def report(request: web.Request) -> web.Response:
        fields = await _fields(request)
        # Of the page that the form stood on: whoever switches the language of an answer goes there again.
        setting = Setting(services.site, chosen_language(request), LEAVE_PATH, {"to": fields.get("to", "")})
        if not is_from_here(request, services.site):
            return answer(403, not_sent_page(setting.words.not_from_here, setting))
        reason = _reason(fields)
        if reason is None:
            return answer(400, not_sent_page(setting.words.choose_a_reason, setting))
        complaint = NewLinkReport(fields.get("to", ""), reason, fields.get("note"))
        try:
            viewer = await viewer_of(request)
            require_capability(viewer, Capability.REPORT)
            await report_link(services, viewer, complaint)
        except Refused as refused:
            return _refused(refused, setting)
        thanks = f"{REPORTED_PATH}?lang={setting.language.value}"
        return web.Response(status=303, headers={**HEADERS, "Location": thanks})

    async def reported(request: web.Request) -> web.Response:
        return answer(200, thanks_page(Setting(services.site, chosen_language(request), REPORTED_PATH, {})))

    return [web.post(REPORT_PATH, report), web.get(REPORTED_PATH, reported)]


async def _fields(request: web.Request) -> Mapping[str, str]:
    """The form's fields; none where it is no form, or longer than any that the page sends."""
    if request.content_type != FORM or (request.content_length or 0) > MAX_FORM_BYTES:
        return {}
    body = await request.read()
    if len(body) > MAX_FORM_BYTES:
        return {}
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: value.replace("\r\n", "\n") for name, value in fields}  # as the page counted the note's length


def _reason(fields: Mapping[str, str]) -> ReportReason | None:
    return next((each for each in REASONS_TO_REPORT if each.value == fields.get("reason")), None)


def _refused(refused: Refused, setting: Setting) -> web.Response:
    problem = refused.errors[0]  # the page has one place for a sentence
    message = problem.message.in_language(setting.language, problem.values)
    return answer(STATUS_OF_REFUSAL.get(problem.code, 400), not_sent_page(message, setting))
