"""``govnet doctor``: what is wrong on this machine and what to do about it; lists every setting."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, run_on, settings_with
from govnet_graph.errors import FoundProblems, GovnetError
from govnet_graph.settings import Settings, rows
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines import registry
from govnet_graph.store.state import read_state

Verdict = Literal["ok", "note", "problem"]
_LEAST_DISK = 500_000_000
_LEAST_GLIBC = (2, 34)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its verdict, what was found and what to do."""

    subject: str
    verdict: Verdict
    found: str
    todo: str = ""


def _python() -> Finding:
    version = platform.python_version()
    fine = sys.version_info >= (3, 11)
    return Finding(
        "Python",
        "ok" if fine else "problem",
        version,
        "" if fine else "Install Python 3.11 or newer and run `make setup` again.",
    )


def _libc() -> Finding:
    name, version = platform.libc_ver()
    if name != "glibc":
        return Finding(
            "C library",
            "note",
            name or platform.system(),
            "The embedded engine is built for glibc 2.34, macOS on ARM and Windows.",
        )
    fine = tuple(int(part) for part in version.split(".")[:2]) >= _LEAST_GLIBC
    return Finding(
        "C library",
        "ok" if fine else "problem",
        f"glibc {version}",
        "" if fine else "Use --engine neo4j, or a system with glibc 2.34.",
    )


def _packages() -> Iterator[Finding]:
    for name, why in (
        ("arcadedb-embedded", "the embedded engine"),
        ("neo4j", "the driver"),
        ("neo4j-rust-ext", "a faster driver"),
    ):
        try:
            yield Finding(name, "ok", importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "problem", "not installed", f"It is {why}: run `make setup`.")


def _home(settings: Settings) -> Finding:
    home: Path = settings.home
    nearest = next(p for p in (home, *home.parents) if p.exists())
    if not os.access(nearest, os.W_OK):
        return Finding(
            "data directory", "problem", f"{home} cannot be written", "Set GOVNET_HOME to a directory of yours."
        )
    free = shutil.disk_usage(nearest).free
    todo = "" if free > _LEAST_DISK else "Free some disk space; the engine needs about 500 MB."
    return Finding("data directory", "ok" if not todo else "problem", f"{home}, {free / 1e9:.1f} GB free", todo)


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    where = f"{settings.host}:{settings.port}"
    return Finding(
        "port",
        "note" if taken else "ok",
        f"{where} {'answers already' if taken else 'is free'}",
        "Set GOVNET_PORT if that is not govnet." if taken else "",
    )


async def _data(graph: Graph) -> Finding:
    state = await read_state(graph)
    if state is None or not (state.dataset or state.loading):
        return Finding("data", "note", "the graph is empty", "Run `govnet load demo`.")
    if state.interrupted:
        return Finding("data", "problem", *state.interrupted)
    return Finding(
        "data", "ok", f"{state.dataset}, data version {state.data_version}, schema version {state.schema_version}"
    )


def _engine(settings: Settings) -> Iterator[Finding]:
    try:
        running = registry.attach_configured(settings)
        if running is None:
            yield Finding("engine", "note", "none is running", "`make run` or `govnet engine start` starts one.")
            return
        yield Finding("engine", "ok", f"{running.kind} {running.version} at {running.uri}")
        yield run_on(running, settings, _data)
    except GovnetError as error:
        yield Finding("engine", "problem", error.message, error.hint)


def examine(settings: Settings) -> list[Finding]:
    """Everything that a newcomer may stumble over, in the order in which it matters."""
    return [_python(), _libc(), *_packages(), _home(settings), _port(settings), *_engine(settings)]


def command(engine: EngineOption = None, as_json: JsonOption = False) -> None:
    """Look for what is wrong and say what to do; exits with 1 when there is a problem."""
    findings = examine(settings_with(engine=engine))
    if as_json:
        print_json(
            {
                "findings": [
                    {"subject": f.subject, "verdict": f.verdict, "found": f.found, "todo": f.todo} for f in findings
                ],
                "settings": [{"name": n, "value": v, "default": d, "meaning": m} for n, v, d, m in rows()],
            }
        )
    else:
        table = Table("", "", "found", "what to do")
        for f in findings:
            table.add_row({"ok": "✓", "note": "·", "problem": "✗"}[f.verdict], f.subject, f.found, f.todo)
        settings_table = Table("setting", "value", "default", "meaning")
        for row in rows():
            settings_table.add_row(*row)
        Console().print(table, settings_table)
    problems = [f for f in findings if f.verdict == "problem"]
    if problems:
        raise FoundProblems(
            f"{len(problems)} problems: {'; '.join(f.subject for f in problems)}.", hint=problems[0].todo
        )
