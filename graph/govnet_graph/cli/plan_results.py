"""``govnet plan certificate``, ``repair`` and the rest: a command for each kind of result, made from what it declares."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from govnet_graph.changes.proposals import Solved, checked, propose, solve
from govnet_graph.changes.proposals.adapting import PROPOSING
from govnet_graph.changes.proposals.solving import day_of
from govnet_graph.cli.common import (
    EngineOption,
    JsonOption,
    LanguageOption,
    Tongue,
    print_json,
    progress_bar,
    say,
    settings_with,
    with_graph,
)
from govnet_graph.cli.plan import AUTHOR
from govnet_graph.errors import BadInput
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import Kind, Option, options_of
from govnet_graph.planner.model import Timer
from govnet_graph.store.driver import Graph

AreaOption = Annotated[str | None, typer.Option("--area", help="Id of the area; the district loaded by default.")]
DayOption = Annotated[str | None, typer.Option("--as-of", help="Day that it is about; today by default.")]
LimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit", min=0.1, max=3600, help="Seconds at most; ends with the best that was found and its gap."
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", help="File to keep the result in, as JSON.", dir_okay=False)]
SaveOption = Annotated[str | None, typer.Option("--save", help="Keep the result as an open plan of this name.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it.")]
#: Options of every kind that are not the kind's own, before and after these.
_SHARED = ("area", "as_of", "time_limit", "save", "reason", "by", "out", "lang", "as_json", "engine")


def register(app: typer.Typer) -> None:
    """Adds a command for each kind of result, and ``check``."""
    for kind in RESULTS.values():
        app.command(kind.name, help=f"{kind.text.zh}\n\n{kind.text.en}")(command_of(kind))
    app.command("check")(check)


def command_of(kind: Kind) -> Callable[..., None]:
    """The command of one kind: its options are those that the kind declares, and those that all share."""
    own = options_of(kind.options)

    def run(**given: Any) -> None:
        shared = {name: given.pop(name) for name in _SHARED if name in given}
        _solve(kind, {o.name: _joined(o, given[o.name]) for o in own}, **shared)

    annotations = {
        "area": AreaOption, "as_of": DayOption, **{o.name: _annotated(o) for o in own}, "time_limit": LimitOption,
        **({"save": SaveOption, "reason": ReasonOption, "by": ByOption} if kind.name in PROPOSING else {}),
        "out": OutOption, "lang": LanguageOption, "as_json": JsonOption, "engine": EngineOption,
    }  # fmt: skip
    defaults: dict[str, Any] = {"lang": Tongue.ZH, "as_json": False, "reason": "", "by": AUTHOR}
    defaults |= {o.name: inspect.Parameter.empty if o.required else _default(o) for o in own}
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults.get(name), annotation=annotation)
            for name, annotation in annotations.items()
        ]
    )
    run.__annotations__ = annotations
    run.__name__ = kind.name.replace("-", "_")
    return run


def _default(o: Option) -> Any:
    return None if o.type == "list" else o.default


def _joined(o: Option, value: Any) -> Any:
    """A list may be given by repeating the option, or in one text with commas."""
    return ",".join(value) if o.type == "list" and value else None if o.type == "list" else value


def _annotated(o: Option) -> Any:
    flag = "--" + o.name.replace("_", "-")
    unit = f" ({o.unit})" if o.unit else ""
    said: dict[str, Any] = {"help": f"{o.text.zh} {o.text.en}{unit}"}
    match o.type:
        case "integer" | "number":
            kind: Any = int if o.type == "integer" else float
            said |= {"min": o.minimum, "max": o.maximum}
            if o.type == "integer":
                said |= {side: int(said[side]) for side in ("min", "max") if said[side] is not None}
        case "flag":
            return Annotated[bool, typer.Option(f"{flag}/--no-{flag[2:]}", **said)]
        case "list":
            return Annotated[list[str] | None, typer.Option(flag, **said)]
        case "text":
            kind = StrEnum(o.name, {choice: choice for choice in o.choices}) if o.choices else str
    return Annotated[kind if o.required else kind | None, typer.Option(flag, **said)]


def _solve(
    kind: Kind,
    given: Mapping[str, Any],
    *,
    area: str | None,
    as_of: str | None,
    time_limit: float | None,
    out: Path | None,
    lang: str,
    as_json: bool,
    engine: str | None,
    save: str | None = None,
    reason: str = "",
    by: str = AUTHOR,
) -> None:
    settings = settings_with(engine=engine)
    day = day_of(as_of)
    told = {name: value for name, value in given.items() if value is not None}

    async def work(graph: Graph) -> tuple[Solved, str]:
        with progress_bar(not as_json) as shown:
            watch = Timer(time_limit or settings.solve_seconds, lambda done, *_: shown(kind.name, int(done * 100), 100))
            found = await _stoppable(solve(graph, kind.name, told, area=area, as_of=day, watch=watch), watch)
        if save is None:
            return found, ""
        return found, (await propose(graph, found, name=save, author=by, reason=reason)).id

    found, plan = with_graph(settings, work)
    held = found.as_json() | ({"plan": plan} if plan else {})
    if out is not None:
        _keep(out, held)
    if as_json:
        print_json(held)
    else:
        for line in held["text"][lang]:
            typer.echo(line)
        if plan:
            say(f"Kept as {plan}: `govnet plan show {plan}`, `govnet plan approve {plan}`.")
    if held.get("verdict") == "deficient":
        raise typer.Exit(1)


async def _stoppable(solving: Coroutine[Any, Any, Solved], watch: Timer) -> Solved:
    """The result of a solve; an interruption (Ctrl-C) ends it with the best that it has found."""
    task = asyncio.ensure_future(solving)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        watch.stop()
        say("Stopping with the best that was found …")
        current = asyncio.current_task()
        if current is not None:
            current.uncancel()
        return await task


def _keep(path: Path, held: Mapping[str, Any]) -> None:
    """Write a result into a file, all of it or nothing."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(orjson.dumps(held, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        part.replace(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.", hint="Give another file.") from error


def check(
    file: Annotated[
        Path, typer.Argument(help="File with a certificate, as `govnet plan certificate --out` writes it.")
    ],
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a certificate independently of what made it. Exit code 1 where it proves nothing."""
    try:
        held = orjson.loads(file.read_bytes())
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.", hint="Give the file of a certificate.") from error
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{file} is not JSON: {error.msg}.", hint="Give the file of a certificate.") from error
    if not isinstance(held, dict):
        raise BadInput(f"{file} holds no certificate.", hint="`govnet plan certificate --out FILE` writes one.")

    async def work(graph: Graph) -> dict[str, Any]:
        return await checked(graph, held)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(found)
    elif found["valid"]:
        typer.echo("The certificate holds.")
    else:
        for fault in found["faults"]:
            typer.echo(fault)
    if not found["valid"]:
        raise typer.Exit(1)
