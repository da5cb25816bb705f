"""The graph as GraphML and as GEXF 1.3 (opens in Gephi), written in a stream.

In GEXF a node or edge exists from its first to its last day, both included, as the format wants it: ``end`` is the day
before ``until``. Lists have no place in either format and are written as JSON text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from govnet_graph.records import Edge, Node, Value
from govnet_graph.schema import SCHEMA, Property, ValueType
from govnet_graph.standards.model import EVERY_LABEL, EVERY_TYPE, About, Disclosure, display_name
from govnet_graph.standards.values import cell, compact, xml_text

_GRAPHML = {ValueType.INTEGER: "long", ValueType.FLOAT: "double", ValueType.BOOLEAN: "boolean"}
Keys = dict[str, tuple[str, str]]  # property -> (key of the file, type of the format)


def _keys(disclosure: Disclosure, leading: tuple[str, ...], prefix: str, *, of_nodes: bool) -> Keys:
    """Every property that may occur, with its key; a name that has two types in the schema is text."""
    found: dict[str, ValueType] = dict.fromkeys(leading, ValueType.STRING)
    declared: list[Property] = []
    if of_nodes:
        for label in disclosure.labels():
            declared += disclosure.node_properties(label)
    else:
        for type_ in disclosure.types():
            declared += disclosure.edge_properties(type_)
    for p in declared:
        found[p.name] = p.type if found.get(p.name, p.type) is p.type else ValueType.STRING
    return {name: (f"{prefix}{at}", _GRAPHML.get(type_, "string")) for at, (name, type_) in enumerate(found.items())}


def _text(value: Value) -> str:
    return xml_text(compact(value) if isinstance(value, list) else cell(value))


class _XmlWriter:
    labels = EVERY_LABEL
    types = EVERY_TYPE

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._of_nodes: Keys = {}
        self._of_edges: Keys = {}
        self._related = False

    def _write(self, *parts: str) -> None:
        self._out.write("".join(parts).encode())

    def _keys(self, about: About, *leading: str) -> None:
        self._of_nodes = _keys(about.disclosure, leading, "n", of_nodes=True)
        self._of_edges = _keys(about.disclosure, ("type",), "e", of_nodes=False)


class GraphmlWriter(_XmlWriter):
    """Writes GraphML; the label of a node and the type of a relationship are data like the properties."""

    def begin(self, about: About, told: Mapping[str, Any] | None = None) -> None:
        """The keys, and what the export says of itself (``told`` in the place of what ``about`` says)."""
        self._keys(about, "label", "caption")
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n',
            '<key id="about" for="graph" attr.name="about" attr.type="string"/>\n',
        ]
        for domain, keys in (("node", self._of_nodes), ("edge", self._of_edges)):
            lines += [
                f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{type_}"/>\n'
                for name, (key, type_) in keys.items()
            ]
        said = escape(xml_text(compact(told or about.as_json())))
        self._write(*lines, f'<graph id="govnet" edgedefault="directed">\n<data key="about">{said}</data>\n')

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """Some nodes."""
        parts = []
        for node in page:
            data = self._data(self._of_nodes, {"label": label, "caption": display_name(node), **node.props})
            parts.append(f"<node id={quoteattr(xml_text(node.id))}>{data}</node>\n")
        self._write(*parts)

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Some relationships."""
        parts = []
        for edge in page:
            data = self._data(self._of_edges, {"type": type_, **edge.props})
            ends = f"source={quoteattr(xml_text(edge.start))} target={quoteattr(xml_text(edge.end))}"
            parts.append(f"<edge id={quoteattr(xml_text(edge.id))} {ends}>{data}</edge>\n")
        self._write(*parts)

    def end(self) -> None:
        """The tail."""
        self._write("</graph>\n</graphml>\n")

    @staticmethod
    def _data(keys: Keys, props: Mapping[str, Value]) -> str:
        return "".join(f'<data key="{keys[name][0]}">{escape(_text(value))}</data>' for name, value in props.items())


class GexfWriter(_XmlWriter):
    """Writes GEXF 1.3 with existence in time."""

    def begin(self, about: About, told: Mapping[str, Any] | None = None) -> None:
        """The attributes, and what the export says of itself (``told`` in the place of what ``about`` says)."""
        self._keys(about, "type")
        said = escape(xml_text(compact(told or about.as_json())))
        stamp = f' lastmodifieddate="{about.stamp:%Y-%m-%d}"' if about.stamp else ""
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n',
            f"<meta{stamp}><creator>govnet</creator><description>{said}</description></meta>\n",
            '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">\n',
        ]
        for domain, keys in (("node", self._of_nodes), ("edge", self._of_edges)):
            lines.append(f'<attributes class="{domain}" mode="static">\n')
            lines += [f'<attribute id="{key}" title="{name}" type="{type_}"/>\n' for name, (key, type_) in keys.items()]
            lines.append("</attributes>\n")
        self._write(*lines, "<nodes>\n")

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """Some nodes."""
        parts = []
        for node in page:
            values = self._values(self._of_nodes, {"type": label, **node.props})
            named = f"id={quoteattr(xml_text(node.id))} label={quoteattr(xml_text(display_name(node)))}"
            parts.append(f"<node {named}{_existence(node.props)}>{values}</node>\n")
        self._write(*parts)

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Some relationships."""
        self._relate()
        parts = []
        known = SCHEMA.relationships.get(type_)  # an answer also links things by the name of its column
        label = quoteattr(known.text.zh if known else type_)
        for edge in page:
            values = self._values(self._of_edges, {"type": type_, **edge.props})
            ends = f"source={quoteattr(xml_text(edge.start))} target={quoteattr(xml_text(edge.end))}"
            named = f"id={quoteattr(xml_text(edge.id))} {ends} kind={quoteattr(type_)} label={label}"
            parts.append(f"<edge {named}{_existence(edge.props)}>{values}</edge>\n")
        self._write(*parts)

    def end(self) -> None:
        """The tail."""
        self._relate()
        self._write("</edges>\n</graph>\n</gexf>\n")

    def _relate(self) -> None:
        if not self._related:
            self._related = True
            self._write("</nodes>\n<edges>\n")

    @staticmethod
    def _values(keys: Keys, props: Mapping[str, Value]) -> str:
        values = "".join(f'<attvalue for="{keys[n][0]}" value={quoteattr(_text(v))}/>' for n, v in props.items())
        return f"<attvalues>{values}</attvalues>"


def _existence(props: Mapping[str, Value]) -> str:
    """``start`` and ``end`` of an element, where they are known."""
    since, until = props.get("since"), props.get("until")
    start = f' start="{since.isoformat()}"' if isinstance(since, dt.date) else ""
    return start + (f' end="{until - dt.timedelta(days=1)}"' if isinstance(until, dt.date) else "")
