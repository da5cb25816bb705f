"""``govnet ask``: put one question of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.questions import Question, Shape, bind, pasteable, question
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import Answer, home_of
from govnet_graph.store.reader import ask as ask_graph


def _pairs(given: list[str]) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for item in given:
        name, separator, value = item.partition("=")
        if not separator:
            raise BadInput(
                f"{item!r} is not of the form name=value.", hint="For example: member=member-1 as_of=2026-06-01."
            )
        parameters[name] = value
    return parameters


def _cell(shape: Shape, value: Any) -> str:
    """One value for a terminal: entities by name and id, paths as a line of steps."""
    if value is None:
        return ""
    if shape is Shape.ENTITY:
        return f"{value.get('name') or ''} [{value['id']}]"
    if shape is Shape.ENTITIES:
        return "; ".join(_cell(Shape.ENTITY, item) for item in value)
    if shape is Shape.STRINGS:
        return ", ".join(value)
    if shape is Shape.PATH:
        nodes = [node.get("name") or node["id"] for node in value["nodes"]]
        types = [step["type"] for step in value["steps"]]
        return (
            nodes[0] + "".join(f" —{type_}— {name}" for type_, name in zip(types, nodes[1:], strict=True))
            if nodes
            else ""
        )
    if shape in (Shape.MAP, Shape.MAPS):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _pasteable(asked: Question, given: dict[str, object]) -> Callable[[Graph], Awaitable[str]]:
    async def work(graph: Graph) -> str:
        return pasteable(asked, bind(asked, given, home=await home_of(graph)))

    return work


def print_table(answer: Answer, language: str) -> None:
    """The answer as a table with headings in one language."""
    columns = answer.question.columns
    table = Table(title=getattr(answer.question.text, language), caption=getattr(answer.question.grain, language))
    for column in columns:
        heading = getattr(column.text, language)
        table.add_column(f"{heading} ({column.unit})" if column.unit else heading, overflow="fold")
    for record in answer.records():
        table.add_row(*(_cell(column.type, record[column.name]) for column in columns))
    Console().print(table)


def command(
    question_id: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Id of a question; `govnet questions` lists them.")
    ],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters of the question.")
    ] = None,
    engine: EngineOption = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show members' names (personal data) instead of their roles.")
    ] = False,
    cypher: Annotated[
        bool, typer.Option("--cypher", help="Print the Cypher, with the parameters given, to paste into Neo4j Browser.")
    ] = False,
    language: Annotated[str, typer.Option("--lang", help="Language of headings: zh or en.")] = "zh",
    as_json: JsonOption = False,
) -> None:
    """Ask one question, for example: govnet ask member-units member=member-f136."""
    if language not in ("zh", "en"):
        raise BadInput(f"There is no language {language!r}.", hint="There are zh and en.")
    asked = question(question_id)
    given = _pairs(parameters or [])
    if cypher:
        print(asked.cypher if not given else with_graph(settings_with(engine=engine), _pasteable(asked, given)))
        return

    async def work(graph: Graph) -> Answer:
        return await ask_graph(graph, asked, given, names=names)

    answer = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(
            {"items": answer.records(), "more": answer.more, "as_of": answer.as_of, "data_version": answer.data_version}
        )
        return
    print_table(answer, language)
    if answer.more:
        say(f"More rows follow; add limit= or skip={len(answer.rows)}.")
