"""What a caller asks for, read from the parameters of an address. Raises Open311Problem with the specification's status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from govnet_graph.cases.open311.model import CLOSED, MOST_DAYS, MOST_REQUESTS, OPEN, Open311Problem, Wanted

COMMON = ("jurisdiction_id", "api_key")
LISTING = (
    *COMMON, "service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size", "extensions",
)  # fmt: skip
_SPAN = dt.timedelta(days=MOST_DAYS)
_MOST_IDS = 1000
_EARLIEST, _LATEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


def require_jurisdiction(given: Mapping[str, str], ours: str) -> None:
    """One jurisdiction is served here: it may be left out, and no other is known."""
    named = given.get("jurisdiction_id", "")
    if named and named != ours:
        raise Open311Problem(404, f"jurisdiction_id {named[:100]!r} was not found; here it is {ours!r}.")


def wanted(given: Mapping[str, str], now: dt.datetime) -> Wanted:
    """The requests that are asked for; without a range those of the last ninety days.

    An empty parameter is one that was left out, as the specification has it.
    """
    ids = _listed(given.get("service_request_id", ""))
    page, size = _number(given, "page", 1, 1_000_000, 1), _number(given, "page_size", 1, MOST_REQUESTS, MOST_REQUESTS)
    if ids:
        return Wanted(ids=ids, page=page, size=size)
    states = tuple(text.lower() for text in _listed(given.get("status", "")))
    for state in states:
        if state not in (OPEN, CLOSED):
            raise Open311Problem(400, f"status {state[:40]!r} is neither open nor closed.")
    start, end = _moment(given, "start_date"), _moment(given, "end_date")
    if start is None and end is None:
        start, end = now - _SPAN, now
    elif start is None:
        assert end is not None
        start = end - _SPAN
    elif end is None:
        end = start + _SPAN
    if start > end:
        raise Open311Problem(400, "start_date comes after end_date.")
    if end - start > _SPAN:
        raise Open311Problem(400, f"start_date and end_date span more than {MOST_DAYS} days.")
    return Wanted((), _listed(given.get("service_code", "")), states, start, end, page, size)


def _listed(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(found) > _MOST_IDS:
        raise Open311Problem(400, f"At most {_MOST_IDS} values can be asked for at once.")
    return found


def _number(given: Mapping[str, str], name: str, low: int, high: int, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isdecimal() and text.isascii() and len(text) < 10 and low <= int(text) <= high):
        raise Open311Problem(400, f"{name} {text[:40]!r} is not a whole number between {low} and {high}.")
    return int(text)


def _moment(given: Mapping[str, str], name: str) -> dt.datetime | None:
    text = given.get(name, "").upper()
    if not text:
        return None
    try:
        # A plus sign that was not encoded arrives as a blank.
        moment = dt.datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else "no moment")
        if moment.tzinfo is None or not _EARLIEST <= moment.astimezone(dt.UTC) < _LATEST:
            raise ValueError
    except (ValueError, OverflowError):
        raise Open311Problem(
            400, f"{name} {text[:40]!r} is no moment with a time zone such as 2026-06-01T00:00:00Z."
        ) from None
    return moment
