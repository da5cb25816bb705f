"""Query parameters of doors that are no single question, checked by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from govnet_graph.questions import BadParameter

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def choice(given: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of several words. Raises BadParameter."""
    value = given.get(name, default)
    if value not in allowed:
        raise BadParameter(name, f"Parameter {name}: {value[:40]!r} is not one of {', '.join(allowed)}.")
    return value


def day(given: Mapping[str, str], name: str) -> dt.date | None:
    """A day; None where it was left out. Raises BadParameter."""
    text = given.get(name)
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise BadParameter(name, f"Parameter {name}: {text[:40]!r} is not a day such as 2026-06-01.")
