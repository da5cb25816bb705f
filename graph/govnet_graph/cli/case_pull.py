"""``govnet case pull``: the requests of another Open311 endpoint as cases."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from govnet_graph.cases.open311.fetching import Endpoint
from govnet_graph.cases.open311.model import MOST_DAYS
from govnet_graph.cases.open311.pulling import Options, Pulled, pull
from govnet_graph.cli.ask import pairs
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.questions.values import ZONE, today
from govnet_graph.store.driver import Graph

_AUTHOR = "local"


def day_of(name: str, text: str | None, default: dt.date | None) -> dt.date | None:
    """A day that an option gives, else the default. Raises BadInput."""
    try:
        return dt.date.fromisoformat(text) if text else default
    except ValueError:
        raise BadInput(f"{name}: {text!r} is not a day such as 2026-06-01.") from None


def command(
    url: Annotated[str, typer.Argument(help="Base address of the endpoint, such as https://example.org/open311/v2.")],
    since: Annotated[str | None, typer.Option(help="First day; 90 days ago where left out.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; today where left out.")] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--map", help="THEIR_CODE=KIND: which kind of case a service of theirs is; repeat for several."),
    ] = None,
    area: Annotated[
        str, typer.Option(help="Area of requests whose place cannot be told; the district where left out.")
    ] = "",
    jurisdiction: Annotated[str, typer.Option(help="jurisdiction_id, where the endpoint serves several.")] = "",
    key: Annotated[str, typer.Option(help="API key for the endpoint.", envvar="GOVNET_OPEN311_KEY")] = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read another endpoint's requests as cases; once more reads only what changed. `govnet plan undo` takes a pull back."""
    first = day_of("--since", since, None) or today() - dt.timedelta(days=MOST_DAYS)
    last = day_of("--until", until, None) or today()
    if last < first:
        raise BadInput(f"{last} comes before {first}.")
    options = Options({code: str(kind) for code, kind in pairs(service or []).items()}, area, _AUTHOR)
    span = [dt.datetime.combine(day, dt.time(), ZONE) for day in (first, last + dt.timedelta(days=1))]
    with Endpoint(url, jurisdiction, key) as endpoint:
        found = list(endpoint.requests(span[0], span[1]))

        async def work(graph: Graph) -> Pulled:
            return await pull(graph, endpoint.url, found, options)

        done = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(done.as_json())
        return
    say(
        f"{done.requests} requests: {done.created} new, {done.changed} changed, {done.unchanged} unchanged"
        + (f"; {done.plan} takes it back." if done.plan and not done.already else ".")
    )
    for count, what in (
        (done.unplaced, "lie in no area that could be told"), (done.unsorted, "are of no kind that is known here"),
        (done.copies, "are copies of others' requests and were passed over"),
    ):  # fmt: skip
        if count:
            say(f"  {count} {what}.")
    for line in [*done.unread, *(f"{case}: worked on here, and its status differs there" for case in done.differ)]:
        say(f"  {line}")
