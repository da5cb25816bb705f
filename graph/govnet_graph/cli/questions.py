"""``govnet questions``: list the catalogue, or show one question."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from govnet_graph.cli.common import JsonOption, print_json
from govnet_graph.questions import Question, catalogue, question


def describe(asked: Question) -> dict[str, Any]:
    """A question as plain data."""
    return {
        "id": asked.id,
        "area": asked.area.value,
        "zh": asked.text.zh,
        "en": asked.text.en,
        "grain": {"zh": asked.grain.zh, "en": asked.grain.en},
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "required": p.required,
                "default": p.default,
                "zh": p.text.zh,
                "en": p.text.en,
                "values": list(p.values),
                "minimum": p.minimum,
                "maximum": p.maximum,
            }
            for p in asked.parameters
        ],
        "columns": [
            {"name": c.name, "type": c.type.value, "unit": c.unit, "zh": c.text.zh, "en": c.text.en}
            for c in asked.columns
        ],
    }


def command(
    question_id: Annotated[str | None, typer.Argument(metavar="[QUESTION]", help="Show this question alone.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions, or show one with its parameters and columns."""
    shown = [question(question_id)] if question_id else list(catalogue().values())
    if as_json:
        print_json([describe(q) for q in shown])
        return
    console = Console()
    if question_id is None:
        # An id that is cut cannot be copied; a sentence is broken instead.
        table = Table(Column("id", no_wrap=True), Column("area", no_wrap=True))
        for heading in ("问题", "question"):
            table.add_column(heading, overflow="fold")
        for q in sorted(shown, key=lambda q: (q.area, q.id)):
            table.add_row(q.id, q.area, q.text.zh, q.text.en)
        console.print(table)
        return
    asked = shown[0]
    console.print(f"{asked.id}: {asked.text.zh} {asked.text.en}\n{asked.grain.zh}; {asked.grain.en}")
    table = Table(Column("parameter", no_wrap=True), "type", "default", Column("meaning", overflow="fold"))
    for p in asked.parameters:
        table.add_row(p.name, p.type, "required" if p.required else str(p.default), f"{p.text.zh} {p.text.en}")
    console.print(table)
    table = Table(Column("column", no_wrap=True), "type", "unit", Column("meaning", overflow="fold"))
    for c in asked.columns:
        table.add_row(c.name, c.type, c.unit, f"{c.text.zh} {c.text.en}")
    console.print(table)
