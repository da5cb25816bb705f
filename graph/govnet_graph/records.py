"""Validated records: what a seed, a ledger or a generator hands to the store.

A record is checked against the schema once, here; the store trusts what it is given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA, Property, ValueType
from govnet_graph.spool import compact

# A plan and its changes are where something comes from; they rest on nothing further.
_SELF_SOURCED = ("Plan", "Change")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
Value = str | int | float | bool | dt.date | dt.datetime | list[str]
Properties = Mapping[str, Value]

_KINDS: dict[ValueType, tuple[type, ...]] = {
    ValueType.STRING: (str,),
    ValueType.INTEGER: (int,),
    ValueType.FLOAT: (int, float),
    ValueType.BOOLEAN: (bool,),
    ValueType.DATE: (dt.date,),
    ValueType.DATETIME: (dt.datetime,),
    ValueType.STRINGS: (list,),
}


class RecordError(BadInput):
    """A record does not fit the schema; the message names the record, the property and the reason."""

    code = "record-invalid"


@compact
@dataclass(frozen=True, slots=True)
class Node:
    """A node to be: its own label (``Entity`` is added by the store), its id and its other properties."""

    label: str
    id: str
    props: Properties = field(default_factory=dict)


@compact
@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship to be, between two node ids."""

    type: str
    start: str
    end: str
    id: str
    props: Properties = field(default_factory=dict)


def canonical(props: Mapping[str, object]) -> str:
    """Properties as one text, the same for the same properties in any order; for hashes and for sorting."""
    try:
        return orjson.dumps(dict(props), option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # a number that no 64 bits hold, which a cell may
        return json.dumps(dict(props), ensure_ascii=False, sort_keys=True, default=str)


def edge_id(type_: str, start: str, end: str, key: str = "") -> str:
    """The id of a relationship: type, ends and, where several join the same two, a discriminator.

    >>> edge_id("PAIRED_WITH", "unit-1", "210902003013001")
    'PAIRED_WITH:unit-1>210902003013001'
    """
    return f"{type_}:{start}>{end}" + (f"#{key}" if key else "")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named set of records that is loaded as a whole; ``home`` is the district it is about."""

    name: str
    home: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def fingerprint(self) -> str:
        """SHA-256 of all records, the same for the same records in any order."""
        lines = sorted(f"{n.label}|{n.id}|{sorted(n.props.items())}" for n in self.nodes)
        lines += sorted(f"{e.id}|{e.start}|{e.end}|{sorted(e.props.items())}" for e in self.edges)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def validated(self) -> Dataset:
        """This set, when every record fits the schema and every end exists; else raises RecordError."""
        problems = list(problems_of(self.nodes, self.edges))
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise RecordError(
                f"data set {self.name}: {problems[0]}{more}", hint="Correct the record in seeds/ and load again."
            )
        return self


def problems_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    """Every way in which the records contradict the schema or each other, in order."""
    nodes = list(nodes)
    sources = {node.id for node in nodes if node.label == "Source"}
    labels: dict[str, str] = {}
    for node in nodes:
        if node.id in labels:
            yield f"node {node.id} is listed twice"
        labels[node.id] = node.label
        declared = SCHEMA.nodes.get(node.label)
        if declared is None:
            yield f"node {node.id} has the unknown label {node.label}"
            continue
        if not _ID.fullmatch(node.id):
            yield f"node id {node.id!r} may hold only letters, digits, dots, hyphens and underscores"
        yield from property_problems(f"{node.label} {node.id}", {"id": node.id, **node.props}, declared.by_name)
        if node.label not in _SELF_SOURCED:
            yield from _source_problems(f"{node.label} {node.id}", node.props, sources)
    seen: set[str] = set()
    for edge in edges:
        if edge.type == "SUPERSEDED":  # kept as it was, beside the one that is believed, whose id it has
            continue
        if edge.id in seen:
            yield f"relationship {edge.id} is listed twice"
        seen.add(edge.id)
        relationship = SCHEMA.relationships.get(edge.type)
        if relationship is None:
            yield f"relationship {edge.id} has the unknown type {edge.type}"
            continue
        missing = [end for end in (edge.start, edge.end) if end not in labels]
        if missing:
            yield f"relationship {edge.id} leads to {missing[0]}, which is not there"
            continue
        if not relationship.joins(labels[edge.start], labels[edge.end]):
            yield f"relationship {edge.id} may not join {labels[edge.start]} to {labels[edge.end]}"
        yield from property_problems(edge.id, {"id": edge.id, **edge.props}, relationship.by_name)
        if edge.type != "CHANGES":
            yield from _source_problems(edge.id, edge.props, sources)


def _source_problems(where: str, props: Properties, sources: set[str]) -> Iterator[str]:
    if "source" in props and props["source"] not in sources:
        yield f"{where} rests on {props['source']}, which is no source here"


def property_problems(where: str, props: Properties, declared: Mapping[str, Property]) -> Iterator[str]:
    """Every way in which the properties of one record contradict what is declared for its label or type."""
    for name, value in props.items():
        prop = declared.get(name)
        if prop is None:
            yield f"{where} has the unknown property {name}"
        # Most properties are texts that may say anything; this is asked for each property of each record.
        elif not (value.__class__ is str and prop.type is ValueType.STRING and not prop.values) and (
            fault := value_fault(prop, value)
        ):
            yield f"{where}: {name} {fault}"
    for name, prop in declared.items():
        if prop.required and name not in props:
            yield f"{where} lacks {name}"
    since, until = props.get("since"), props.get("until")
    if isinstance(since, dt.date) and isinstance(until, dt.date) and until <= since:
        yield f"{where}: until {until} is not after since {since}"


def value_fault(prop: Property, value: object) -> str:
    """What is wrong with ``value`` for ``prop``; empty when nothing is."""
    kinds = _KINDS[prop.type]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return f"is {value!r}, not of type {prop.type}"
    if prop.type is ValueType.DATE and isinstance(value, dt.datetime):
        return f"is {value!r}, not a day"
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return f"is {value!r}, not a list of strings"
    if prop.values and value not in prop.values:
        return f"is {value!r}, not one of {', '.join(prop.values)}"
    if prop.minimum is not None and isinstance(value, int | float) and value < prop.minimum:
        return f"is {value}, below {prop.minimum:g}"
    return ""
