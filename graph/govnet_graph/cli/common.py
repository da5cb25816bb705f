"""What several verbs share: the engine they talk to, JSON output, data sets by name."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.engines.registry import connect

T = TypeVar("T")
EngineOption = Annotated[
    str | None,
    typer.Option("--engine", help="embedded, neo4j, or an address such as bolt://host:7687.", envvar="GOVNET_ENGINE"),
]
CypherOption = Annotated[
    bool | None,
    typer.Option(
        "--cypher/--no-cypher",
        help="Let keys with the scopes cypher and names ask in Cypher of their own (Neo4j only).",
        envvar="GOVNET_CYPHER",
    ),
]


class Tongue(StrEnum):
    """Languages that results speak."""

    ZH = "zh"
    EN = "en"


LanguageOption = Annotated[Tongue, typer.Option("--lang", help="Language of the result in words.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_with(**flags: Any) -> Settings:
    """The settings of the environment, overridden by the flags that were given."""
    return Settings().model_copy(update={key: value for key, value in flags.items() if value is not None})


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """The engine to talk to: one that runs already for this data directory, else one started for this command alone."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with connect(settings, report=say) as engine:
        yield engine


def run_on(engine: Engine, settings: Settings, work: Callable[[Graph], Awaitable[T]]) -> T:
    """Open the graph on an engine, do the work, close the graph."""

    async def opened() -> T:
        async with Graph.open(engine, settings) as graph:
            return await work(graph)

    return asyncio.run(opened())


def with_graph(settings: Settings, work: Callable[[Graph], Awaitable[T]]) -> T:
    """The same on the engine that the settings name, started for this alone where none runs."""
    with engine_of(settings) as engine:
        return run_on(engine, settings, work)


def print_json(value: Any) -> None:
    """Print a value as indented JSON with a stable order of keys as given."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str))


def say(text: str) -> None:
    """A line for the person at the terminal, kept apart from data on standard output."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress_bar(enabled: bool = True) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, drawn only on a terminal; yields the callback (what, done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not (enabled and sys.stderr.isatty())
    ) as bar:
        task = bar.add_task("", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield show
