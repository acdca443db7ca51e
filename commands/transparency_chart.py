"""Draws the transparency report: months beside each other, in each bar the reasons on top of each other.

Apart from what counts, for matplotlib takes a second to import, and the service runs without it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from domain.moderation import ReportReason
from domain.months import Month
from domain.transparency import Fate, TransparencyReport

#: Each reason has its colour (of matplotlib's ten) whatever is drawn, so that pictures can be laid side by side.
COLOURS: Mapping[ReportReason, str] = {reason: f"C{number}" for number, reason in enumerate(ReportReason)}
HATCHES: Mapping[Fate, str] = {Fate.STANDS: "", Fate.UNDONE: "....", Fate.OVERTURNED: "////"}


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a bar."""

    month: Month
    reason: ReportReason
    height: int
    fate: Fate = Fate.STANDS

    @property
    def place(self) -> tuple[int, str]:
        """Where it comes in its bar."""
        return list(ReportReason).index(self.reason), self.fate.value


def draw(report: TransparencyReport, file: Path) -> None:
    """Write the picture as ``file``'s ending says, .svg or .png."""
    months = report.first.until(report.last)
    decided = [_Segment(each.month, each.reason, each.decisions, each.fate) for each in report.decisions]
    reported = [_Segment(each.month, each.reason, each.reports) for each in report.reports]
    # Words stay words, so that they can be searched and read aloud; and the same report makes the same file.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "veranda"}):
        figure = Figure(figsize=(max(8.0, 0.6 * len(months) + 4), 8.0), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True)
        _bars(above, months, decided)
        _bars(below, months, reported)
        above.set_title(f"Decisions about public targets, groups of at least {report.least} members")
        below.set_title(f"Reports, groups of at least {report.least} members")
        below.set_xticks(range(len(months)), [str(month) for month in months], rotation=45, ha="right")
        if decided or reported:
            figure.legend(handles=_legend([*decided, *reported]), loc="outside right upper")
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def _bars(axes: Axes, months: Sequence[Month], segments: Sequence[_Segment]) -> None:
    reached: dict[Month, int] = defaultdict(int)
    for segment in sorted(segments, key=lambda each: each.place):
        axes.bar(
            months.index(segment.month),
            segment.height,
            bottom=reached[segment.month],
            color=COLOURS[segment.reason],
            hatch=HATCHES[segment.fate],
            edgecolor="white",
        )
        reached[segment.month] += segment.height
    axes.set_xlim(-0.6, len(months) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if not segments:
        axes.text(0.5, 0.5, "no group is large enough to be told", transform=axes.transAxes, ha="center")
        axes.set_yticks([])


def _legend(segments: Sequence[_Segment]) -> list[Patch]:
    """Of what is there."""
    reasons = {segment.reason for segment in segments}
    fates = {segment.fate for segment in segments} - {Fate.STANDS}
    colours = [Patch(facecolor=COLOURS[reason], label=reason.value) for reason in ReportReason if reason in reasons]
    hatches = [Patch(facecolor="grey", edgecolor="white", hatch=HATCHES[fate], label=fate.value) for fate in fates]
    return [*colours, *sorted(hatches, key=lambda patch: str(patch.get_label()))]
