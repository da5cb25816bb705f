"""Values as text: ISO days and moments, lists, and text that a spreadsheet must not run as a formula."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any

from govnet_graph.records import Value
from govnet_graph.schema import Property, ValueType

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 cannot hold in any form.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = uuid.UUID("6f1d8a52-6c0e-5a3b-9a5e-6b1d0c8f2e47")


def inert(text: str) -> str:
    """Text that a spreadsheet shows and never runs: an apostrophe stands before what would begin a formula.

    >>> inert("=1+1"), inert("甲社区"), inert("-")
    ("'=1+1", '甲社区', "'-")
    """
    return "'" + text if text.startswith(_FORMULA) else text


def xml_text(text: str) -> str:
    """Text that XML can hold: characters that it cannot are shown as the replacement character."""
    return _NOT_XML.sub("\ufffd", text)


def plain(value: Value) -> str | int | float | bool | list[str]:
    """A property's value as JSON holds it: days and moments (UTC) in ISO form, the rest as it is."""
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, dt.date) else value


def cell(value: Value | None) -> str:
    """A property's value as one text, in the form that seed tables have: lists are separated by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def join_list(items: list[str]) -> str:
    r"""A list as one text that ``split_list`` takes apart again: semicolons between, a backslash before those within.

    >>> join_list(["助餐", "a;b"])
    '助餐;a\\;b'
    """
    return ";".join(re.sub(r"([\\;\uff1b])", r"\\\1", item) for item in items)


def split_list(text: str) -> list[str]:
    """The list that ``join_list`` wrote, or that somebody typed with semicolons of either width.

    >>> split_list(join_list(["助餐", "a;b"])), split_list("助餐\uff1b理发")
    (['助餐', 'a;b'], ['助餐', '理发'])
    """
    parts, piece, literal = [], "", False
    for letter in text:
        if literal or letter not in "\\;\uff1b":
            piece, literal = piece + letter, False
        elif letter == "\\":
            literal = True
        else:
            parts.append(piece.strip())
            piece = ""
    return [part for part in (*parts, piece.strip()) if part]


def typed(prop: Property, raw: Any) -> Value:
    """The value that ``plain`` wrote. Raises ValueError where it is of another type."""
    if prop.type is ValueType.DATE and isinstance(raw, str):
        return dt.date.fromisoformat(raw)
    if prop.type is ValueType.DATETIME and isinstance(raw, str):
        return dt.datetime.fromisoformat(raw).replace(tzinfo=None)
    if isinstance(raw, str | bool | int | float):
        return float(raw) if prop.type is ValueType.FLOAT and not isinstance(raw, bool | str) else raw
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return list(raw)
    raise ValueError(f"{raw!r} is not of type {prop.type}")


def compact(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def uuid_of(text: str) -> str:
    """A UUID that is always the same for the same text (version 5, in a name space of govnet's own).

    >>> uuid_of("res-canteen-1") == uuid_of("res-canteen-1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, text))
