"""``govnet bench``: measure; figures are ratios against a baseline of the same run."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with
from govnet_graph.errors import BadInput


def command(
    name: Annotated[str, typer.Argument(help="Name of a benchmark, or all.")] = "all",
    engine: EngineOption = None,
    rounds: Annotated[int, typer.Option(min=1, max=50, help="Counted rounds of each contestant.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Run benchmarks, on an engine of their own where they need one (real Neo4j unless --engine says otherwise)."""
    from govnet_graph.bench import BENCHMARKS, PURE, Bench

    if name != "all" and name not in (*BENCHMARKS, *PURE):
        raise BadInput(
            f"There is no benchmark {name!r}.", hint=f"There are: {', '.join((*BENCHMARKS, *PURE))} and all."
        )
    found = []
    if on_engine := [key for key in BENCHMARKS if name in ("all", key)]:
        with Bench.started(settings_with(engine=engine or "neo4j")) as bench:
            for key in on_engine:
                say(f"{key} on {bench.engine.kind} {bench.engine.version} …")
                try:
                    found += [{"benchmark": key, **row.as_json()} for row in BENCHMARKS[key](bench, rounds)]
                except BadInput as error:
                    # What one benchmark needs and this machine lacks must not cost the figures of the others.
                    if name != "all":
                        raise
                    say(f"{key} left out: {error}")
    for key in [key for key in PURE if name in ("all", key)]:
        say(f"{key} …")
        found += [{"benchmark": key, **row.as_json()} for row in PURE[key](rounds)]
    if as_json:
        print_json(found)
        return
    table = Table("benchmark", "name", "value", "unit", "low", "high", "baseline", "ratio")
    for row in found:
        table.add_row(*("" if row[column] is None else str(row[column]) for column in row))
    Console().print(table)
