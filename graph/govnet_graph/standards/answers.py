"""A question's answer as a workbook, as a Word document, as CSV, JSON, GraphML or GEXF: what was asked and of which data stands beside the rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from govnet_graph.documents.sheets import Book, Cell
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.words import terms
from govnet_graph.questions import Shape
from govnet_graph.records import Edge, Node
from govnet_graph.schema import SCHEMA
from govnet_graph.standards.answer_word import write_docx
from govnet_graph.standards.model import About, Count, Disclosure
from govnet_graph.standards.values import cell, compact, inert
from govnet_graph.standards.xml_graphs import GexfWriter, GraphmlWriter
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.reader import Answer
from govnet_graph.store.stream import synthetic_among

_STEP = ("role", "programme", "since", "until", "source", "source_ref")
_TEXTS = frozenset({Shape.PATH, Shape.MAP, Shape.MAPS})


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with what has to be said about it: which of the things it names were generated, and whether names show.

    ``lang`` is the language of forms that are in one alone.
    """

    answer: Answer
    synthetic: frozenset[str]
    names: bool
    stamp: dt.datetime | None = None
    lang: str = "zh"

    def rows(self) -> Iterator[list[Any]]:
        """The rows in plain values."""
        return (native(row) for row in self.answer.rows)

    def is_synthetic(self, row: Sequence[Any]) -> bool:
        """Whether a row names a thing that was generated for demonstration."""
        return any(entity["id"] in self.synthetic for entity in entities(row))

    def about(self) -> list[tuple[str, str, Cell]]:
        """(Chinese, English, value) of all that is to be said about the answer."""
        answer = self.answer
        question = answer.question
        told: list[tuple[str, str, Cell]] = [
            ("问题", "question", question.id),
            ("问题（中文）", "question in Chinese", question.text.zh),
            ("问题（英文）", "question in English", question.text.en),
            ("每行", "grain", f"{question.grain.zh} · {question.grain.en}"),
            ("截至日期", "as of", answer.as_of),
            ("数据版本", "data version", answer.data_version),
            ("行数", "rows", len(answer.rows)),
            ("之后还有", "more rows follow", answer.more),
            ("涉及合成数据的行数", "rows about synthetic data", sum(map(self.is_synthetic, self.rows()))),
            ("含姓名", "with names", self.names),
        ]
        if self.stamp is not None:
            told.append(("导出时刻（UTC）", "exported at (UTC)", self.stamp))
        for parameter in question.parameters:
            value = answer.parameters[parameter.name]
            shown = ",".join(value) if isinstance(value, list) else value
            told.append((f"参数 {parameter.text.zh}", f"parameter {parameter.name}", shown))
        return told

    def headings(self) -> list[tuple[str, str]]:
        """(Chinese, English) of the columns; an entity takes two, its name and its id."""
        found: list[tuple[str, str]] = []
        for column in self.answer.question.columns:
            unit = f" ({column.unit})" if column.unit else ""
            if column.type is Shape.ENTITY:
                found += [(column.text.zh, f"{column.name}.name"), (f"{column.text.zh} 编号", f"{column.name}.id")]
            else:
                found.append((column.heading.zh, column.name + unit))
        return [*found, ("含合成数据", "synthetic_data")]

    def cells(self, row: Sequence[Any], *, called: bool = False) -> list[Cell]:
        """One row under ``headings``; codes with what they are called before them where ``called``."""
        found: list[Cell] = []
        for column, value in zip(self.answer.question.columns, row, strict=True):
            if column.type is Shape.ENTITY:
                found += [value.get("name"), value["id"]] if value is not None else [None, None]
            else:
                found.append(_cell(column.type, value, called))
        return [*found, self.is_synthetic(row)]


