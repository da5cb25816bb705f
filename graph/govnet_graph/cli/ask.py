"""``govnet ask``: put one question of the catalogue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.cli.tables import print_answer
from govnet_graph.errors import BadInput
from govnet_graph.questions import Question, View, bind, pasteable, question, view
from govnet_graph.store.driver import Graph
from govnet_graph.store.pictures import Picture, see
from govnet_graph.store.reader import Answer, home_of
from govnet_graph.store.reader import ask as ask_graph


def pairs(given: list[str]) -> dict[str, object]:
    """Parameters from words of the form name=value. Raises BadInput."""
    parameters: dict[str, object] = {}
    for item in given:
        name, separator, value = item.partition("=")
        if not separator:
            raise BadInput(
                f"{item!r} is not of the form name=value.", hint="For example: member=member-1 as_of=2026-06-01."
            )
        if name in parameters:
            raise BadInput(f"Parameter {name} is given twice.", hint="Give it once.")
        parameters[name] = value
    return parameters


def _pasteable(asked: Question | View, given: dict[str, object]) -> Callable[[Graph], Awaitable[str]]:
    question_ = asked.question if isinstance(asked, View) else asked

    async def work(graph: Graph) -> str:
        return pasteable(asked, bind(question_, given, home=await home_of(graph)))

    return work


def print_picture(picture: Picture, language: str) -> None:
    """What a view draws: its relationships by name, as a table or, in a narrow window, a line each; then what stands alone."""
    called = {node["id"]: f"{node['name'] or ''} [{node['id']}]" for node in picture.nodes}
    rows = [(called[link["from"]], link["type"], called[link["to"]]) for link in picture.relationships]
    linked = {end for link in picture.relationships for end in (link["from"], link["to"])}
    title, headings, console = getattr(picture.view.text, language), ("from", "relationship", "to"), Console()
    widest = [max(cell_len(row[position]) for row in (headings, *rows)) + 3 for position in range(len(headings))]
    if sum(widest) < console.width:  # an id that is broken apart cannot be copied
        table = Table(title=title)
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        console.print(title, style="bold", markup=False, highlight=False)
        for start, type_, end in rows:
            console.print(f"{start} —{type_}→ {end}", markup=False, highlight=False, soft_wrap=True)
    alone = [text for id_, text in called.items() if id_ not in linked]
    if alone:
        console.print("; ".join(alone), markup=False, highlight=False, soft_wrap=True)


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
    draw: Annotated[
        bool,
        typer.Option("--view", help="Answer with the things and relationships to draw, where the question has a view."),
    ] = False,
    language: Annotated[str, typer.Option("--lang", help="Language of headings: zh or en.")] = "zh",
    as_json: JsonOption = False,
) -> None:
    """Ask one question, for example: govnet ask member-units member=member-f136."""
    if language not in ("zh", "en"):
        raise BadInput(f"There is no language {language!r}.", hint="There are zh and en.")
    asked = question(question_id)
    given = pairs(parameters or [])
    shown = view(question_id) if draw else asked
    if cypher:
        print(shown.cypher if not given else with_graph(settings_with(engine=engine), _pasteable(shown, given)))
        return
    if isinstance(shown, View):
        _draw(shown, given, engine, names=names, language=language, as_json=as_json)
        return

    async def work(graph: Graph) -> Answer:
        return await ask_graph(graph, asked, given, names=names)

    answer = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(
            {"items": answer.records(), "more": answer.more, "as_of": answer.as_of, "data_version": answer.data_version}
        )
        return
    print_answer(answer, language)
    if answer.more:
        say(f"More rows follow; add limit= or skip={len(answer.rows)}.")


def _draw(
    shown: View, given: dict[str, object], engine: str | None, *, names: bool, language: str, as_json: bool
) -> None:
    async def work(graph: Graph) -> Picture:
        return await see(graph, shown, given, names=names)

    picture = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(picture.plain())
        return
    print_picture(picture, language)
    if picture.truncated:
        say("There is more than is drawn; narrow the question, or add limit=.")
