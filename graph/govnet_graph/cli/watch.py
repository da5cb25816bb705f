"""``govnet watch``: questions and cases that are watched; told once when something changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.watches.cases import follower, wanted_events
from govnet_graph.cases.watches.feeds import moment, summary
from govnet_graph.cases.watches.keeper import Keeper
from govnet_graph.cases.watches.model import Notice, Watch, WatchKind
from govnet_graph.cases.watches.questions import called, require_watchable
from govnet_graph.cases.watches.store import Watches
from govnet_graph.cli.ask import pairs
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.cli.webhook import send_due
from govnet_graph.questions import Question, question
from govnet_graph.questions.values import today
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import Answer, ask, home_of

app = typer.Typer(
    help="Standing questions: told once when their answer changed. `cases` watches what happens to cases.",
    no_args_is_help=True,
)
_AUTHOR = "local"
_CASES = "cases"
LanguageOption = Annotated[str, typer.Option("--lang", help="Language: zh or en.")]


def watches_of(settings: Settings) -> Watches:
    """The standing questions of the data directory."""
    return Watches(Book(settings.home))


def _keeper(settings: Settings, graph: Graph, home: str | None) -> Keeper:
    async def masked(asked: Question, given: Mapping[str, object], *, day: dt.date) -> Answer:
        return await ask(graph, asked, given, home=home, names=False, day=day)

    async def opened() -> Graph:
        return graph

    return Keeper(watches_of(settings), masked, follower(opened))


def _plain(watch: Watch) -> dict[str, Any]:
    return {
        "id": watch.id, "kind": watch.kind.value, "label": watch.label, "question": watch.question or None,
        "parameters": dict(watch.parameters), "webhooks": list(watch.webhooks), "author": watch.author,
        "created": moment(watch.created), "as_of": watch.day, "data_version": watch.version, "problem": watch.problem,
    }  # fmt: skip


def _of_notice(notice: Notice) -> dict[str, Any]:
    return {
        "number": notice.number, "id": notice.id, "watch": notice.watch, "type": notice.type, "created": moment(notice.created),
        "title": {"zh": notice.title.zh, "en": notice.title.en}, "data": dict(notice.data),
    }  # fmt: skip


def _print(found: Sequence[Notice], language: str) -> None:
    for notice in found:
        print(f"{moment(notice.created)} {notice.watch} {notice.title.en if language == 'en' else notice.title.zh}")
        for line in summary(notice, language).splitlines():
            print(f"    {line}")


@app.command()
def add(
    asked: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Id of a question, or `cases` for what happens to cases.")
    ],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters; for cases event= and area=.")
    ] = None,
    webhook: Annotated[list[str] | None, typer.Option(help="Id of a webhook that is told; repeat for several.")] = None,
    label: Annotated[str, typer.Option(help="What you call it.")] = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Watch a question, for example: govnet watch add coverage-gaps area=210902003013 state=uncovered."""
    settings = settings_with(engine=engine)
    given = {name: str(value) for name, value in pairs(parameters or []).items()}
    kind = WatchKind.CASES if asked == _CASES else WatchKind.QUESTION
    if kind is WatchKind.CASES:
        wanted_events(given)
    else:
        question(asked)

    async def work(graph: Graph) -> Watch:
        home = await home_of(graph)
        if kind is WatchKind.QUESTION:
            require_watchable(question(asked), given, home)
        name = asked if kind is WatchKind.QUESTION else ""
        first = await _keeper(settings, graph, home).first(kind, name, given, today())
        return watches_of(settings).add(
            kind, name, given, label=label, webhooks=webhook or (), author=_AUTHOR, first=first
        )

    made = with_graph(settings, work)
    if as_json:
        print_json(_plain(made))
    else:
        say(f"{made.id} watches {called(made).en}. A running server looks by itself; `govnet watch run` looks once.")


@app.command("list")
def list_watches(language: LanguageOption = "zh", as_json: JsonOption = False) -> None:
    """List what is watched."""
    found = watches_of(settings_with()).list()
    if as_json:
        print_json([_plain(watch) for watch in found])
        return
    table = Table("id", "what", "parameters", "webhooks", "as of", "problem")
    for watch in found:
        text, given = called(watch), " ".join(f"{k}={v}" for k, v in watch.parameters.items())
        day = watch.day.isoformat() if watch.day else ""
        table.add_row(
            watch.id,
            text.en if language == "en" else text.zh,
            given,
            " ".join(watch.webhooks),
            day,
            watch.problem or "",
        )
    Console().print(table)


@app.command()
def remove(watch: Annotated[str, typer.Argument(help="Id of the watch.")]) -> None:
    """Watch it no more; what it told stays among the notices."""
    found = watches_of(settings_with()).remove(watch)
    say(f"{found.id} is removed.")


@app.command()
def run(
    watch: Annotated[str | None, typer.Argument(help="Id of a watch; all where left out.")] = None,
    send: Annotated[bool, typer.Option("--send/--no-send", help="Deliver to webhooks what is due.")] = True,
    engine: EngineOption = None,
    language: LanguageOption = "zh",
    as_json: JsonOption = False,
) -> None:
    """Look once whether answers changed, tell what did, and deliver: for cron, where no server runs."""
    settings = settings_with(engine=engine)
    store = watches_of(settings)
    wanted = [store.get(watch)] if watch is not None else store.list()

    async def work(graph: Graph) -> list[Notice]:
        keeper = _keeper(settings, graph, await home_of(graph))
        return [notice for one in wanted for notice in await keeper.evaluate(one)]

    found = with_graph(settings, work) if wanted else []
    sent = send_due(settings) if send else 0
    if as_json:
        print_json({"items": [_of_notice(notice) for notice in found], "delivered": sent})
        return
    _print(found, language)
    say(f"{len(wanted)} watched, {len(found)} told, {sent} delivered.")


@app.command()
def notices(
    watch: Annotated[str | None, typer.Option(help="Only those of this watch.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most notices to show.")] = 20,
    language: LanguageOption = "zh",
    as_json: JsonOption = False,
) -> None:
    """Show what was told, newest first."""
    found = watches_of(settings_with()).notices(watch=watch, limit=limit)
    if as_json:
        print_json([_of_notice(notice) for notice in found])
        return
    _print(found, language)
