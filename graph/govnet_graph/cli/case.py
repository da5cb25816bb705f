"""``govnet case``: list and show cases, raise one, take steps with it, see who is late; one command a step of the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from govnet_graph.cases import (
    MACHINE,
    Event,
    NewCase,
    Outcome,
    Reminder,
    Step,
    StepRequest,
    Undone,
    events,
    raise_case,
    reminders,
    steps_from,
    take,
    undo_last,
)
from govnet_graph.cli import case_ledger, case_pull
from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with, with_graph
from govnet_graph.cli.tables import print_answer
from govnet_graph.questions import question
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import Answer, ask

app = typer.Typer(help="Cases: list, show, raise, take steps, see who is late.", no_args_is_help=True)
app.command("pull")(case_pull.command)
app.command("ledger")(case_ledger.command)
_AUTHOR = "local"
CaseArgument = Annotated[str, typer.Argument(help="Id of the case.")]
AreaOption = Annotated[str | None, typer.Option(help="Code of an area; the whole district where left out.")]
ReasonOption = Annotated[str, typer.Option(help="Why, or what was done.")]
ActorOption = Annotated[str, typer.Option("--by", help="Id of the member, unit or organization that takes it.")]
DayOption = Annotated[str | None, typer.Option("--on", help="Day, such as 2026-06-01; today where left out.")]
KeyOption = Annotated[str, typer.Option("--key", help="Names this request: sent again, it has no further effect.")]
ExpectedOption = Annotated[
    int | None, typer.Option(min=0, help="Steps that you know of; refused where others were taken since.")
]
NamesOption = Annotated[bool, typer.Option("--names", help="Show names and what people wrote (personal data).")]


def _ask(question_id: str, given: dict[str, object], engine: str | None, as_json: bool, names: bool = False) -> None:
    """Put one question and print its answer."""
    asked = question(question_id)

    async def work(graph: Graph) -> Answer:
        return await ask(graph, asked, {k: v for k, v in given.items() if v is not None}, names=names)

    answer = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(
            {"items": answer.records(), "more": answer.more, "as_of": answer.as_of, "data_version": answer.data_version}
        )
        return
    print_answer(answer, "zh")
    if answer.more:
        say(f"More rows follow; --skip {len(answer.rows)} leaves out these.")


@app.command("list")
def list_cases(
    area: AreaOption = None,
    state: Annotated[str | None, typer.Option(help="Only one state, such as dispatched.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only one kind, by its code.")] = None,
    holder: Annotated[
        str | None, typer.Option(help="Only those that lie with this unit, organization or member.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are solved too.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Only those that are late.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    skip: Annotated[int, typer.Option(min=0)] = 0,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List cases, the nearest deadline first."""
    given: dict[str, object] = {
        "area": area,
        "state": state,
        "kind": kind,
        "holder": holder,
        "limit": limit,
        "skip": skip,
    }
    given["open"] = None if everything or state else "true"
    given["late"] = "true" if late else None
    _ask("cases", given, engine, as_json)


@app.command()
def show(
    case: CaseArgument, names: NamesOption = False, engine: EngineOption = None, as_json: JsonOption = False
) -> None:
    """Show one case: how it stands, what was done, what may be done now."""

    async def work(graph: Graph) -> tuple[Answer, Answer]:
        profile = await ask(graph, question("case-profile"), {"case": case}, names=names)
        return profile, await ask(graph, question("case-history"), {"case": case, "limit": 1000}, names=names)

    profile, history = with_graph(settings_with(engine=engine), work)
    allowed = steps_from(profile.records()[0]["state"])
    if as_json:
        print_json({**profile.records()[0], "history": history.records(), "allowed": [step.name for step in allowed]})
        return
    print_answer(profile, "zh")
    print_answer(history, "zh")
    say("Now: " + (", ".join(f"{step.name} {step.text.zh}" for step in allowed) or "nothing"))


