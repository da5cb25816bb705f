"""``govnet load``: bring a data set into the graph."""

from __future__ import annotations

import time
from typing import Annotated, Any

import typer

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, progress_bar, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.questions import question
from govnet_graph.seeds import DATASETS, dataset
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear, read_state
from govnet_graph.store.writer import Summary, apply


class OtherDataset(BadInput):
    """The graph already holds a data set that the wanted one would mix with."""

    code = "other-dataset"


async def load(graph: Graph, name: str, settings: Settings, *, fresh: bool, quiet: bool = False) -> Summary:
    """Load one data set, showing progress; ``fresh`` empties our own graph first."""
    state = await read_state(graph)
    held = (state.loading or state.dataset) if state else None
    if state is not None and (fresh or state.being_emptied):
        await clear(graph)
    elif held and held != name and not (held == "article" and name == "demo"):
        raise OtherDataset(
            f"The graph holds the data set {held!r}; loading {name!r} into it would mix the two.",
            hint=f"`govnet load {name} --fresh` empties it first, or choose another GOVNET_HOME.",
        )
    with progress_bar(not quiet) as show:
        return await apply(
            graph,
            dataset(name, settings.seeds),
            author="govnet load",
            reason=f"load {name}",
            batch_size=settings.batch_size,
            progress=show,
        )


#: Key of a summary of claims: those that are supported by generated records and no other.
BY_GENERATED = "supported_by_generated_records_alone"


async def claims(graph: Graph) -> dict[str, int]:
    """How many of the article's claims the graph supports, contradicts or cannot test; and what generated records support."""
    answer = await ask(graph, question("claims-check"), {"limit": 1000})
    verdicts: dict[str, int] = {"supported": 0, "contradicted": 0, "untestable": 0, BY_GENERATED: 0}
    for record in answer.records():
        verdicts[record["verdict"]] += 1
        if record["verdict"] == "supported" and record["records"] and record["synthetic"] == record["records"]:
            verdicts[BY_GENERATED] += 1
    return verdicts


def told(verdicts: dict[str, int]) -> str:
    """The verdicts as a line for a person."""
    found = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items() if verdict != BY_GENERATED)
    alone = verdicts[BY_GENERATED]
    return f"{found} ({alone} of the supported by generated records alone)" if alone else found


def describe(summary: Summary, seconds: float, verdicts: dict[str, int]) -> str:
    """The summary of a load in two lines for a person."""
    if summary.written:
        first = (
            f"{summary.dataset}: {summary.created_nodes} nodes and {summary.created_edges} relationships created, "
            f"{summary.changed_nodes + summary.changed_edges} changed, {summary.unchanged} unchanged, in {seconds:.1f} s."
        )
    else:
        first = (
            f"{summary.dataset}: nothing to do, all {summary.unchanged} records are there already ({seconds:.1f} s)."
        )
    return f"{first}\nThe article's claims against the graph: {told(verdicts)}."


def command(
    name: Annotated[str, typer.Argument(help=f"Data set: {', '.join(DATASETS)}.")],
    engine: EngineOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty our own graph first.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Load a data set; loading it again changes nothing, and a load that was killed is resumed."""
    settings = settings_with(engine=engine)

    async def work(graph: Graph) -> tuple[Summary, float, dict[str, int]]:
        start = time.monotonic()
        summary = await load(graph, name, settings, fresh=fresh, quiet=as_json)
        return summary, time.monotonic() - start, await claims(graph)

    if name not in DATASETS:
        raise BadInput(f"There is no data set {name!r}.", hint=f"There are: {', '.join(DATASETS)}.")
    summary, seconds, verdicts = with_graph(settings, work)
    if as_json:
        result: dict[str, Any] = {
            "dataset": summary.dataset,
            "created": {"nodes": summary.created_nodes, "relationships": summary.created_edges},
            "changed": {"nodes": summary.changed_nodes, "relationships": summary.changed_edges},
            "unchanged": summary.unchanged,
            "data_version": summary.data_version,
            "seconds": round(seconds, 3),
            "claims": verdicts,
        }
        print_json(result)
    else:
        say(describe(summary, seconds, verdicts))
