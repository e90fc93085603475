"""The FOCUS sample moved to a month that Cost Explorer still answers: it is of September 2024, and only 14 months are kept."""

import datetime
import gzip
import tempfile
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "cases" / "costs" / "focus-1.0-sample.csv.gz"


def month_before(first):
    return (first - datetime.timedelta(days=1)).replace(day=1)


def month_after(first):
    return (first + datetime.timedelta(days=31)).replace(day=1)


def newest_month():
    """The newest whole month that has September's thirty days."""
    first = month_before(datetime.datetime.now(datetime.timezone.utc).date().replace(day=1))
    return month_before(first) if first.month == 2 else first


FIRST = newest_month()
MONTH = {"Start": FIRST.isoformat(), "End": month_after(FIRST).isoformat()}


def folder():
    """A folder with the moved sample, for the life of the process."""
    text = gzip.decompress(SAMPLE.read_bytes()).decode()
    moved = FIRST
    for written in ["2024-09", "2024-10", "2024-11"]:
        text = text.replace(written, moved.strftime("%Y-%m"))
        moved = month_after(moved)
    made = tempfile.TemporaryDirectory(prefix="belfry-costs-")
    (Path(made.name) / "focus.csv.gz").write_bytes(gzip.compress(text.encode()))
    KEPT.append(made)
    return made.name


KEPT = []
