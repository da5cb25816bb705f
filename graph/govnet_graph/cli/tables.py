"""Answers on a terminal: a table where the window is wide enough, else one block a row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from govnet_graph.ledgers.words import terms
from govnet_graph.questions import Shape
from govnet_graph.store.reader import Answer

_READABLE = 16  # a column narrower than this breaks names and ids apart


def cell(shape: Shape, value: Any, language: str = "en") -> str:
    """One value as text: entities by name and id, paths as a line of steps; in Chinese codes and truth values by name."""
    if value is None:
        return ""
    if language == "zh":
        if isinstance(value, bool):
            return "是" if value else "否"
        if shape in (Shape.STRING, Shape.STATE) and value in terms():
            return terms()[value].zh
        if shape is Shape.STRINGS:
            return "、".join(terms()[item].zh if item in terms() else item for item in value)
        if shape is Shape.ENTITIES:
            return "；".join(cell(Shape.ENTITY, item) for item in value)
    match shape:
        case Shape.ENTITY:
            return f"{value.get('name') or ''} [{value['id']}]"
        case Shape.ENTITIES:
            return "; ".join(cell(Shape.ENTITY, item) for item in value)
        case Shape.STRINGS:
            return ", ".join(value)
        case Shape.PATH:
            names = [node.get("name") or node["id"] for node in value["nodes"]]
            steps = zip(value["steps"], names[1:], strict=True)
            return names[0] + "".join(f" —{step['type']}— {name}" for step, name in steps) if names else ""
        case Shape.MAP | Shape.MAPS:
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def fits(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table leaves every column its text, or at least a readable width, in a window so many cells wide."""
    needed = 1
    for position, heading in enumerate(headings):
        longest = max((cell_len(text) for text in (heading, *(row[position] for row in rows))), default=0)
        needed += min(longest, _READABLE) + 3
    return needed <= width


def print_answer(answer: Answer, language: str, console: Console | None = None) -> None:
    """The answer with headings in one language (``zh`` or ``en``)."""
    console = console or Console()
    columns = answer.question.columns
    headings = [getattr(c.heading, language) for c in columns]
    rows = [[cell(c.type, record[c.name], language) for c in columns] for record in answer.records()]
    title, grain = getattr(answer.question.text, language), getattr(answer.question.grain, language)
    if fits(headings, rows, console.width):
        table = Table(title=title, caption=grain)
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table, markup=False)
        return
    console.print(title, style="bold", markup=False, highlight=False)
    for number, row in enumerate(rows, start=1):
        console.rule(str(number), align="left", characters="─")
        for heading, text in zip(headings, row, strict=True):
            if text:
                console.print(
                    f"{heading}{'：' if language == 'zh' else ': '}{text}",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )
    console.print(grain, style="italic", markup=False, highlight=False)