def entities(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every thing that a value names: maps with an id and a label, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and value.get("label") in SCHEMA.nodes:
            yield value
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for item in value:
        yield from entities(item)


def _cell(shape: Shape, value: Any, called: bool) -> Cell:
    if value is None:
        return None
    if called and shape in (Shape.STRING, Shape.STATE):
        return _called(value)
    if shape is Shape.ENTITIES:
        return "; ".join(f"{item.get('name') or ''} [{item['id']}]" for item in value)
    if shape is Shape.STRINGS:
        return "; ".join(map(_called, value) if called else value)
    if shape is Shape.PATH:
        names = [node.get("name") or node["id"] for node in value["nodes"]]
        pairs = zip(value["steps"], names[1:], strict=True)
        return "".join([*names[:1], *(f" —{step['type']}— {name}" for step, name in pairs)])
    plain: Cell = compact(_jsonable(value)) if shape in _TEXTS else value
    return plain


def _called(code: str) -> str:
    return f"{terms()[code].zh} {code}" if code in terms() else code


def _jsonable(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    return [_jsonable(item) for item in value] if isinstance(value, list) else value


async def told(
    graph: Graph, answer: Answer, *, names: bool, stamp: dt.datetime | None = None, lang: str = "zh"
) -> Told:
    """The answer with the marks of generated data, which are read from the graph."""
    ids = sorted({entity["id"] for row in answer.rows for entity in entities(row)})
    return Told(answer, await synthetic_among(graph, ids), names, stamp, lang)


def write_xlsx(answer: Told, out: IO[bytes]) -> None:
    """One sheet with the rows, codes behind what they are called in Chinese, and one that says what they answer."""
    book = Book(out, stamp=answer.stamp)
    table = book.table("答案 answer", answer.headings())
    table.rows([answer.cells(row, called=True) for row in answer.rows()])
    book.pairs("说明 about", answer.about())
    book.close()


def write_csv(answer: Told, out: IO[bytes], *, raw: bool = False) -> None:
    """The rows under their English headings; text that a spreadsheet would run gets an apostrophe, unless ``raw``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([en for _, en in answer.headings()])
    for row in answer.rows():
        texts = [(value, cell(value)) for value in answer.cells(row)]
        writer.writerow([inert(shown) if isinstance(value, str) and not raw else shown for value, shown in texts])
    out.write(text.getvalue().encode())


def write_json(answer: Told, out: IO[bytes]) -> None:
    """``{"about": {…}, "items": [{column: value}…]}``, one row a line."""
    names = [column.name for column in answer.answer.question.columns]
    out.write(
        (compact({"about": {en: _jsonable(value) for _, en, value in answer.about()}})[:-1] + ',"items":[').encode()
    )
    for at, row in enumerate(answer.rows()):
        item = dict(zip(names, _jsonable(row), strict=True)) | {"synthetic_data": answer.is_synthetic(row)}
        out.write((("\n" if not at else ",\n") + compact(item)).encode())
    out.write(b"\n]}\n")


def _as_graph(answer: Told) -> tuple[list[Node], list[Edge]]:
    """The things that the answer names, the steps of its paths, and a link from a row's first thing to its others."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for row in answer.rows():
        for found in entities(row):
            props: dict[str, Any] = {key: found[key] for key in ("name", "title") if found.get(key)}
            if found["id"] in answer.synthetic:
                props["synthetic"] = True
            nodes.setdefault(found["id"], Node(found["label"], found["id"], props))
        subject = next(entities(row), None)
        for column, value in zip(answer.answer.question.columns, row, strict=True):
            if column.type is Shape.PATH and value is not None:
                for edge in _steps(value):
                    edges.setdefault(edge.id, edge)
            elif column.type in (Shape.ENTITY, Shape.ENTITIES) and subject is not None:
                for other in entities(value):
                    if other["id"] != subject["id"]:
                        link = Edge(
                            column.name, subject["id"], other["id"], f"{column.name}:{subject['id']}>{other['id']}"
                        )
                        edges.setdefault(link.id, link)
    return list(nodes.values()), list(edges.values())


def _steps(path: Mapping[str, Any]) -> Iterator[Edge]:
    for step in path["steps"]:
        props = {name: step[name] for name in _STEP if step.get(name) is not None}
        yield Edge(step["type"], step["from"], step["to"], step["id"], props)


def _write_graph(answer: Told, writer: GraphmlWriter | GexfWriter) -> None:
    nodes, edges = _as_graph(answer)
    marked = sum(node.props.get("synthetic") is True for node in nodes)
    about = About(
        answer.answer.question.id, "", answer.answer.data_version, Disclosure(names=True),
        {"Entity": Count(len(nodes), marked)}, {"links": Count(len(edges), 0)}, answer.stamp,
    )  # fmt: skip
    writer.begin(about, {en: _jsonable(value) for _, en, value in answer.about()})
    for node in nodes:
        writer.nodes(node.label, [node])
    for edge in edges:
        writer.edges(edge.type, [edge])
    writer.end()


def write_graphml(answer: Told, out: IO[bytes]) -> None:
    """What the answer names, as a graph."""
    _write_graph(answer, GraphmlWriter(out))


def write_gexf(answer: Told, out: IO[bytes]) -> None:
    """The same for Gephi."""
    _write_graph(answer, GexfWriter(out))


#: The formats of an answer: (writer, suffix).
ANSWER_FORMATS: Mapping[str, Callable[[Told, IO[bytes]], None]] = {
    "xlsx": write_xlsx, "docx": write_docx, "csv": write_csv, "json": write_json, "graphml": write_graphml, "gexf": write_gexf,
}  # fmt: skip


def answer_writer(name: str) -> Callable[[Told, IO[bytes]], None]:
    """What writes an answer in a format. Raises BadInput."""
    found = ANSWER_FORMATS.get(name)
    if found is None:
        raise BadInput(
            f"An answer cannot be written as {name!r}.", hint=f"It can be written as {', '.join(ANSWER_FORMATS)}."
        )
    return found
