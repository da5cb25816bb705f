"""Exports without a database: records go to a format's writer as the store would hand them over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from govnet_graph.records import Edge, Node, Properties
from govnet_graph.seeds.read import read_tables
from govnet_graph.standards.exporting import FORMATS
from govnet_graph.standards.members import Archive
from govnet_graph.standards.model import About, Count, Disclosure

DISTRICT = Path(__file__).parent / "district"
PLAIN = Disclosure()
SHOWN = Disclosure(names=True)


def district() -> tuple[list[Node], list[Edge]]:
    """The invented district."""
    return read_tables(DISTRICT)


def written(
    name: str, nodes: Iterable[Node], edges: Iterable[Edge], disclosure: Disclosure = PLAIN, *, raw: bool = False
) -> bytes:
    """The bytes of an export."""
    wanted, out = FORMATS[name], io.BytesIO()
    if wanted.single:
        writer = wanted.single(out)
    else:
        assert wanted.several is not None
        writer = wanted.several(Archive(out), raw)
    by_label: dict[str, list[Node]] = {}
    for node in sorted(nodes, key=lambda n: n.id):
        by_label.setdefault(node.label, []).append(node)
    by_type: dict[str, list[Edge]] = {}
    for edge in sorted(edges, key=lambda e: (e.start, e.id)):
        by_type.setdefault(edge.type, []).append(edge)
    labels = [label for label in disclosure.labels() if label in writer.labels and label in by_label]
    types = [type_ for type_ in disclosure.types() if type_ in writer.types and type_ in by_type]
    about = About(
        "district", "990101", 7, disclosure,
        {label: _count(by_label[label]) for label in labels}, {type_: _count(by_type[type_]) for type_ in types},
    )  # fmt: skip
    writer.begin(about)
    for label in labels:
        writer.nodes(label, [disclosure.node(node) for node in by_label[label]])
    for type_ in types:
        writer.edges(type_, [disclosure.edge(edge) for edge in by_type[type_]])
    writer.end()
    return out.getvalue()


def _count(records: Iterable[Node] | Iterable[Edge]) -> Count:
    held = [record.props.get("synthetic") is True for record in records]
    return Count(len(held), sum(held))


def whole(content: bytes) -> bytes:
    """Everything that the bytes say: those of all files of a zip archive (workbooks are one), one after the other."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def said(props: Properties) -> Mapping[str, object]:
    """What a record says, without where it is from: an import rests on the file that was imported."""
    return {name: value for name, value in props.items() if name not in ("source", "source_ref")}
