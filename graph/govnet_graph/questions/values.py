"""Turns what a caller gave into the parameters of a question, with errors that say what was expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from govnet_graph.errors import BadInput
from govnet_graph.questions.model import Kind, Parameter, Question
from govnet_graph.search_text import fold

ParameterValue = str | int | bool | dt.date | dt.datetime | list[str] | None
MAX_TEXT = 200
#: China has one time zone; the days of a district begin there.
ZONE = dt.timezone(dt.timedelta(hours=8))
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)
_INT64 = 2**63 - 1


class BadParameter(BadInput):
    """A parameter is unknown, missing or not of its type."""

    code = "bad-parameter"

    def __init__(self, name: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.name = name


def today() -> dt.date:
    """The current day in the district, whatever the clock of the machine is set to; the default of ``as_of``."""
    return dt.datetime.now(ZONE).date()


#: Parameters that bound a period, where a question has both: days or moments.
PERIODS = (("from", "to"), ("after", "before"))


def bind(
    question: Question, given: Mapping[str, object], *, home: str | None, day: dt.date | None = None
) -> dict[str, ParameterValue]:
    """Every parameter of the question with its value, typed.

    Parameters
    ----------
    question : Question
    given : mapping of str to object
        Values by name, as text (from a URL or a command line) or already typed.
    home : str or None
        Id of the loaded district, the default of area parameters.
    day : date, optional
        What ``today`` means; the current day unless given.

    Raises
    ------
    BadParameter
        For an unknown name, a missing value, a value that is not of the type, or a period that ends before it begins.
    """
    unknown = sorted(set(given) - {p.name for p in question.parameters})
    if unknown:
        known = ", ".join(p.name for p in question.parameters)
        raise BadParameter(
            unknown[0], f"Question {question.id} has no parameter {unknown[0]!r}.", hint=f"It takes: {known}."
        )
    found = {p.name: _value(question, p, given.get(p.name), home, day or today()) for p in question.parameters}
    for first, last in PERIODS:
        begin, end = found.get(first), found.get(last)
        if isinstance(begin, dt.date) and isinstance(end, dt.date) and end < begin:
            raise BadParameter(
                last,
                f"Parameter {last}: {end.isoformat()} lies before {first}, {begin.isoformat()}.",
                hint="Give the earlier one first.",
            )
    return found


def _value(question: Question, parameter: Parameter, raw: object, home: str | None, day: dt.date) -> ParameterValue:
    if raw == "":
        # Not the default: what a script left empty would be answered for the whole district.
        raise BadParameter(
            parameter.name, f"Parameter {parameter.name} is empty.", hint="Give a value, or leave it out."
        )
    if raw is None:
        if parameter.required:
            raise BadParameter(
                parameter.name, f"Question {question.id} needs the parameter {parameter.name!r} ({parameter.text.en})."
            )
        if parameter.default == "today":
            return day
        if parameter.default == "home":
            return home
        return parameter.default
    try:
        return parse(parameter, raw)
    except ValueError as error:
        raise BadParameter(parameter.name, f"Parameter {parameter.name}: {error}.") from error


def parse(parameter: Parameter, raw: object) -> ParameterValue:
    """One value of the parameter's type. Raises ValueError with what was expected."""
    match parameter.type:
        case Kind.INTEGER:
            return _integer(parameter, raw)
        case Kind.BOOLEAN:
            if isinstance(raw, bool):
                return raw
            if raw not in ("true", "false"):
                raise ValueError(f"{raw!r} is neither true nor false")
            return raw == "true"
        case Kind.DATE:
            return _day(raw)
        case Kind.DATETIME:
            return _moment(raw)
        case Kind.STRINGS:
            items = raw if isinstance(raw, list) else str(raw).split(",")
            return [_string(parameter, item) for item in items]
        case Kind.SEARCH:
            return _searched(parameter, raw)
        case _:
            return _string(parameter, raw)


def _searched(parameter: Parameter, raw: object) -> str:
    """Text to look for, folded as the stored search text is."""
    text = fold(_string(parameter, raw))
    if not text:
        raise ValueError("it is empty; give some letters, characters or digits")
    if "|" in text:
        raise ValueError("it holds a bar, which no name does")
    return text


def _integer(parameter: Parameter, raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        value = raw
    else:
        text = str(raw)
        if not text.lstrip("-").isdecimal() or not text.isascii() or len(text) > 20:
            raise ValueError(f"{text[:40]!r} is not a whole number")
        value = int(text)
    low = parameter.minimum if parameter.minimum is not None else -_INT64
    high = parameter.maximum if parameter.maximum is not None else _INT64
    if not low <= value <= high:
        raise ValueError(f"{value} is not between {low} and {high}")
    return value


def _day(raw: object) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        value = raw
    else:
        text = str(raw)
        try:
            # The library's own reader takes other forms of ISO 8601 too, such as weeks.
            if len(text) != len("2026-06-01") or text[4] != "-" or text[7] != "-" or not text.isascii():
                raise ValueError
            value = dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text[:40]!r} is not a day such as 2026-06-01") from None
    if not _EARLIEST <= value < _LATEST:
        raise ValueError(f"{value} is not between {_EARLIEST} and {_LATEST}")
    return value


def _moment(raw: object) -> dt.datetime:
    """A moment as naive UTC, which is how the graph records moments."""
    if isinstance(raw, dt.datetime):
        value = raw
    else:
        text = str(raw)
        try:
            value = dt.datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text[:40]!r} is not a moment such as 2026-08-01T00:00:00Z") from None
    if value.tzinfo is not None:
        try:
            value = value.astimezone(dt.UTC).replace(tzinfo=None)
        except OverflowError:
            raise ValueError(f"{raw!r} is too far away") from None
    if not _EARLIEST <= value.date() < _LATEST:
        raise ValueError(f"{value} is not between {_EARLIEST} and {_LATEST}")
    return value


def _string(parameter: Parameter, raw: object) -> str:
    text = str(raw)
    if len(text) > MAX_TEXT:
        raise ValueError(f"it has {len(text)} characters; at most {MAX_TEXT} are allowed")
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("it holds a character that no name has")
    if parameter.values and text not in parameter.values:
        raise ValueError(f"{text!r} is not one of {', '.join(parameter.values)}")
    return text
