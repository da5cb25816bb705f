"""``govnet lists``: the three lists of needs, resources and projects, and the steps that are taken with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from govnet_graph.cases.lists import ListOutcome, ListRequest, Thing, take_list_step, thing_of
from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.cli.tables import print_answer
from govnet_graph.questions import question
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import Answer, ask

app = typer.Typer(
    help="The three lists: needs, resources, projects; put on, meet, start, finish.", no_args_is_help=True
)
_AUTHOR = "local"
IdArgument = Annotated[str, typer.Argument(help="Id of the need or project.")]
AreaOption = Annotated[str | None, typer.Option(help="Code of an area; the whole district where left out.")]
DayOption = Annotated[str | None, typer.Option("--on", help="Day, such as 2026-06-01; today where left out.")]
DueOption = Annotated[str | None, typer.Option("--due", help="Day by which it should be met or finished.")]
OwnerOption = Annotated[str, typer.Option(help="Id of the organization (for a project: or unit) that answers for it.")]
ServiceOption = Annotated[list[str] | None, typer.Option("--service", help="Code of a service; repeat for several.")]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
KeyOption = Annotated[str, typer.Option("--key", help="Names this request: sent again, it has no further effect.")]
LimitOption = Annotated[int, typer.Option(min=1, max=1000)]
SkipOption = Annotated[int, typer.Option(min=0)]


def show(question_id: str, given: dict[str, object], engine: str | None, as_json: bool) -> None:
    """Put one question and print its answer."""

    async def work(graph: Graph) -> Answer:
        return await ask(graph, question(question_id), {k: v for k, v in given.items() if v is not None})

    answer = with_graph(settings_with(engine=engine), work)
    if as_json:
        told = {"items": answer.records(), "more": answer.more, "as_of": answer.as_of}
        print_json({**told, "data_version": answer.data_version})
        return
    print_answer(answer, "zh")
    if answer.more:
        say(f"More rows follow; --skip {len(answer.rows)} leaves out these.")


@app.command()
def needs(
    area: AreaOption = None,
    state: Annotated[str | None, typer.Option(help="open, met, lapsed or withdrawn.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past the day they should be met by.")] = False,
    service: Annotated[str | None, typer.Option(help="Id of a service, such as svc-meals.")] = None,
    owner: Annotated[str | None, typer.Option(help="Id of the organization that answers for them.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day that is asked about.")] = None,
    limit: LimitOption = 100,
    skip: SkipOption = 0,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List needs: what is needed where, what meets it, who answers for it. 实际需求清单。"""
    given = {"area": area, "state": state, "overdue": "true" if overdue else None, "service": service, "owner": owner}
    show("needs", {**given, "as_of": as_of, "limit": limit, "skip": skip}, engine, as_json)


@app.command()
def resources(
    area: AreaOption = None,
    kind: Annotated[str | None, typer.Option(help="Kind of resource, such as parking.")] = None,
    limit: LimitOption = 100,
    skip: SkipOption = 0,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List resources. 资源清单。"""
    show("resources", {"area": area, "kind": kind, "limit": limit, "skip": skip}, engine, as_json)


@app.command()
def projects(
    area: AreaOption = None,
    state: Annotated[str | None, typer.Option(help="planned, running or done.")] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those past the day they should be finished by.")] = False,
    owner: Annotated[str | None, typer.Option(help="Id of the organization or unit that answers for them.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day that is asked about.")] = None,
    limit: LimitOption = 100,
    skip: SkipOption = 0,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List projects: how far each is, what it is for, who answers for it. 民生项目清单。"""
    given = {"area": area, "state": state, "late": "true" if late else None, "owner": owner, "as_of": as_of}
    show("projects", {**given, "limit": limit, "skip": skip}, engine, as_json)


def _take(engine: str | None, as_json: bool, thing: Thing | None, on: str | None, **given: Any) -> None:
    day = day_of("--on", on, None)

    async def work(graph: Graph) -> ListOutcome:
        kind = thing or await thing_of(graph, given["id"])
        return await take_list_step(graph, ListRequest(thing=kind, author=_AUTHOR, on=day, **given))

    done = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(asdict(done))
        return
    say(f"{done.id} is {done.state}{' (answered before)' if done.already else ''}; {done.plan} takes it back.")
    print(done.id)


@app.command("open")
def open_(
    name: Annotated[str, typer.Argument(help="What is needed, in a few words.")],
    area: Annotated[str, typer.Option(help="Code of the grid, community, street or district that raised it.")],
    service: ServiceOption = None,
    headcount: Annotated[int | None, typer.Option(min=0, help="People concerned.")] = None,
    priority: Annotated[int | None, typer.Option(min=1, help="1 the highest.")] = None,
    due: DueOption = None,
    owner: OwnerOption = "",
    on: DayOption = None,
    key: KeyOption = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a need on the list. 提出需求。"""
    _take(
        engine, as_json, Thing.NEED, on, step="open", name=name, area=area, services=tuple(service or ()), headcount=headcount,
        priority=priority, due_on=day_of("--due", due, None), owner=owner, key=key,
    )  # fmt: skip


@app.command()
def plan(
    name: Annotated[str, typer.Argument(help="What is planned, in a few words.")],
    need: Annotated[list[str] | None, typer.Option(help="Id of a need that it is for; repeat for several.")] = None,
    service: ServiceOption = None,
    due: DueOption = None,
    owner: OwnerOption = "",
    on: DayOption = None,
    key: KeyOption = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a project on the list. 列入项目。"""
    _take(
        engine, as_json, Thing.PROJECT, on, step="plan", name=name, for_needs=tuple(need or ()), services=tuple(service or ()),
        due_on=day_of("--due", due, None), owner=owner, key=key,
    )  # fmt: skip


@app.command()
def assign(
    id_: IdArgument, owner: Annotated[str, typer.Option(help="Id of who answers for it from that day.")], on: DayOption = None,
    reason: ReasonOption = "", key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Let an organization answer for a need or project. 明确责任。"""
    _take(engine, as_json, None, on, step="assign", id=id_, owner=owner, reason=reason, key=key)


@app.command()
def meet(
    id_: IdArgument, by: Annotated[str, typer.Option(help="Id of the resource, unit or finished project that meets it.")],
    on: DayOption = None, reason: ReasonOption = "", key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Say by what a need is met. 满足需求。"""
    _take(engine, as_json, Thing.NEED, on, step="meet", id=id_, by=by, reason=reason, key=key)


@app.command()
def withdraw(
    id_: IdArgument, reason: Annotated[str, typer.Option(help="Why it is not needed any more.")], on: DayOption = None,
    key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Withdraw a need. 撤回需求。"""
    _take(engine, as_json, Thing.NEED, on, step="withdraw", id=id_, reason=reason, key=key)


@app.command()
def reopen(
    id_: IdArgument, reason: Annotated[str, typer.Option(help="Why it is open again.")], on: DayOption = None,
    key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Open a need again that was met or withdrawn. 重新提出需求。"""
    _take(engine, as_json, Thing.NEED, on, step="reopen", id=id_, reason=reason, key=key)


@app.command()
def start(
    id_: IdArgument, on: DayOption = None, reason: ReasonOption = "", key: KeyOption = "", engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Start a project. 项目开工。"""
    _take(engine, as_json, Thing.PROJECT, on, step="start", id=id_, reason=reason, key=key)


@app.command()
def finish(
    id_: IdArgument, on: DayOption = None, reason: ReasonOption = "", key: KeyOption = "", engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Finish a project. 项目完成。"""
    _take(engine, as_json, Thing.PROJECT, on, step="finish", id=id_, reason=reason, key=key)
