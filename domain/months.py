"""Calendar months, in UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int
    """1 to 12."""

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begins(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    def later(self, months: int) -> "Month":
        """So many months later, or earlier."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    def until(self, last: "Month") -> list["Month"]:
        """This one and all up to ``last``; none where that comes before."""
        return [self.later(n) for n in range((last.year - self.year) * 12 + last.number - self.number + 1)]


def month_of(moment: datetime) -> Month:
    there = moment.astimezone(UTC)
    return Month(there.year, there.month)


def read_month(typed: str) -> Month | None:
    """YYYY-MM, from year 1 to 9998; None where it is anything else."""
    found = _FORM.fullmatch(typed)
    if found is None or not 0 < int(found[1]) < 9_999:
        return None
    return Month(int(found[1]), int(found[2]))
