"""Writes the reference pages before each build, from what they describe: the catalogue, the command line, the settings, the interface.

The pages are not committed (``docs/reference/_made``): they cannot be stale, and what GitHub should show
(the data dictionary) is written by ``govnet render`` instead.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from govnet_api.app import create_app
from govnet_graph import settings
from govnet_graph.cli import app as cli
from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.questions import Question, catalogue
from govnet_graph.standards.mapping import STANDARDS, as_markdown


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    heading = list(head)
    lines = [heading, ["---"] * len(heading), *([_cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def _parameters(question: Question) -> Iterator[list[object]]:
    for parameter in question.parameters:
        kind = parameter.type if isinstance(parameter.type, str) else str(parameter.type)
        default = "required" if parameter.required else f"`{parameter.default}`"
        values = ", ".join(f"`{value}`" for value in parameter.values)
        yield [f"`{parameter.name}`", kind, default, values, parameter.text.zh, parameter.text.en]


def questions() -> str:
    """The catalogue: every question with its parameters, columns and grain, by area."""
    by_area: dict[str, list[Question]] = defaultdict(list)
    for question in catalogue().values():
        by_area[question.area].append(question)
    out = [
        "# Questions",
        (
            f"{sum(map(len, by_area.values()))} questions, one file each in `cypher/questions`. Every one takes `as_of` "
            "(a day, today unless given) and, where rows can be many, `limit` and `skip`. Ask with "
            "`govnet ask ID name=value`, at `/api/v1/questions/ID`, from Python, as an MCP tool, or paste it into Neo4j Browser."
        ),
    ]
    for area in sorted(by_area):
        out.append(f"## {area}")
        for question in sorted(by_area[area], key=lambda q: q.id):
            out += [f"### {question.id}", f"{question.text.zh}", f"{question.text.en}"]
            out.append(f"*{question.grain.zh}; {question.grain.en}.*")
            out.append(table(["parameter", "type", "default", "values", "中文", "meaning"], _parameters(question)))
            columns = (
                [f"`{column.name}`", column.type.value, column.unit or "", column.text.zh, column.text.en]
                for column in question.columns
            )
            out.append(table(["column", "type", "unit", "中文", "meaning"], columns))
    return "\n\n".join(out)


def _commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        yield name, command
        return
    # Asked for as the program does: a group may load its commands when they are wanted.
    context = command.context_class(command)
    for child in sorted(command.list_commands(context)):
        yield from _commands(f"{name} {child}", command.get_command(context, child))


def command_line() -> str:
    """Every verb of ``govnet`` with its arguments and options."""
    out = ["# Command line", "Exit codes: 0 fine, 1 problems found, 2 bad input, 3 engine unreachable."]
    for name, command in _commands("govnet", typer.main.get_command(cli)):
        out += [f"## {name}", (command.help or "").split("\f")[0]]
        rows = []
        for parameter in command.params:
            if parameter.name == "help" or getattr(parameter, "hidden", False):
                continue
            option = parameter.param_type_name == "option"
            shown = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
            rows.append(
                [shown if option else f"`{parameter.metavar or parameter.name}`", getattr(parameter, "help", "") or ""]
            )
        if rows:
            out.append(table(["option", "meaning"], rows))
    return "\n\n".join(out)


def all_settings() -> str:
    """Every setting with its default."""
    rows = []
    for name, field in settings.Settings.model_fields.items():
        default = field.default
        shown = str(default.get_secret_value() if hasattr(default, "get_secret_value") else default)
        rows.append([f"`GOVNET_{name.upper()}`", f"`{shown}`" if shown and name != "home" else "", field.description])
    return "\n\n".join(
        [
            "# Settings",
            "Environment variables; flags of the same name override them. `govnet doctor` shows what is in force.",
            table(["variable", "default", "meaning"], rows),
        ]
    )


def interface() -> str:
    """Every operation of the HTTP interface, from its OpenAPI document."""
    with tempfile.TemporaryDirectory() as home:
        document: Mapping[str, Any] = create_app(settings=settings.Settings(home=Path(home))).openapi()
    by_tag: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in ("get", "post", "put", "patch", "delete"):
                by_tag[operation.get("tags", ["other"])[0]].append((path, method.upper(), operation))
    out = [
        "# HTTP interface",
        "The complete description is served at `/api/v1/openapi.json` and shown at `/docs`; this page lists its operations.",
    ]
    for tag in sorted(by_tag):
        rows = []
        for path, method, operation in by_tag[tag]:
            names = ", ".join(f"`{p['name']}`" for p in operation.get("parameters", []) if p.get("in") == "query")
            rows.append([f"`{method} {path}`", operation.get("summary", ""), names])
        out += [f"## {tag}", table(["operation", "what it gives", "query parameters"], rows)]
    return "\n\n".join(out)


def ledgers() -> str:
    """Every kind of ledger with its columns."""
    out = [
        "# Ledgers",
        "Kinds of ledger that `govnet import` reads. `govnet import --template KIND OUT.xlsx` writes an empty one.",
    ]
    for kind in KINDS.values():
        out += [f"## {kind.id}", f"{kind.text.zh} · {kind.text.en}"]
        rows = ([f"`{c.key}`", c.text.zh, c.text.en, "yes" if c.required else ""] for c in kind.columns)
        out.append(table(["key", "列", "column", "required"], rows))
    return "\n\n".join(out)


def standards() -> str:
    """How the graph and each standard correspond."""
    return "# Standards\n\n" + "\n\n".join(as_markdown(standard) for standard in STANDARDS)


PAGES = {
    "questions": questions,
    "command-line": command_line,
    "settings": all_settings,
    "http": interface,
    "ledgers": ledgers,
    "standards": standards,
}


def write(app: Sphinx) -> None:
    """Write every page that is not there yet or differs."""
    folder = Path(app.srcdir) / "reference" / "_made"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        page, text = folder / f"{name}.md", make() + "\n"
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", write)
    # Diagrams stay readable as text where nothing draws them.
    app.add_lexer("mermaid", TextLexer)
    return {"parallel_read_safe": True}
