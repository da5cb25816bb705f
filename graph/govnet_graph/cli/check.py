"""``govnet check``: the graph against the schema, the requirements and the article's claims."""

from __future__ import annotations

from typing import Any

from govnet_graph.changes import open_plan
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.cli.load import claims, told
from govnet_graph.coverage import RequirementError, requirements_of
from govnet_graph.errors import FoundProblems
from govnet_graph.records import problems_of
from govnet_graph.store.driver import Graph
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import NothingLoaded
from govnet_graph.store.state import read_state

_SHOWN = 20


async def inspect(graph: Graph) -> dict[str, Any]:
    """Every problem of the graph: records that break the schema, an unfinished load, claims that it contradicts."""
    state = await read_state(graph)
    if state is None:
        raise NothingLoaded
    nodes, edges = await read_records(graph)
    problems = list(problems_of(nodes, edges))
    try:
        requirements_of(nodes)
    except RequirementError as error:
        problems.append(error.message)
    if (held := await open_plan(graph)) is not None:
        problems.append(
            f"{held.id} ({held.name}) has begun and not ended. Repeat it, or run `govnet plan undo {held.undoes or held.id}`"
        )
    if state.interrupted:
        problems.append(". ".join(state.interrupted))
    return {
        "dataset": state.dataset,
        "data_version": state.data_version,
        "nodes": len(nodes),
        "relationships": len(edges),
        "problems": problems,
        "claims": await claims(graph),
    }


def command(engine: EngineOption = None, as_json: JsonOption = False) -> None:
    """Check the graph; exits with 1 when something is wrong."""
    found = with_graph(settings_with(engine=engine), inspect)
    if as_json:
        print_json(found)
    else:
        say(
            f"{found['dataset']}: {found['nodes']} nodes, {found['relationships']} relationships, data version {found['data_version']}."
        )
        say(f"Claims: {told(found['claims'])}.")
        for problem in found["problems"][:_SHOWN]:
            say(f"- {problem}")
    if found["problems"]:
        raise FoundProblems(f"{len(found['problems'])} problems found.", hint="`govnet check --json` lists them all.")
