"""Writes the whole graph in one format: reads it page by page, shows what may be shown, hands it to the format's writer."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA, Text
from govnet_graph.standards import hsds_write, org_write, popolo_write
from govnet_graph.standards.csv_tables import CsvWriter
from govnet_graph.standards.members import Archive, Folder, Members
from govnet_graph.standards.model import About, Count, Disclosure, Writer
from govnet_graph.standards.neo4j_csv import Neo4jWriter
from govnet_graph.standards.records_json import JsonWriter
from govnet_graph.standards.workbook import WorkbookWriter
from govnet_graph.standards.xml_graphs import GexfWriter, GraphmlWriter
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.reader import NothingLoaded
from govnet_graph.store.state import GraphState, read_state
from govnet_graph.store.stream import count_edges, count_nodes, edge_pages, node_pages

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One format that the whole graph can be written in.

    ``single`` makes the writer of a format that is one file, ``several`` that of a format with more; ``media`` and
    ``suffix`` are those of the one file, a zip archive where there are several.
    """

    id: str
    text: Text
    media: str
    suffix: str
    single: Callable[[IO[bytes]], Writer] | None = None
    several: Callable[[Members, bool], Writer] | None = None


_ZIP = ("application/zip", ".zip")
FORMATS: Mapping[str, Format] = {
    f.id: f
    for f in (
        Format(
            "xlsx",
            Text("Excel 工作簿，每类一张表", "Excel workbook, one sheet a kind"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            single=WorkbookWriter,
        ),
        Format(
            "csv",
            Text("CSV 表，每类一个文件", "CSV tables, one file a kind"),
            *_ZIP,
            several=lambda members, raw: CsvWriter(members, raw=raw),
        ),
        Format("json", Text("JSON 记录", "JSON records"), "application/json", ".json", single=JsonWriter),
        Format("graphml", Text("GraphML 图", "GraphML"), "application/graphml+xml", ".graphml", single=GraphmlWriter),
        Format("gexf", Text("GEXF 图（Gephi）", "GEXF, for Gephi"), "application/gexf+xml", ".gexf", single=GexfWriter),
        Format(
            "neo4j",
            Text("neo4j-admin 导入文件", "Files for neo4j-admin import"),
            *_ZIP,
            several=lambda members, _: Neo4jWriter(members),
        ),
        Format(
            "org",
            Text("W3C ORG(JSON-LD)", "W3C ORG as JSON-LD"),
            "application/ld+json",
            ".jsonld",
            single=org_write.OrgWriter,
        ),
        Format(
            "popolo", Text("Popolo", "Popolo"), "application/json", ".popolo.json", single=popolo_write.PopoloWriter
        ),
        Format("hsds", Text("HSDS 3", "HSDS 3"), "application/json", ".hsds.json", single=hsds_write.HsdsWriter),
    )
}


def format_of(name: str) -> Format:
    """The format of that name. Raises BadInput."""
    found = FORMATS.get(name)
    if found is None:
        raise BadInput(f"There is no format {name!r}.", hint=f"There are {', '.join(FORMATS)}.")
    return found


async def export(
    graph: Graph,
    wanted: Format,
    out: IO[bytes] | Path,
    disclosure: Disclosure,
    *,
    raw: bool = False,
    stamp: dt.datetime | None = None,
    progress: Progress | None = None,
) -> About:
    """Write the whole graph.

    Parameters
    ----------
    graph : Graph
    wanted : Format
    out : binary file or Path
        Where to; a path is an empty folder for the files of a format that has several. A file gets a zip archive then.
    disclosure : Disclosure
        What may be shown.
    raw : bool
        Leave text in CSV as it is, for programs; otherwise what a spreadsheet would run is made plain text.
    stamp : datetime, optional
        Naive UTC moment to put into the file; without it the same graph gives the same bytes.
    progress : callable, optional
        Called with (what, records done, records in all).

    Returns
    -------
    About
        What the export says of itself.

    Raises
    ------
    NothingLoaded, WriteConflict (somebody wrote meanwhile: what was written is not one state of the graph), QueryFailed,
    QueryTimedOut, EngineUnreachable
    """
    if wanted.single is not None:
        assert not isinstance(out, Path)
        writer = wanted.single(out)
    else:
        assert wanted.several is not None
        writer = wanted.several(Folder(out) if isinstance(out, Path) else Archive(out), raw)
    state = await _loaded(graph)
    labels = [label for label in disclosure.labels() if label in writer.labels]
    types = [type_ for type_ in disclosure.types() if type_ in writer.types]
    held = await count_nodes(graph, labels)
    related = await count_edges(graph, types)
    about = About(
        state.dataset or "", state.home or "", state.data_version, disclosure,
        {label: Count(*counts) for label, counts in held.items()},
        {type_: Count(*map(sum, zip(*by_label.values(), strict=True))) for type_, by_label in related.items()},
        stamp,
    )  # fmt: skip
    done = 0

    def tell(what: str, more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(what, done, about.total)

    # Writers work on a thread of their own, so that a server that exports still answers others.
    await asyncio.to_thread(writer.begin, about)
    for label in held:
        async for nodes in node_pages(graph, label):
            await asyncio.to_thread(writer.nodes, label, [disclosure.node(node) for node in nodes])
            tell(label, len(nodes))
    for type_, by_label in related.items():
        for label in (label for label in SCHEMA.nodes if label in by_label):
            async for edges in edge_pages(graph, type_, label):
                await asyncio.to_thread(writer.edges, type_, [disclosure.edge(edge) for edge in edges])
                tell(type_, len(edges))
    await asyncio.to_thread(writer.end)
    after = await _loaded(graph)
    if after.data_version != state.data_version:
        raise WriteConflict(
            f"The graph moved from data version {state.data_version} to {after.data_version} during the export.",
            hint="Run it again.",
        )
    return about


async def _loaded(graph: Graph) -> GraphState:
    state = await read_state(graph)
    if state is None or not (state.dataset or state.loading):
        raise NothingLoaded
    return state


__all__ = ["FORMATS", "Format", "export", "format_of"]