@app.command()
def propose(
    case: CaseArgument,
    hour: Annotated[
        int | None, typer.Option(min=0, max=23, help="Full hour at which a resource has to be open.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who could answer a case, with the path that makes them responsible or able."""
    _ask("case-candidates", {"case": case, "hour": hour, "limit": limit}, engine, as_json)


@app.command()
def kinds(engine: EngineOption = None, as_json: JsonOption = False) -> None:
    """The kinds of case with their deadlines and what fits them."""
    _ask("case-kinds", {"limit": 1000}, engine, as_json)


@app.command()
def late(
    soon: Annotated[int, typer.Option(min=0, max=60, help="Working days to look ahead.")] = 1,
    area: AreaOption = None,
    on: DayOption = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Whose step is overdue, or due soon."""
    day = day_of("--on", on, None)

    async def work(graph: Graph) -> list[Reminder]:
        return await reminders(graph, day=day, soon=soon, area=area)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        print(f"{one.event:14} {one.due_on} {one.case} {one.state} {one.waits_for}: {', '.join(one.who) or '?'}")
    say(f"{len(found)} in all." if found else "Nothing is late or due.")


@app.command("events")
def list_events(
    since: Annotated[int, typer.Option(min=0, help="Cursor of the last event that you know.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 200,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """What happened to cases since a cursor, oldest first."""

    async def work(graph: Graph) -> list[Event]:
        return await events(graph, since, limit=limit)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json([asdict(event) for event in found])
        return
    for event in found:
        print(
            f"{event.cursor:8} {event.day or '':10} {event.event:14} {event.case} {event.target or ''} {event.reason or ''}".rstrip()
        )


@app.command("raise")
def raise_(
    name: Annotated[str, typer.Argument(help="What it is about, in a few words.")],
    area: Annotated[str, typer.Option(help="Code of the grid, community, street or district where it was raised.")],
    kind: Annotated[str, typer.Option(help="Code of its kind; `govnet case kinds` lists them.")] = "unsorted",
    channel: Annotated[str, typer.Option(help="Channel through which it came.")] = "resident",
    description: Annotated[str, typer.Option(help="What happened (personal data).")] = "",
    address: Annotated[str, typer.Option(help="Address (personal data).")] = "",
    actor: Annotated[str, typer.Option("--by", help="Id of who raised it.")] = "",
    on: DayOption = None,
    key: KeyOption = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Raise a case."""
    asked = NewCase(
        name=name, area=area, kind=kind, channel=channel, description=description, address=address, actor=actor,
        on=day_of("--on", on, None), key=key, author=_AUTHOR,
    )  # fmt: skip

    async def work(graph: Graph) -> Outcome:
        return await raise_case(graph, asked)

    _tell(with_graph(settings_with(engine=engine), work), as_json)


@app.command()
def undo(
    case: CaseArgument,
    step_id: Annotated[
        str, typer.Option("--step", help="Id of the step that you mean; refused where it is not the last.")
    ] = "",
    reason: ReasonOption = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the last step of a case back."""

    async def work(graph: Graph) -> Undone:
        return await undo_last(graph, case, author=_AUTHOR, reason=reason, step_id=step_id)

    done = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(asdict(done))
    else:
        say(f"{done.step} of {case} is taken back; it is {done.state or 'gone'}.")


def _tell(outcome: Outcome, as_json: bool) -> None:
    allowed = [step.name for step in steps_from(outcome.state)]
    if as_json:
        print_json({**asdict(outcome), "allowed": allowed})
        return
    due = f", next step due {outcome.next_due_on}" if outcome.next_due_on else ""
    due += " (that year's holidays are not published yet)" if outcome.due_assumed and outcome.next_due_on else ""
    again = " (answered before)" if outcome.already else ""
    say(f"{outcome.case} is {outcome.state}{due}{again}. Now: {', '.join(allowed)}.")
    print(outcome.case)


def _run(step: Step, engine: str | None, as_json: bool, on: str | None, **given: Any) -> None:
    asked = StepRequest(step=step.name, author=_AUTHOR, on=day_of("--on", on, None), **given)

    async def work(graph: Graph) -> Outcome:
        return await take(graph, asked)

    _tell(with_graph(settings_with(engine=engine), work), as_json)


def _command(step: Step) -> Callable[..., None]:
    """The command of a step: what it takes follows from what the step needs."""

    def plain(
        case: CaseArgument, reason: ReasonOption = "", actor: ActorOption = "", on: DayOption = None,
        expected: ExpectedOption = None, key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
    ) -> None:  # fmt: skip
        _run(step, engine, as_json, on, case=case, reason=reason, actor=actor, expected=expected, key=key)

    def with_target(
        case: CaseArgument, target: Annotated[str, typer.Option("--to", help="Id of whom it goes to.")],
        reason: ReasonOption = "", actor: ActorOption = "", on: DayOption = None, expected: ExpectedOption = None,
        key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
    ) -> None:  # fmt: skip
        _run(
            step, engine, as_json, on, case=case, target=target, reason=reason, actor=actor, expected=expected, key=key
        )

    def with_kind(
        case: CaseArgument, kind: Annotated[str, typer.Option(help="Code of the kind; `govnet case kinds` lists them.")],
        reason: ReasonOption = "", actor: ActorOption = "", on: DayOption = None, expected: ExpectedOption = None,
        key: KeyOption = "", engine: EngineOption = None, as_json: JsonOption = False,
    ) -> None:  # fmt: skip
        _run(step, engine, as_json, on, case=case, kind=kind, reason=reason, actor=actor, expected=expected, key=key)

    return with_target if "target" in step.needs else with_kind if "kind" in step.needs else plain


for _step in MACHINE.values():
    if _step.froms:
        app.command(_step.name, help=f"{_step.about.en}. {_step.about.zh}。")(_command(_step))
