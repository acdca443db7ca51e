"""The transparency report, month by month; and how it is written down."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from domain.months import Month
from domain.transparency import AppealedGroup, DecidedGroup, ReportedGroup, TransparencyReport
from policy.limits import SMALLEST_GROUP
from stores.statistics import Statistics

#: What the numbers are, for those who read them without this code.
ABOUT = {
    "zh": "按月（UTC）统计，只列出涉及至少 {least} 位会员的分组，其余不列，也不说明有多少。"
    "decisions 是针对公开内容的决定，members 是其涉及的会员人数；fate 表示它是否仍然有效、被作出者撤回，或经申诉推翻。"
    "appeals 是当月提出的申诉，reports 是当月提交的举报，members 是提出的会员人数，outcome 是目前的结果。",
    "en": "Counted by month (UTC). Only groups over at least {least} members are listed; others are left out, and so "
    "is how many. decisions: about public targets, with the members they were about, and whether they stand, were "
    "undone by whoever made them, or overturned on appeal. appeals and reports: those made in the month, with the "
    "members who made them, and what has come of them by now.",
}


async def transparency_report(
    statistics: Statistics, months: Sequence[Month], on_month: Callable[[], None]
) -> TransparencyReport:
    """All groups of ``months``, which are not none and in order; ``on_month`` is called after each."""
    decisions: list[DecidedGroup] = []
    appeals: list[AppealedGroup] = []
    reports: list[ReportedGroup] = []
    for month in months:
        decisions += await statistics.decided_in(month)
        appeals += await statistics.appealed_in(month)
        reports += await statistics.reported_in(month)
        on_month()
    return TransparencyReport(months[0], months[-1], SMALLEST_GROUP, decisions, appeals, reports)


def as_json(report: TransparencyReport) -> bytes:
    """The report with what its numbers are, in UTF-8, ending with a line's end."""
    told = {
        "about": {language: text.format(least=report.least) for language, text in ABOUT.items()},
        "from": report.first,
        "to": report.last,
        "groups_of_at_least": report.least,
        "decisions": [_row(group) for group in report.decisions],
        "appeals": [_row(group) for group in report.appeals],
        "reports": [_row(group) for group in report.reports],
    }
    return orjson.dumps(told, default=str, option=_LAID_OUT)


_LAID_OUT = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATACLASS


def _row(group: DecidedGroup | AppealedGroup | ReportedGroup) -> dict[str, Any]:
    return {name: getattr(group, name) for name in group.__slots__}
