"""``govnet lessons``: what the cases teach: rates with intervals, times to answer, load, gaps that recur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cases.lessons import Lessons, lessons
from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, settings_with, with_graph
from govnet_graph.store.driver import Graph

_RATES = ("area", "channel", "cases", "solved", "rate", "low", "high")
_LOAD = ("area", "workers", "open", "dispatched", "open_per_worker")
_TIMES = ("unit", "dispatched", "to_accept", "to_solve")


def command(
    area: Annotated[str, typer.Option(help="Code of an area; the loaded district where left out.")] = "",
    level: Annotated[str, typer.Option(help="Street or Community: what rates and load are told by.")] = "Street",
    first: Annotated[str | None, typer.Option("--from", help="First day of the period.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day of the period.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Day that is told of; today where left out.")] = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the cases teach. Channels overlap and are never added; small counts are withheld (GOVNET_LEAST_COUNT)."""
    days = [day_of(name, text, None) for name, text in (("--from", first), ("--to", last), ("--as-of", as_of))]
    settings = settings_with(engine=engine)

    async def work(graph: Graph) -> Lessons:
        return await lessons(
            graph, area=area, level=level, first=days[0], last=days[1], as_of=days[2], least=settings.least_count
        )

    found = with_graph(settings, work)
    if as_json:
        print_json(found.as_json())
        return
    console = Console()
    _print(console, "解决率（各渠道不可相加） · resolution rates", found.rates, _RATES)
    _print(console, "负担 · load", found.load, _LOAD)
    _print(console, "反复出现的缺口 · recurring gaps", found.recurring, ("area", "service", "state", "needs", "cases"))
    _print(console, "办理天数（中位） · median days", [_time(row) for row in found.times], _TIMES)


def _time(row: Mapping[str, Any]) -> dict[str, Any]:
    medians = {name: row[name]["median"] for name in ("to_accept", "to_solve")}
    return {"unit": row["responder"], "dispatched": row["dispatched"], "withheld": row["withheld"], **medians}


def _print(console: Console, title: str, rows: Any, columns: tuple[str, ...]) -> None:
    table = Table(*columns, title=title)
    for row in rows:
        table.add_row(*(_cell(row[name], hidden=row.get("withheld", False)) for name in columns))
    console.print(table, markup=False)


def _cell(value: Any, *, hidden: bool) -> str:
    if value is None:
        return "…" if hidden else ""
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id"))
    if isinstance(value, list):
        return ", ".join(f"{item['channel']} {item['cases']}" for item in value)
    return str(value)
