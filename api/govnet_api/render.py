"""Answers as bytes: JSON straight from the driver's values, and CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from govnet_graph.questions import Column, Shape
from govnet_graph.store.driver import encode
from govnet_graph.store.reader import Answer

_JSON_CELLS = frozenset({Shape.ENTITIES, Shape.PATH, Shape.MAP, Shape.MAPS, Shape.STRINGS})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def page(answer: Answer, names: Sequence[str], following: str | None) -> bytes:
    """A list as JSON: its items, the cursor of the next page, the day and the data version."""
    items = [dict(zip(names, row, strict=True)) for row in answer.rows]
    told = {"items": items, "next": following, "as_of": answer.as_of, "data_version": answer.data_version}
    return orjson.dumps(told, default=encode)


def single(answer: Answer, names: Sequence[str]) -> bytes:
    """The one row as a JSON object, with the day and the data version beside its columns."""
    told = dict(zip(names, answer.rows[0], strict=True))
    told["as_of"], told["data_version"] = answer.as_of, answer.data_version
    return orjson.dumps(told, default=encode)


def csv_headings(columns: Iterable[Column]) -> list[str]:
    """Headings of the table: an entity takes two columns, its id and its name."""
    found: list[str] = []
    for column in columns:
        found += [f"{column.name}.id", f"{column.name}.name"] if column.type is Shape.ENTITY else [column.name]
    return found


def table(answer: Answer) -> bytes:
    """The rows as CSV in UTF-8 (RFC 4180), lists and paths as JSON in their cell."""
    columns = answer.question.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(csv_headings(columns))
    for row in answer.rows:
        cells: list[object] = []
        for column, value in zip(columns, row, strict=True):
            if column.type is Shape.ENTITY:
                cells += [_cell(value["id"]), _cell(value.get("name"))] if value is not None else ["", ""]
            elif column.type in _JSON_CELLS and value is not None:
                cells.append(orjson.dumps(value, default=encode).decode())
            else:
                cells.append(_cell(value))
        writer.writerow(cells)
    return out.getvalue().encode()


def _cell(value: Any) -> object:
    """One value; text that a spreadsheet would run as a formula is made plain text by an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return encode(value)
