"""Schedules.

A schedule is read where it is a word for days, a space and two times; past midnight it lasts into the same day's morning.
"""

from __future__ import annotations

import datetime as dt

DAYS = {
    "每日": range(1, 8),
    "周一至周日": range(1, 8),
    "周一至周六": range(1, 7),
    "周一至周五": range(1, 6),
    "工作日": range(1, 6),
}
DAYS |= {"周末": range(6, 8), "周六": range(6, 7), "周日": range(7, 8)}


def opening(schedule: str | None, day: dt.date, hour: int | None) -> str:
    """Whether a schedule is open on a day (at an hour): open, closed, or unknown where it cannot be read."""
    match (schedule or "").split(" "):
        case [word, span] if word in DAYS and [len(t) for t in span.split("-")] == [5, 5] and span[2] == span[8] == ":":
            opens, closes = (int(t[:2]) * 60 + int(t[3:]) for t in span.split("-"))
        case _:
            return "unknown"
    if day.isoweekday() not in DAYS[word]:
        return "closed"
    if hour is None:
        return "open"
    minute = hour * 60
    inside = opens <= minute < closes if opens <= closes else minute >= opens or minute < closes
    return "open" if inside else "closed"
