"""The graph as files for ``neo4j-admin database import full``: typed headers, the mark of our graph, the schema, the command.

Lists, labels among them, are parted by the unit separator (U+001F), which no name holds. ``search`` is written again from
what is shown, so that the imported graph can be searched; a member's search text holds the role title only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO

from govnet_graph.records import Edge, Node, Value
from govnet_graph.schema import Property, ValueType, render
from govnet_graph.search_text import search_text
from govnet_graph.standards.members import Members, member
from govnet_graph.standards.model import EVERY_LABEL, EVERY_TYPE, About
from govnet_graph.standards.values import cell, compact

_APART = "\x1f"
_TYPES = {
    ValueType.STRING: "string",
    ValueType.INTEGER: "long",
    ValueType.FLOAT: "double",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "date",
    ValueType.DATETIME: "localdatetime",
    ValueType.STRINGS: "string[]",
}
_README = """To import into an empty Neo4j (5.26 or newer), with the database stopped and from this folder:

    neo4j-admin database import full neo4j --overwrite-destination @import.args

then start it and run schema.cypher, which makes the constraints and indexes. govnet recognizes the database as its own.

导入到空的 Neo4j（5.26 及以上）：停止数据库，在本文件夹中执行上面的命令，启动后执行 schema.cypher。
"""


class Neo4jWriter:
    """Writes ``nodes-<Label>.csv``, ``relationships-<TYPE>.csv``, ``import.args``, ``schema.cypher`` and ``README.txt``."""

    labels = EVERY_LABEL
    types = EVERY_TYPE

    def __init__(self, members: Members) -> None:
        self._members = members
        self._name = ""
        self._properties: tuple[Property, ...] = ()
        self._open = ExitStack()
        self._file: IO[bytes] | None = None
        self._about: About | None = None
        self._arguments: list[str] = []

    def begin(self, about: About) -> None:
        """Writes the mark of our graph, so that govnet knows the imported database."""
        self._about = about
        with member(self._members, "about.json") as file:
            file.write((compact(about.as_json()) + "\n").encode())
        head = "id:ID(GraphState),schema_version:long,data_version:long,dataset:string,home:string,:LABEL\n"
        values = [_quoted("govnet"), str(about.schema_version), str(about.data_version), _quoted(about.dataset)]
        with member(self._members, "nodes-GraphState.csv") as file:
            file.write((head + ",".join([*values, _quoted(about.home), "GraphState"]) + "\n").encode())
        self._arguments.append("--nodes=./nodes-GraphState.csv")

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """Rows of one label."""
        assert self._about is not None
        declared = self._about.disclosure.node_properties(label)
        self._turn(f"nodes-{label}.csv", "--nodes", declared, "id:ID(Entity)", "search:string,:LABEL")
        self._rows(
            [
                _quoted(n.id),
                *self._values(n.props),
                _quoted(search_text(label, n.id, n.props)),
                f"Entity{_APART}{label}",
            ]
            for n in page
        )

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Rows of one type."""
        assert self._about is not None
        declared = self._about.disclosure.edge_properties(type_)
        head = ":START_ID(Entity),:END_ID(Entity),:TYPE,id:string"
        self._turn(f"relationships-{type_}.csv", "--relationships", declared, head, "")
        self._rows([_quoted(e.start), _quoted(e.end), type_, _quoted(e.id), *self._values(e.props)] for e in page)

    def end(self) -> None:
        """Writes the command's arguments, the schema and how to use them."""
        self._open.close()
        options = ["--array-delimiter=U+001F", "--multiline-fields=true", "--id-type=string"]
        for name, text in (
            ("import.args", "\n".join([*options, *self._arguments]) + "\n"),
            ("schema.cypher", render.statements_file("neo4j")),
            ("README.txt", _README),
        ):
            with member(self._members, name) as file:
                file.write(text.encode())
        self._members.close()

    def _turn(self, name: str, option: str, declared: tuple[Property, ...], head: str, tail: str) -> None:
        if name == self._name:
            return
        self._open.close()
        self._name, self._properties = name, declared
        self._arguments.append(f"{option}=./{name}")
        self._file = self._open.enter_context(self._members.open(name))
        heads = [f"{p.name}:{_TYPES[p.type]}" for p in declared]
        self._rows([[head, *heads, *([tail] if tail else [])]])

    def _values(self, props: object) -> Iterable[str]:
        assert isinstance(props, dict)
        return [_value(props.get(p.name)) for p in self._properties]

    def _rows(self, rows: Iterable[list[str]]) -> None:
        assert self._file is not None
        self._file.write("".join(",".join(row) + "\n" for row in rows).encode())


def _value(value: Value | None) -> str:
    """One field: nothing where the property is absent, quotes around text so that an empty one is kept."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _quoted(_APART.join(value))
    return _quoted(value) if isinstance(value, str) else cell(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
